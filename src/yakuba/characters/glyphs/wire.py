"""How the reader's process hands a reading over: one line of JSON, then the pictures as they are.

The reader has handled a file that may be hostile, so nothing that it says is executed or trusted beyond its form.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from yakuba.characters.glyphs.glyph import Glyph
from yakuba.characters.glyphs.reading import Reading
from yakuba.kernel.finding import Finding, Severity


def packed(reading: Reading) -> bytes:
    """A reading as bytes."""
    head = {
        "glyphs": [[one.private, one.name, *one.picture.shape, one.dots, one.digest] for one in reading.glyphs],
        "findings": [asdict(one) for one in reading.findings],
    }
    return json.dumps(head).encode("ascii") + b"\n" + b"".join(one.picture.tobytes() for one in reading.glyphs)


def unpacked(data: bytes) -> Reading:
    """The reading again.

    Raises:
        ValueError: these are not the bytes of a reading.
    """
    line, mark, body = data.partition(b"\n")
    try:
        head: dict[str, Any] = json.loads(line)
        findings = tuple(_finding(one) for one in head["findings"])
        glyphs, at = [], 0
        for private, name, height, width, dots, digest in head["glyphs"]:
            size = int(height) * int(width)
            picture = np.frombuffer(body, np.uint8, size, at).reshape(height, width)
            glyphs.append(Glyph(str(private), str(name), picture, int(dots), str(digest)))
            at += size
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError, RecursionError) as error:
        raise ValueError("not a reading") from error
    if not mark or at != len(body):
        raise ValueError("not a reading")
    return Reading(tuple(glyphs), findings)


def _finding(fields: dict[str, Any]) -> Finding:
    made = Finding(**fields)
    return replace(made, severity=Severity(made.severity))
