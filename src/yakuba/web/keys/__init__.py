"""Pages for everybody: the keyboard (キーボードの使い方), the components (部品)."""
