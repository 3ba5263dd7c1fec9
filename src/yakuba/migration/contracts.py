"""The values that the rooms of migration hand to each other: what a project says, what a stage leaves behind.

A run walks once, forwards:

    intake → mapping → cleansing → checks → output → verification → evidence → report

Every stage reads and writes files below `OUT/work/`, so that a killed run goes on where it was.
Column names that start with `#` are ours (lineage); all others are the dump's or the standard's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

RECORD = "#record"
"""Lineage: 1-based number of a record within its source (all files of the source in order)."""
FILE = "#file"
"""Index of the file within the source's files."""
LINE = "#line"
"""1-based line (text) or record (fixed width, Excel) where the record starts in its file."""

LINEAGE = {RECORD: pl.UInt64(), FILE: pl.UInt16(), LINE: pl.UInt64()}
"""First columns of every staged part; all further columns are String, never null: an empty cell is ""."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a source.

    Attributes:
        name: as in the header, or given by the project when there is none.
        width: bytes in the source's encoding (fixed width only); 0 otherwise.
    """

    name: str
    width: int = 0


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """`[[source]]` of a project: one kind of record, in one or more files.

    Attributes:
        name: name used by `from = …`.
        files: glob patterns below the dump's folder, in reading order (each pattern's matches sorted by name);
            `x.csv.gz` and members of `x.zip` ("dump.zip/JUMIN*.csv") count.
        format: csv, tsv, fixed or excel.
        encoding: utf-8, utf-8-sig, utf-16, utf-16-le, utf-16-be, cp932, euc_jp, cp1252, iso-8859-1,
            iso-8859-15; strict, always.
        delimiter: one character (csv). quote: one character or "" for none.
        header: whether the first record of each file names the columns.
        columns: expected columns in order; empty = take them from the header of the first file.
        sheet: sheet name (excel); "" = first.
        trim: fixed width: which padding to take off ("right" spaces, "" none).
        gaiji: CSV of the vendor's private-area characters, below the project's folder; "" = none.
        characters: unicode, juki (住基ネット統一文字 code points) or koseki (戸籍統一文字番号).
        drop: column → reason: columns that are left behind on purpose (対象外); counted and digested all the same.
        replay: CSV of mended records, below the project's folder, in the form of OUT/rejected/<source>.csv: each
            takes the place of the record that it names by 元ファイル and 元行; "" = none.
    """

    name: str
    files: tuple[str, ...]
    format: str = "csv"
    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    header: bool = True
    columns: tuple[Column, ...] = ()
    sheet: str = ""
    trim: str = "right"
    gaiji: str = ""
    characters: str = "unicode"
    drop: Mapping[str, str] = field(default_factory=dict)
    replay: str = ""


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One target item of a `[[table]]`.

    Attributes:
        item: official item name in the target group.
        sources: source columns it is made from (empty for a constant).
        steps: (step name, argument) in the order written; see migration/mapping/steps/.
    """

    item: str
    sources: tuple[str, ...]
    steps: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class TableSpec:
    """`[[table]]` of a project: how one source becomes rows of one group.

    Attributes:
        group: "業務/グループ" by official names ("住民基本台帳/住民情報"), or "予備/<source>" (reserve area 予備領域).
        source: name of the source.
        where: column → accepted values (all must hold); a value list that starts with "!" excludes.
        columns: the target items; items not named stay empty.
    """

    group: str
    source: str
    where: Mapping[str, tuple[str, ...]]
    columns: tuple[ColumnSpec, ...]


@dataclass(frozen=True, slots=True)
class Project:
    """A project file (PROJECT.toml), parsed. `folder` is where it lies; relative paths start there.

    Attributes:
        layout: selector of the target standard ("kihon@2026-08", "chukan").
        write: output forms: csv, parquet, xml.
        codes: code tables by name: old value → new value ("*" = every other value).
        dictionary: CSV of the town's address dictionary (町字コード,町字,郵便番号); "" = none.
        cleansing: names of the declared correction rules, in the order they run.
        decisions: decisions file, obeyed when it exists.
        as_of: 基準日: "today" of every rule, so that a run can be repeated; None = the day it is started.
        options: rule name → its settings.
    """

    folder: Path
    name: str
    municipality: str
    layout: str
    dump: Path
    write: tuple[str, ...]
    sources: tuple[SourceSpec, ...]
    tables: tuple[TableSpec, ...]
    codes: Mapping[str, Mapping[str, str]]
    dictionary: str
    cleansing: tuple[str, ...]
    decisions: str
    as_of: date | None
    options: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One input file as it was read. `bytes` and `sha256` are of the file on disk; a zip member is "a.zip/b.csv"."""

    path: str
    bytes: int
    sha256: str
    records: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Staged:
    """What intake leaves of one source: parts of equal form, and the records that could not be read.

    Attributes:
        parts: Parquet files in order, each LINEAGE + one String column per source column.
        records: records in the parts (= sum of files' records − rejected).
        rejects: Parquet of UNREAD; always there, often empty.
    """

    source: SourceSpec
    columns: tuple[str, ...]
    files: tuple[FileFacts, ...]
    parts: tuple[Path, ...]
    records: int
    rejects: Path


UNREAD = {
    FILE: pl.UInt16(),
    LINE: pl.UInt64(),
    "code": pl.String(),
    "detail": pl.String(),
    "raw": pl.Binary(),
}
"""Columns of an intake reject: where, which rule, what exactly (no personal data), and the record's own bytes."""

FINDINGS = {
    "code": pl.String(),
    "severity": pl.String(),
    "category": pl.String(),
    "group": pl.String(),
    "source": pl.String(),
    RECORD: pl.UInt64(),
    FILE: pl.UInt16(),
    LINE: pl.UInt64(),
    "column": pl.String(),
    "item": pl.String(),
    "key": pl.String(),
    "value": pl.String(),
    "proposal": pl.String(),
}
"""Columns of a findings table. `key` = values of the group's primary key joined by "|"; `value` masked when secret;
`proposal` = the value proposed to a person, null when there is none. Hints belong to the rule, not to the row."""

CORRECTIONS = {
    "rule": pl.String(),
    "group": pl.String(),
    "source": pl.String(),
    RECORD: pl.UInt64(),
    FILE: pl.UInt16(),
    LINE: pl.UInt64(),
    "item": pl.String(),
    "before": pl.String(),
    "after": pl.String(),
}
"""Columns of the corrections table: every cell that differs from what the mapping alone gives."""

REJECTED = {
    "source": pl.String(),
    RECORD: pl.UInt64(),
    FILE: pl.UInt16(),
    LINE: pl.UInt64(),
    "disposition": pl.String(),
    "reason": pl.String(),
    "into": pl.UInt64(),
}
"""Records that are not loaded: `disposition` is "rejected" (reason = finding code) or "merged" (into = kept record,
or null when a mended copy of the record was replayed)."""

REPLAY = ("元ファイル", "元行", "理由")
"""First columns of a file of rejected records; the record's own columns follow."""

REPLAYED = "-replay"
"""Ending of the name of the source that a `replay` file becomes."""
