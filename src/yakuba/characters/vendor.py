"""A vendor's table of private characters (外字対応表, result of 文字同定): which character a code stands for.

A CSV file (UTF-8, header line) with these columns, in any order:

* 外字コード: `U+E000`, or the Shift_JIS code `F040`
* 文字 or MJ名: the MJ character, written out or by its MJ文字図形名; when both are given they must agree
* 区分: 字形一致 / デザイン差 / 類似 / 該当なし
* 決定者, 決定日: who decided and when. 類似 counts as decided only with both.

Source: 文字同定 practice, 総務省 外字実態調査; user-defined area F040–F9FC = U+E000–U+E757 (CP932).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from unicodedata import category

import polars as pl

from yakuba.characters import tables
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

_CELLS = 188  # characters per lead byte: trail bytes 40–7E and 80–FC
_FIRST_LEAD, _LAST_LEAD = 0xF0, 0xF9
_FIRST_TRAIL, _GAP, _LAST_TRAIL = 0x40, 0x7F, 0xFC
_FIRST_PRIVATE = 0xE000
_LAST_PRIVATE = _FIRST_PRIVATE + _CELLS * (_LAST_LEAD - _FIRST_LEAD + 1) - 1
_UNICODE = re.compile(r"U\+([0-9A-F]{4,6})")
_SJIS = re.compile(r"[0-9A-F]{4}")


class Likeness(StrEnum):
    """区分: how near the chosen character comes to the private one."""

    SAME = "字形一致"
    DESIGN = "デザイン差"
    SIMILAR = "類似"
    NONE = "該当なし"


@dataclass(frozen=True, slots=True)
class VendorTable:
    """What a vendor's private characters stand for.

    Attributes:
        forms: form (see `tables`) by private-use character; only decided ones.
        undecided: private-use characters in the table for which nobody has decided, or nothing was found.
    """

    forms: dict[str, str]
    undecided: frozenset[str]

    @property
    def inverse(self) -> dict[str, str]:
        """Private-use character by form, for forms that exactly one private character stands for."""
        times = Counter(self.forms.values())
        return {form: private for private, form in self.forms.items() if times[form] == 1}


def private_character(code: str) -> str:
    """The private-use character a code names.

    >>> private_character("U+E0A3") == private_character("F0E4")
    True

    Raises:
        ValueError: not a code, or not in a private-use area.
    """
    if match := _UNICODE.fullmatch(code):
        number = int(match[1], 16)
        if 0xE000 <= number <= 0xF8FF or 0xF0000 <= number <= 0x10FFFD:  # noqa: PLR2004 the bounds are the name
            return chr(number)
    elif _SJIS.fullmatch(code):
        return chr(_from_sjis(*bytes.fromhex(code)))
    raise ValueError(code)


def _from_sjis(lead: int, trail: int) -> int:
    if not _FIRST_LEAD <= lead <= _LAST_LEAD or not _FIRST_TRAIL <= trail <= _LAST_TRAIL or trail == _GAP:
        raise ValueError(f"{lead:02X}{trail:02X}")
    return _FIRST_PRIVATE + (lead - _FIRST_LEAD) * _CELLS + trail - _FIRST_TRAIL - (trail > _GAP)


def sjis_code(private: str) -> str:
    r"""The Shift_JIS code of a private-use character (U+E000–E757 → `F040`–`F9FC`).

    >>> sjis_code("\ue000"), sjis_code("\ue757")
    ('F040', 'F9FC')

    Raises:
        ValueError: the character is not in that area.
    """
    number = ord(private)
    if not _FIRST_PRIVATE <= number <= _LAST_PRIVATE:
        raise ValueError(f"U+{number:04X}")
    lead, cell = divmod(number - _FIRST_PRIVATE, _CELLS)
    trail = _FIRST_TRAIL + cell
    return f"{_FIRST_LEAD + lead:02X}{trail + (trail >= _GAP):02X}"


def read_vendor_table(path: Path) -> VendorTable:
    """Read a table (see the module for its columns).

    Raises:
        UsageError: the file cannot be read, a column is missing, or a line says something that cannot be
            meant (unknown code, 区分 or MJ名; no character although one was found; a code twice).
    """
    try:
        frame = pl.read_csv(path, infer_schema=False).fill_null("")
    except (OSError, pl.exceptions.PolarsError) as error:
        raise UsageError(f"{path}: cannot be read as CSV", remedy="save the 外字対応表 as CSV in UTF-8") from error
    missing = [name for name in ("外字コード", "区分") if name not in frame.columns]
    if not {"文字", "MJ名"} & set(frame.columns):
        missing.append("文字 or MJ名")
    if missing:
        raise UsageError(f"{path}: column {', '.join(missing)} is missing", remedy="add it to the header line")
    forms: dict[str, str] = {}
    undecided: set[str] = set()
    for line, row in enumerate(frame.iter_rows(named=True), start=2):
        try:
            private, form = _entry(row)
        except ValueError as error:
            raise UsageError(f"{path}:{line}: {error}", remedy="correct the line") from error
        if private in forms or private in undecided:
            raise UsageError(f"{path}:{line}: {row['外字コード']} is there twice", remedy="leave one of the lines")
        if form:
            forms[private] = form
        else:
            undecided.add(private)
    return VendorTable(forms, frozenset(undecided))


def _entry(row: dict[str, str]) -> tuple[str, str]:
    """Private character and form of one line; the form is empty when nothing is decided."""
    code = row["外字コード"].strip().upper()
    try:
        private = private_character(code)
    except ValueError as error:
        raise ValueError(f"外字コード {code!r} is neither U+E000… nor F040–F9FC") from error
    try:
        likeness = Likeness(row["区分"].strip())
    except ValueError as error:
        raise ValueError(f"区分 {row['区分']!r} is none of {'/'.join(Likeness)}") from error
    form = _form(row)
    if likeness is Likeness.NONE:
        if form:
            raise ValueError(f"{code} is 該当なし and yet has a character")
        return private, ""
    if not form:
        raise ValueError(f"{code} is {likeness.value} and has no character")
    decided = row.get("決定者", "").strip() and row.get("決定日", "").strip()
    return private, form if likeness is not Likeness.SIMILAR or decided else ""


def _form(row: dict[str, str]) -> str:
    written, name = row.get("文字", "").strip(), row.get("MJ名", "").strip()
    if not name:
        if written and not _is_form(written):
            raise ValueError(f"文字 {written!r} is not one character that the MJ font draws")
        return written
    form = tables.form_by_name().get(name)
    if form is None:
        raise ValueError(f"MJ名 {name!r} is not in MJ文字情報一覧表, or has no code")
    if written not in ("", form):
        raise ValueError(f"文字 {written!r} is not {name}")
    return form


def _is_form(text: str) -> bool:
    """One code point that is not private, or a sequence of the MJ font."""
    return text in tables.mj_sequences() if len(text) > 1 else category(text) not in {"Co", "Cn", "Cc", "Mn"}
