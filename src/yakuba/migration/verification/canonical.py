"""The chain of hashes through the canonical text of evidence."""

from __future__ import annotations

import hashlib
from typing import Any

from yakuba.kernel.canonical import canonical

FORMAT = "yakuba-evidence-1"
START = "0" * 64
"""`previous` of the first entry."""


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
