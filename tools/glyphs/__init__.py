"""Makes catalog/characters/glyph_model: `python -m tools.glyphs.train` (see docs/decisions/glyphs.md)."""
