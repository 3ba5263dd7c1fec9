"""文字同定: which MJ character a vendor's private glyph is; candidates for a person to decide, never a decision."""
