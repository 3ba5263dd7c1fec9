"""One record of a delimited file, field by field: the careful reading, for what the fast one does not vouch for.

Quoting is RFC 4180. A quotation mark inside a field that does not begin with one is an ordinary character.
"""

from __future__ import annotations

from enum import Enum


class Fault(Enum):
    """Why a text is no record."""

    OPEN = "a quoted field is not closed"
    BROKEN = "text follows a closing quotation mark"


def split_record(text: str, delimiter: str, quote: str) -> list[str] | Fault:
    """Fields of one record without its line end.

    >>> split_record("1,'a,''b''',c'd", ",", "'")
    ['1', "a,'b'", "c'd"]
    >>> split_record("1,'a", ",", "'")
    <Fault.OPEN: 'a quoted field is not closed'>
    """
    if not quote or quote not in text:
        return text.split(delimiter)
    fields: list[str] = []
    place, end = 0, len(text)
    while True:
        if text.startswith(quote, place):
            field, place = _quoted(text, place + 1, quote)
            if place < 0:
                return Fault.OPEN
            if place < end and text[place] != delimiter:
                return Fault.BROKEN
        else:
            stop = text.find(delimiter, place)
            field, place = (text[place:], end) if stop < 0 else (text[place:stop], stop)
        fields.append(field)
        if place >= end:
            return fields
        place += 1
        if place == end:
            return [*fields, ""]


def _quoted(text: str, place: int, quote: str) -> tuple[str, int]:
    """A quoted field from behind its opening mark, and the place behind the closing one (-1: not closed)."""
    parts = []
    while True:
        stop = text.find(quote, place)
        if stop < 0:
            return "", -1
        parts.append(text[place:stop])
        if not text.startswith(quote, stop + 1):
            return "".join(parts), stop + 1
        parts.append(quote)
        place = stop + 2


def is_plain(text: str, delimiter: str, quote: str) -> bool:
    """Whether every quotation mark stands where one may stand, so that the text is no rest of a longer record."""
    if not quote or quote not in text:
        return True
    fields = split_record(text, delimiter, quote)
    if isinstance(fields, Fault):
        return False
    bare = delimiter.join(part for part in _outside(text, delimiter, quote))
    return quote not in bare


def _outside(text: str, delimiter: str, quote: str) -> list[str]:
    """Fields that are not quoted, as written."""
    bare, place = [], 0
    while place < len(text):
        if text.startswith(quote, place):
            _, stop = _quoted(text, place + 1, quote)
        else:
            stop = text.find(delimiter, place)
            stop = len(text) if stop < 0 else stop
            bare.append(text[place:stop])
        place = stop + 1
    return bare
