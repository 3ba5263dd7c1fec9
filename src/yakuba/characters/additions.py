"""行政事務標準文字 beyond MJ (GJ…): known only by the table that a town supplies. None comes with Yakuba.

The additions have no code in Unicode; they sit in the private-use plane 16 (GJ000001 = U+100000 in the table seen). A
CSV file (UTF-8, header line) with these columns, in any order:

* 文字名: `GJ000001`
* 符号位置: `U+100000`
* 縮退文字: characters that may stand for it, blanks between several, best first; may be empty
* 根拠: why; needed where there is a 縮退文字

Source: 行政事務標準文字 (デジタル庁), whose table has no open licence; see docs/decisions/characters-on-grounds.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from yakuba.characters.shrink import Candidate, Certainty, Ground
from yakuba.characters.vendor import private_character
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

_NEEDED = ("文字名", "符号位置", "縮退文字", "根拠")
_MEANING = "団体が用意した行政事務標準文字の表による"


@dataclass(frozen=True, slots=True)
class Addition:
    """One character of the additions.

    Attributes:
        name: GJ文字名. candidates: what may stand for it, best first.
    """

    name: str
    candidates: tuple[Candidate, ...]


def read_additions(path: Path) -> dict[str, Addition]:
    """Additions by their private-use character.

    Raises:
        UsageError: the file cannot be read, a column is missing, or a line cannot be meant.
    """
    try:
        frame = pl.read_csv(path, infer_schema=False).fill_null("")
    except (OSError, pl.exceptions.PolarsError) as error:
        raise UsageError(f"{path}: cannot be read as CSV", remedy="save the table as CSV in UTF-8") from error
    missing = [name for name in _NEEDED if name not in frame.columns]
    if missing:
        raise UsageError(f"{path}: column {', '.join(missing)} is missing", remedy="add it to the header line")
    found: dict[str, Addition] = {}
    for line, row in enumerate(frame.iter_rows(named=True), start=2):
        try:
            char, addition = _entry(row)
        except ValueError as error:
            raise UsageError(f"{path}:{line}: {error}", remedy="correct the line") from error
        if char in found:
            raise UsageError(f"{path}:{line}: {row['符号位置']} is there twice", remedy="leave one of the lines")
        found[char] = addition
    return found


def _entry(row: dict[str, str]) -> tuple[str, Addition]:
    code, name = row["符号位置"].strip().upper(), row["文字名"].strip()
    if not re.fullmatch("GJ[0-9]{6}", name):
        raise ValueError(f"文字名 {name!r} is not GJ and six digits")
    try:
        char = private_character(code)
    except ValueError as error:
        raise ValueError(f"符号位置 {code!r} is not in a private-use area") from error
    texts, title = row["縮退文字"].split(), row["根拠"].strip()
    if texts and not title:
        raise ValueError(f"{name} has a 縮退文字 and no 根拠")
    ground = Ground(Certainty.LAW, f"行政事務標準文字の表 {title}", _MEANING)
    return char, Addition(name, tuple(Candidate(text, ground) for text in texts))
