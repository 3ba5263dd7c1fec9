"""A town's usage list (外字使用一覧): how many people use each private character, and in which names.

A CSV file with a header line and these columns, in any order; a row per code, or a row per name:

* 外字コード: `U+E000`, or the Shift_JIS code `F040`
* 人数 (or 件数): people the row stands for. Empty in a row with a name: one. Without the column, a row is one.
* 氏名, フリガナ: a name that has the character, as itself or as 〓, and its reading
* 別表記: the same person's name in another system, where the character is written otherwise
* 画数, 部首: what a list of the old system says of the shape: strokes; the radical as 1–214 or as a character

Names are personal data: they go into no message.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yakuba.characters.glyphs.radicals import radical_numbers
from yakuba.characters.vendor import private_character
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CODECS = {"utf-8": "utf-8-sig", "cp932": "cp932", "utf-16": "utf-16"}
ENCODINGS = tuple(_CODECS)
"""Encodings a list may be in."""
_COUNTS = ("人数", "件数")
_MOST_STROKES = 99


@dataclass(frozen=True, slots=True)
class Name:
    """A name that has the character.

    Attributes:
        text: 氏名, the character as itself or as 〓. kana: フリガナ. other: 別表記. Each "" where the list is silent.
        times: people with exactly these three.
    """

    text: str
    kana: str
    other: str
    times: int


@dataclass(frozen=True, slots=True)
class Usage:
    """How a private character is used.

    Attributes:
        people: how many. names: with repeated ones counted, most frequent first.
        private: the character. strokes: 画数, 0 = not given. radicals: 部首 by number, empty = not given.
    """

    people: int
    names: tuple[Name, ...] = ()
    private: str = ""
    strokes: int = 0
    radicals: frozenset[int] = frozenset()


@dataclass
class _Sum:
    people: int = 0
    names: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    strokes: int = 0
    radicals: frozenset[int] = frozenset()


def read_usage(path: Path, *, encoding: str = "utf-8") -> dict[str, Usage]:
    """Read a list.

    Args:
        path: the file. encoding: one of `ENCODINGS`.

    Returns:
        usage by private-use character.

    Raises:
        UsageError: not in this encoding (the message says which one it is in), no CSV, a column is missing, or a line
            says something that cannot be meant.
    """
    sums: dict[str, _Sum] = {}
    for line, row in _rows(path, encoding):
        try:
            _add(sums, row)
        except ValueError as error:
            raise UsageError(f"{path}:{line}: {error}", remedy="correct the line") from error
    return {
        private: Usage(
            total.people,
            tuple(Name(*three, times) for three, times in total.names.most_common()),
            private, total.strokes, total.radicals,
        )
        for private, total in sums.items()
    }  # fmt: skip


def _rows(path: Path, encoding: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Line and cells of each row with anything in it."""
    reader = csv.reader(io.StringIO(_text(path, encoding), newline=""), strict=True)
    try:
        head = [cell.strip() for cell in next(reader, [])]
        if "外字コード" not in head:
            raise UsageError(f"{path}: column 外字コード is missing", remedy="add it to the header line")
        if len(set(head)) < len(head):
            raise UsageError(f"{path}: two columns have the same name", remedy="give each its own in the header line")
        for cells in reader:
            if len(cells) > len(head):
                raise UsageError(f"{path}:{reader.line_num}: more cells than columns", remedy="correct the line")
            if any(cells):
                yield reader.line_num, dict.fromkeys(head, "") | dict(zip(head, map(str.strip, cells), strict=False))
    except csv.Error as error:
        remedy = "comma, quotation marks, one header line"
        raise UsageError(f"{path}:{reader.line_num}: cannot be read as CSV ({error})", remedy=remedy) from error


def _text(path: Path, encoding: str) -> str:
    if encoding not in _CODECS:
        raise UsageError(f"encoding {encoding!r} is not known", remedy="one of " + ", ".join(_CODECS))
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}", remedy="give the usage list, a CSV file") from error
    try:
        return raw.decode(_CODECS[encoding])
    except UnicodeError as error:
        place = f"byte {error.start:,}" if isinstance(error, UnicodeDecodeError) else "it"
        others = [name for name in _CODECS if name != encoding and _reads(raw, name)]
        known = f", it reads as {others[0]}" if others else ""
        remedy = f"name its encoding (--encoding {others[0]})" if others else "save the list as CSV in UTF-8"
        raise UsageError(f"{path}: {place} is not {encoding}{known}", remedy=remedy) from error


def _reads(raw: bytes, encoding: str) -> bool:
    """Whether an encoding reads the bytes and finds the one column that every list has."""
    try:
        return "外字コード" in raw.decode(_CODECS[encoding]).partition("\n")[0]
    except UnicodeError:
        return False


def _add(sums: dict[str, _Sum], row: dict[str, str]) -> None:
    code = row["外字コード"].upper()
    try:
        private = private_character(code)
    except ValueError as error:
        raise ValueError(f"外字コード {code[:12]!r} is neither U+E000… nor F040–F9FC") from error
    total = sums.setdefault(private, _Sum())
    people = _people(row)
    total.people += people
    three = (row.get("氏名", ""), row.get("フリガナ", ""), row.get("別表記", ""))
    if any(three):
        total.names[three] += people
    strokes = _number(row.get("画数", ""), "画数", _MOST_STROKES)
    radicals = radical_numbers(row.get("部首", ""))
    for what, before, now in (("画数", total.strokes, strokes), ("部首", total.radicals, radicals)):
        if before and now and before != now:
            raise ValueError(f"{what} of {code} is another one above")
    total.strokes, total.radicals = strokes or total.strokes, radicals or total.radicals


def _people(row: dict[str, str]) -> int:
    given = [name for name in _COUNTS if name in row]
    if not given:
        return 1
    filled = next((name for name in given if row[name]), "")
    if filled:
        return _number(row[filled], filled, 10**9)
    if row.get("氏名"):
        return 1
    raise ValueError(f"{given[0]} is empty, and so is 氏名")


def _number(cell: str, column: str, most: int) -> int:
    """A whole number from 0; commas between thousands may be there, an empty cell is 0."""
    plain = cell.replace(",", "").replace("，", "")
    if not cell:
        return 0
    if not plain.isdecimal() or int(plain) > most:
        raise ValueError(f"{column} {cell[:12]!r} is no number from 0 to {most:,}")
    return int(plain)
