"""Restore drills (復元訓練): a generation is brought back to life in an empty place, and everything is compared."""
