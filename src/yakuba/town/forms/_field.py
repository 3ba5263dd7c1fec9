"""Columns of an old system: how a standard item is written there, and the mapping that leads back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Codes = dict[str, dict[str, str]]
"""Code tables of a form: table name → standard value → value of the old system."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a dump.

    Attributes:
        column: its name there. encode: its text, from the items of a standard frame.
        back: item → mapping of the project file (`from` is added); more than one for packed columns.
        width: bytes (fixed-length forms).
        split: name of the only `[[table]]` it belongs to, when a file is read into more than one; "" = all.
    """

    column: str
    encode: pl.Expr
    back: Mapping[str, Any]
    width: int = 0
    split: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """One file of a dump, made from the rows of one group.

    Attributes:
        source: name of the `[[source]]`. name: file name. group: "業務/グループ".
        fields: its columns. constants: item → value that the old system did not hold.
        splits: name → column → values: each becomes a `[[table]]` with that `where`; empty = one table.
        rows: which rows of the group; None = all.
        drop: column → reason. target: group it maps to when that is not `group`.
    """

    source: str
    name: str
    group: str
    fields: Sequence[Field]
    constants: Mapping[str, str] = field(default_factory=dict)
    splits: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    rows: pl.Expr | None = None
    drop: Mapping[str, str] = field(default_factory=dict)
    target: str = ""

    @property
    def widths(self) -> dict[str, int]:
        """Columns in order, each once, with their bytes (0 where the form has none)."""
        return {one.column: one.width for one in self.fields}


@dataclass(frozen=True, slots=True)
class Form:
    """A whole dump.

    Attributes:
        title: name of the project. layout: selector of the target standard.
        codes: tables used both ways. reads: tables of the mapping alone, from the old value to the standard one.
        format: csv or fixed. encoding: of every file. header: whether columns are named in the first line.
        gaiji: whether characters outside the encoding go to the private area, with gaiji.csv.
        characters: unicode or juki. text: what happens to all cells last.
        cleansing: rules its natural mess needs. write: outputs asked for.
    """

    title: str
    files: Sequence[File]
    codes: Codes = field(default_factory=dict)
    reads: Codes = field(default_factory=dict)
    layout: str = "kihon"
    format: str = "csv"
    encoding: str = "cp932"
    newline: str = "\r\n"
    header: bool = True
    gaiji: bool = False
    characters: str = "unicode"
    text: Callable[[pl.DataFrame], pl.DataFrame] | None = None
    cleansing: Sequence[str] = ()
    write: Sequence[str] = ("csv", "parquet")

    @property
    def unicode(self) -> bool:
        """Whether the files can hold any character."""
        return self.encoding.startswith("utf")


def plain(column: str, item: str, width: int = 0, **more: Any) -> Field:
    """The item as it is."""
    return Field(column, pl.col(item), {item: {}}, width, **more)


def also(first: Field, back: Mapping[str, Any]) -> Field:
    """The same column read a second time, into further items."""
    return Field(first.column, first.encode, {**first.back, **back}, first.width, first.split)


def coded(column: str, item: str, table: str, codes: Codes, width: int = 0) -> Field:
    """A value of the old system's own code table; values outside it pass as they are."""
    return Field(column, recode(item, codes[table]), {item: {"codes": table}}, width)


def recode(item: str, table: Mapping[str, str]) -> pl.Expr:
    """Expression that writes an item in the old system's codes."""
    return pl.col(item).replace(list(table), list(table.values()))


def packed(column: str, parts: Sequence[tuple[str, str, int]], codes: Codes, width: int = 0) -> Field:
    """Several coded items in one column without separators: (item, table or "", characters of its part)."""
    expressions, back, at = [], {}, 0
    for item, table, size in parts:
        expressions.append((recode(item, codes[table]) if table else pl.col(item)).str.pad_end(size))
        step: dict[str, Any] = {"slice": [at, at + size], "strip": "right"}
        back[item] = step | ({"codes": table} if table else {})
        at += size
    return Field(column, pl.concat_str(expressions), back, width)


def era7(column: str, item: str, width: int = 7, era: str = "") -> Field:
    """和暦 in 7 digits (元号1桁 + YYMMDD); empty is 0000000. `era`: item that fixes the era on border days."""
    encoded = pl.when(pl.col(item) == "").then(pl.lit("0000000")).otherwise(_wareki(item, era))
    return Field(column, encoded, {item: {"date": "era7"}}, width)


def era_letter(column: str, item: str, width: int = 7, era: str = "") -> Field:
    """和暦 with a letter (S640107); empty is blank."""
    letters = dict(zip("12345", "MTSHR", strict=True))
    text = _wareki(item, era)
    lettered = pl.concat_str([text.str.slice(0, 1).replace(letters), text.str.slice(1)])
    encoded = pl.when(pl.col(item).str.contains(_ISO)).then(lettered).otherwise(pl.col(item))
    return Field(column, encoded, {item: {"date": "era_letter_digits"}}, width)


def _wareki(item: str, era: str) -> pl.Expr:
    text = pl.col(item)
    year = text.str.slice(0, 4).cast(pl.Int32, strict=False)
    by_date = _since(text)
    code = pl.when(pl.col(era) != "").then(pl.col(era)).otherwise(by_date) if era else by_date
    start = code.replace_strict(_BEFORE_FIRST, default=None).cast(pl.Int32)
    rest = pl.concat_str([text.str.slice(5, 2), text.str.slice(8, 2)])
    short = pl.concat_str([code, (year - start).cast(pl.String).str.zfill(2), rest])
    return pl.when(text.str.contains(_ISO)).then(short).otherwise(text)


_BEFORE_FIRST = {"1": 1867, "2": 1911, "3": 1925, "4": 1988, "5": 2018}


def _since(text: pl.Expr) -> pl.Expr:
    chain = pl.when(text < "1912-07-30").then(pl.lit("1")).when(text < "1926-12-25").then(pl.lit("2"))
    chain = chain.when(text < "1989-01-08").then(pl.lit("3"))
    return chain.when(text < "2019-05-01").then(pl.lit("4")).otherwise(pl.lit("5"))


_ISO = r"^\d{4}-\d{2}-\d{2}$"


def ymd8(column: str, item: str, width: int = 0) -> Field:
    """西暦 in 8 digits; empty is 00000000."""
    text = pl.col(item)
    short = text.str.replace_all("-", "", literal=True)
    encoded = pl.when(text == "").then(pl.lit("00000000")).when(text.str.contains(_ISO)).then(short).otherwise(text)
    return Field(column, encoded, {item: {"date": "yyyymmdd"}}, width)


def number(column: str, item: str, size: int, width: int = 0) -> Field:
    """An amount or count, zero-padded."""
    text = pl.col(item)
    padded = pl.when(text.str.contains(r"^\d+$")).then(text.str.zfill(size)).otherwise(text)
    return Field(column, padded, {item: {"number": True}}, width or size)
