"""Text that was cut into UTF-16 units: pairs of surrogates become the character they mean, halves are refused.

Source: Unicode Standard 3.9 (D91, D92); UTR #26 for CESU-8, the UTF-8 of older Oracle databases.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

_SURROGATE = re.compile("[\ud800-\udfff]")
_REMEDY = "the text was cut in the middle of a character: take it from the source again, uncut"


def joined(values: Sequence[str | None]) -> pl.Series:
    """Strings as a column; each pair of surrogates is one character.

    Raises:
        UsageError: a surrogate without its other half; the message has row (from 0) and code, not the text.
    """
    return pl.Series([_join(text, f"row {row}") for row, text in enumerate(values)], dtype=pl.String)


def from_cesu8(raw: bytes) -> bytes:
    """UTF-8 of text in which each half of a pair is three bytes of its own.

    Raises:
        UsageError: half of a pair by itself, or bytes that are no CESU-8 at all.
    """
    try:
        text = raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise UsageError(f"byte {error.start}: not CESU-8", remedy="name the encoding the file has") from error
    parts = [_join(line, f"line {number}") or "" for number, line in enumerate(text.split("\n"), start=1)]
    return "\n".join(parts).encode()


def _join(text: str | None, where: str) -> str | None:
    if text is None or not _SURROGATE.search(text):
        return text
    try:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError as error:
        code = int.from_bytes(error.object[error.start : error.start + 2], "little")
        raise UsageError(f"{where}: U+{code:04X} is half of a surrogate pair", remedy=_REMEDY) from error
