"""What checks over many rows share: hashed keys, the rows of a finding, current rows of residents.

Memory: of millions of rows only 64-bit hashes and small numbers are held; a second reading takes the few rows whose
hash is suspicious, and only there the texts themselves are compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.migration.checks._items import meaning
from yakuba.migration.contracts import RECORD
from yakuba.migration.rules import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from yakuba.kernel.finding import Severity
    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context, Tables

HASH = "#hash"
NUMBER = "#number"
_SERIAL = ("履歴番号", "更正回数")
_BRANCH = "枝番号"
PERSON, STATE, LATEST = "宛名番号", "住民状態", "最新フラグ"


def nothing() -> pl.LazyFrame:
    """No refused rows."""
    return pl.LazyFrame(schema=ROWS)


def gathered(parts: Iterable[pl.LazyFrame]) -> pl.LazyFrame:
    """All refused rows of several groups."""
    return pl.concat([nothing(), *parts])


def refused(
    rows: pl.LazyFrame, group: str, item: str, *, severity: Severity | None = None, proposal: pl.Expr | None = None
) -> pl.LazyFrame:
    """The rows as ROWS: each is refused because of `item`, whose column they have."""
    return rows.select(
        pl.lit(group).alias("group"),
        pl.col(RECORD).cast(pl.UInt64),
        pl.col("source").cast(pl.String),
        pl.lit(item).alias("item"),
        pl.col(item).alias("value"),
        (pl.lit(None, pl.String) if proposal is None else proposal).alias("proposal"),
        pl.lit(None if severity is None else str(severity), pl.String).alias("severity"),
    )


def hashed(keys: Sequence[str]) -> pl.Expr:
    """64-bit hash of several texts together; "1","23" and "12","3" differ."""
    # The unit separator cannot stand in a cell that anyone could read as a key.
    return (pl.col(keys[0]) if len(keys) == 1 else pl.concat_str(keys, separator="\x1f")).hash().alias(HASH)


def repeated(hashes: pl.Series) -> pl.Series:
    """Values that occur more than once, each once. Sorts a copy: 16 bytes a row."""
    ordered = hashes.sort()
    return ordered.filter((ordered == ordered.shift(1)).fill_null(value=False)).unique()


def among(rows: pl.LazyFrame, hashes: pl.Series) -> pl.LazyFrame:
    """Rows whose hash is one of some; the rows are not even read when there is none."""
    if hashes.is_empty():
        return rows.clear()
    return rows.join(pl.LazyFrame({HASH: hashes.cast(pl.UInt64)}), on=HASH, how="semi")


def filled(names: Iterable[str]) -> pl.Expr:
    """All of the items are filled."""
    return pl.all_horizontal(pl.col(name) != "" for name in names)


def resident_groups(tables: Tables) -> Iterator[tuple[str, Group]]:
    """Groups of persons with a state (住民情報)."""
    return ((name, group) for name, group in tables.groups.items() if {PERSON, STATE} <= group.by_name.keys())


def marks(tables: Tables, name: str) -> bool:
    """Whether a group says with 最新フラグ which of its rows are current."""
    if LATEST not in tables.groups[name].by_name:
        return False
    told = tables.scan(name, [LATEST]).select((pl.col(LATEST) != "").any())
    return bool(told.collect(engine="streaming").item())


def current(tables: Tables, name: str, items: Iterable[str]) -> pl.LazyFrame:
    """Current rows (現在行) of a group: 最新フラグ = 1; without flags those with the highest 履歴番号; else all."""
    group = tables.groups[name]
    wanted = list(dict.fromkeys(item for item in items if item in group.by_name))
    if marks(tables, name):
        return tables.scan(name, list(dict.fromkeys([*wanted, LATEST]))).filter(pl.col(LATEST) == "1")
    numbered = numbering(group)
    if numbered is None:
        return tables.scan(name, wanted)
    entity, serial = numbered
    rows = tables.scan(name, list(dict.fromkeys([*wanted, *entity, serial]))).with_columns(
        hashed(entity), pl.col(serial).cast(pl.Int64, strict=False).alias(NUMBER)
    )
    newest = rows.group_by(HASH).agg(pl.col(NUMBER).max())
    return rows.join(newest, on=[HASH, NUMBER], how="semi")


def numbering(group: Group) -> tuple[tuple[str, ...], str] | None:
    """Key items of what has a history, and the key item that numbers its versions; None when there is no history."""
    keys = [item.name for item in group.keys]
    serial = next((key for key in keys if key.endswith(_SERIAL)), "")
    entity = tuple(key for key in keys if key != serial and not key.endswith(_BRANCH))
    return (entity, serial) if serial and entity else None


def living(tables: Tables, name: str, context: Context, items: Iterable[str]) -> pl.LazyFrame:
    """Current rows of persons who are residents (住民状態 = 住民); nobody where the layout has no such code."""
    codes = meaning(tables.groups[name], context, STATE, "住民")
    return current(tables, name, [*items, STATE]).filter(pl.col(STATE).is_in(codes))
