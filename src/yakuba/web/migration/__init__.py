"""Data migration on screens (データ移行): dumps in, definitions, rehearsals, answers, comparison, load."""
