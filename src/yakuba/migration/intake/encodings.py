"""Character encodings of dumps (文字コード): a fixed list, decoded strictly, and a guess for when it is wrong.

All but UTF-16 share one property that the whole of intake stands on: a line feed, a quotation mark, a comma, a tab
and a NUL are always themselves and never the second half of a character. Records can be cut before anything is decoded.
UTF-16 is brought to UTF-8 on the way in (`utf16.py`).
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from yakuba.kernel.errors import UsageError
from yakuba.migration.intake.iconv import cp932_to_utf8

_TWO_BYTES = 2
_EUC, _EUC_END = 0xA1, 0xFE
_ROWS_BEFORE_KANA = 0x3E
"""Rows of JIS X 0208 below the half-width kana in the lead bytes of Shift_JIS."""
_CELLS_BEFORE_7F = 0x3F
_PORTION = 1 << 18


@dataclass(frozen=True, slots=True)
class Encoding:
    """One encoding.

    Attributes:
        name: as written in a project. codec: Python's name of it.
        strict: error handler that refuses what is not in the encoding.
        lenient: error handler that keeps a bad byte as a lone surrogate, so that the structure around it can be read.
        unit: bytes of the smallest piece: 2 for UTF-16, 1 otherwise.
    """

    name: str
    codec: str
    strict: str = "strict"
    lenient: str = "surrogateescape"
    unit: int = 1


def _nec_character(error: UnicodeError) -> tuple[str, int] | None:
    """Two bytes of EUC-JP that only the NEC and IBM rows of CP932 know (①㈱髙), as CP51932 and eucJP-ms have them."""
    if not isinstance(error, UnicodeDecodeError):
        return None
    pair = error.object[error.start : error.start + _TWO_BYTES]
    if len(pair) < _TWO_BYTES or min(pair) < _EUC or max(pair) > _EUC_END:
        return None
    row, cell = pair[0] - _EUC, pair[1] - _EUC
    lead = row // 2 + (0x81 if row < _ROWS_BEFORE_KANA else 0xC1)
    trail = cell + (0x9F if row % 2 else 0x40 + (cell >= _CELLS_BEFORE_7F))
    try:
        return bytes((lead, trail)).decode("cp932"), error.start + _TWO_BYTES
    except UnicodeDecodeError:
        return None


def _nec_strict(error: UnicodeError) -> tuple[str | bytes, int]:
    found = _nec_character(error)
    if found is None:
        raise error
    return found


def _nec_lenient(error: UnicodeError) -> tuple[str | bytes, int]:
    return _nec_character(error) or codecs.lookup_error("surrogateescape")(error)


codecs.register_error("yakuba-nec", _nec_strict)
codecs.register_error("yakuba-nec-lenient", _nec_lenient)

ENCODINGS = {
    encoding.name: encoding
    for encoding in (
        Encoding("utf-8", "utf-8"),
        Encoding("utf-8-sig", "utf-8"),
        Encoding("utf-16", "utf-16-le", unit=2),
        Encoding("utf-16-le", "utf-16-le", unit=2),
        Encoding("utf-16-be", "utf-16-be", unit=2),
        Encoding("cp932", "cp932"),
        Encoding("euc_jp", "euc_jp", "yakuba-nec", "yakuba-nec-lenient"),
        Encoding("cp1252", "cp1252"),
        Encoding("iso-8859-1", "iso-8859-1"),
        Encoding("iso-8859-15", "iso-8859-15"),
    )
}
"""Every encoding that a project may declare. The last three are for dumps from outside Japan."""

BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
"""Byte order mark → the encoding it announces."""

_ALIASES = {
    "utf8": "utf-8",
    "utf-8-bom": "utf-8-sig",
    "utf16": "utf-16",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "ms932": "cp932",
    "windows-31j": "cp932",
    "euc-jp": "euc_jp",
    "eucjp": "euc_jp",
    "latin-1": "iso-8859-1",
    "windows-1252": "cp1252",
}


def encoding(name: str) -> Encoding:
    """The encoding that a project names.

    Raises:
        UsageError: it is none of `ENCODINGS`.
    """
    key = name.lower()
    found = ENCODINGS.get(_ALIASES.get(key, key))
    if found is None:
        raise UsageError(f"encoding {name!r} is not known", remedy="one of " + ", ".join(ENCODINGS))
    return found


def to_utf8(raw: bytes, kind: Encoding) -> bytes:
    """Whole lines as UTF-8, some at a time: that is a quarter faster, and other threads get their turn in between.

    Raises:
        UnicodeDecodeError: bytes that the encoding does not have.
    """
    if kind.codec == "cp932" and (quick := cp932_to_utf8(raw)) is not None:
        return quick
    parts = []
    start = 0
    while start < len(raw):
        end = raw.rfind(b"\n", start, start + _PORTION) + 1 if len(raw) - start > _PORTION else 0
        end = end or len(raw)
        parts.append(raw[start:end].decode(kind.codec, kind.strict).encode())
        start = end
    return b"".join(parts)


def reads(data: bytes, kind: Encoding) -> bool:
    """Whether whole lines of bytes are valid in an encoding."""
    try:
        data.decode(kind.codec, kind.strict)
    except UnicodeDecodeError:
        return False
    return True


def other_reading(data: bytes, declared: Encoding) -> str:
    """Name of another encoding that reads all of `data` and is no catch-all; "" when there is none."""
    names = ("utf-8", "cp932", "euc_jp")
    return next((n for n in names if ENCODINGS[n].codec != declared.codec and reads(data, ENCODINGS[n])), "")
