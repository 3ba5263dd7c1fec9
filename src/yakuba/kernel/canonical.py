"""Canonical text: one and only one byte sequence per value, so that even a changed space is a change."""

from __future__ import annotations

import json
from typing import Any


def canonical(value: Any) -> bytes:
    """The one text of a value made of dicts, lists, strings, integers, booleans and None: UTF-8 JSON, keys sorted.

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
