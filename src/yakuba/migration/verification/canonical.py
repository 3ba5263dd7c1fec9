"""Canonical text of evidence, and the chain of hashes through it.

Canonical means: one and only one byte sequence per value (UTF-8 JSON, keys sorted, no spaces, no floats), so that
even a changed space is a change.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

FORMAT = "yakuba-evidence-1"
START = "0" * 64
"""`previous` of the first entry."""


def canonical(value: Any) -> bytes:
    """The one text of a value made of dicts, lists, strings, integers, booleans and None.

    >>> canonical({"b": 1, "a": ["い", True]}).decode()
    '{"a":["い",true],"b":1}'
    """
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("evidence holds no floating point numbers: their text is not the same everywhere")
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        _refuse_floats(inner)


def entry_hash(entry: dict[str, Any]) -> str:
    """SHA-256 of an entry, hex; the next entry carries it as `previous`."""
    return hashlib.sha256(canonical(entry)).hexdigest()


def chained(entries: list[tuple[str, dict[str, Any]]]) -> tuple[list[dict[str, Any]], str]:
    """Entries (kind, content) with `previous` in them, and the hash of the last one (the head)."""
    out: list[dict[str, Any]] = []
    previous = START
    for kind, content in entries:
        entry = {"kind": kind, "content": content, "previous": previous}
        previous = entry_hash(entry)
        out.append(entry)
    return out, previous


def render(entries: list[dict[str, Any]], head: str) -> bytes:
    """The bytes of evidence.json: one entry per line, so that a person can read and compare it."""
    lines = b",\n".join(canonical(entry) for entry in entries)
    return b'{"entries":[\n' + lines + b'\n],"format":"' + FORMAT.encode() + b'","head":"' + head.encode() + b'"}\n'
