"""The font of names (IPAmj明朝), served from Debian's package where the server has it."""

from __future__ import annotations

from pathlib import Path

FILE = Path("/usr/share/fonts/truetype/ipamj/ipamjm.ttf")
"""Debian's fonts-ipamj-mincho: every character a name may hold, with its forms (IVS)."""
