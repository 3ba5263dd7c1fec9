"""What `yakuba characters convert` reads: a CSV file in its own encoding, a font; and the work on its columns."""

from __future__ import annotations

import codecs
import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from yakuba.characters import convert, scan
from yakuba.characters.repertoire import Repertoire
from yakuba.characters.utf16 import from_cesu8
from yakuba.cli._characters_list import write
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.characters.additions import Addition
    from yakuba.characters.decisions import Decision
    from yakuba.characters.sources import Source
    from yakuba.characters.targets import Target
    from yakuba.characters.vendor import VendorTable

_FONT = "font:"
_HEADER = 1 << 20
"""Bytes that surely hold the header line."""
_CESU8 = "cesu-8"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for, read and checked: the arguments of `characters.convert`."""

    source: Source
    target: Target | Repertoire
    vendor: VendorTable | None
    additions: Mapping[str, Addition]
    decisions: Mapping[str, Decision]
    first: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out.

    Attributes:
        rows: records. changed: cells that differ. told_back: of them, cells whose old value the result and the list
            give again. doubted: cells that look like text read in a wrong encoding, with their first rows (from 1).
        characters: the list of all columns, its first column 列.
    """

    rows: int
    changed: int
    told_back: int
    doubted: int
    doubted_rows: tuple[int, ...]
    characters: pl.DataFrame

    def count(self, state: str) -> int:
        """Different characters in a state."""
        return self.characters.filter(pl.col("state") == state)["text"].n_unique()


def read_table(path: Path, encoding: str) -> pl.DataFrame:
    """A CSV file with a header line, all text.

    Raises:
        UsageError: it is in another encoding, or is no CSV.
    """
    from yakuba.migration.intake.encodings import BOMS, other_reading, to_utf8
    from yakuba.migration.intake.encodings import encoding as named

    raw = path.read_bytes()
    try:
        if encoding.lower() == _CESU8:
            data = from_cesu8(raw)
        else:
            mark = next((mark for mark in BOMS if raw.startswith(mark)), b"")
            kind = named(BOMS[mark] if mark else encoding)
            data = to_utf8(raw.removeprefix(mark), kind)
    except UnicodeDecodeError as error:
        other = other_reading(raw, kind) or "another"
        raise UsageError(
            f"{path}: byte {error.start:,} is not {kind.name}", remedy=f"name its encoding (--encoding {other}?)"
        ) from error
    header = next(csv.reader(data.removeprefix(codecs.BOM_UTF8)[:_HEADER].decode("utf-8", "ignore").splitlines()), [])
    if len(set(header)) < len(header):
        raise UsageError(f"{path}: two columns have the same name", remedy="give each its own in the header line")
    try:
        return pl.read_csv(data.removeprefix(codecs.BOM_UTF8), infer_schema=False)
    except pl.exceptions.PolarsError as error:
        raise UsageError(f"{path}: cannot be read as CSV", remedy="comma, quotation marks, one header line") from error


def target_of(words: str) -> Target | Repertoire:
    """`mj`, `jis0213` … as they are (`convert` checks them), `font:PATH` as what the font can draw."""
    if not words.startswith(_FONT):
        return words  # type: ignore[return-value] # convert refuses what is none
    from yakuba.certificates.font import read_face

    path = Path(words.removeprefix(_FONT))
    if not path.is_file():
        raise UsageError(f"{path}: no such file", remedy="font: and the path of a font")
    face = read_face(path)
    drawn = frozenset(map(chr, face.characters))
    return Repertoire(words, drawn, frozenset(face.sequences) | face.plain, base=True)


def convert_table(table: pl.DataFrame, columns: list[str], wanted: Wanted, out: Path) -> Outcome:
    """Convert the columns and write both files into `out`.

    Raises:
        UsageError: a column is not there.
    """
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise UsageError(f"no column {', '.join(missing)}", remedy="the file has: " + "、".join(table.columns))
    changed = told_back = 0
    lists, doubts = [], []
    for name in columns:
        made = convert(
            table[name],
            source=wanted.source,
            target=wanted.target,
            vendor=wanted.vendor,
            additions=wanted.additions,
            decisions=wanted.decisions,
            first=wanted.first,
        )
        changed += int(made.changed.sum())
        told_back += int((made.changed & made.told_back()).sum())
        doubts.append(table.select(scan.mojibake(pl.col(name)).fill_null(value=False)).to_series().arg_true() + 1)
        lists.append(made.characters.select(pl.lit(name).alias("column"), pl.all()))
        table = table.with_columns(made.values)
    doubted = pl.concat(doubts)
    listed = pl.concat(lists).sort("count", "character", descending=[True, False], maintain_order=True)
    write(table, listed, out)
    rows = tuple(doubted.unique().sort().head(5).to_list())
    return Outcome(table.height, changed, told_back, doubted.len(), rows, listed)
