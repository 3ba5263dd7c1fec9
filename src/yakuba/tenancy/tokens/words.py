"""The word itself: `yakuba_990019_` and 43 letters. The code in it says behind which wall it is to be looked for."""

from __future__ import annotations

import re
from hashlib import sha256

PREFIX = "yakuba"
_WORD = re.compile(rf"{PREFIX}_([0-9]{{6}})_[0-9A-Za-z_-]{{43}}")


def hashed(word: str) -> str:
    """What the table keeps of a word."""
    return sha256(word.encode("ascii")).hexdigest()


def municipality_of(word: str) -> str:
    """The code in a word, "" for what is none."""
    found = _WORD.fullmatch(word)
    return found[1] if found else ""
