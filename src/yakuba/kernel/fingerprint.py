"""Fingerprint (指紋) of a public key: what people compare over the telephone."""

from __future__ import annotations

import hashlib

_DIGITS = 40


def fingerprint(public: bytes) -> str:
    """Fingerprint of a public key: 40 hex digits in groups of four, short enough for the telephone."""
    digits = hashlib.sha256(public).hexdigest()[:_DIGITS]
    return " ".join(digits[at : at + 4] for at in range(0, _DIGITS, 4))


def same_fingerprint(one: str, other: str) -> bool:
    """Whether two fingerprints are the same, however they are spaced; a shortened one is never the same."""
    left, right = ("".join(text.lower().replace(":", "").split()) for text in (one, other))
    return len(left) == _DIGITS and left == right
