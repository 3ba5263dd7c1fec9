"""Identification (文字同定): people decide which MJ character a private glyph is, and all towns gain by it."""
