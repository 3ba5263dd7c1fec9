"""Histories (履歴): groups that keep every version of something, numbered, one of them marked as the latest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from yakuba.migration.checks._rows import HASH, LATEST, NUMBER, among, hashed, marks, numbering
from yakuba.migration.contracts import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yakuba.migration.rules import Tables


@dataclass(frozen=True, slots=True)
class History:
    """One group that is a history.

    Attributes:
        group: "業務/グループ".
        entity: key items of what has the history (宛名番号, or 年度 and 宛名番号).
        serial: key item that numbers the versions.
    """

    group: str
    entity: tuple[str, ...]
    serial: str

    def rows(self, tables: Tables, others: Sequence[str] = ()) -> pl.LazyFrame:
        """RECORD, source, entity, serial, 最新フラグ, others, HASH of the entity, NUMBER (null when it is none)."""
        return tables.scan(self.group, [*self.entity, self.serial, LATEST, *others]).with_columns(
            hashed(self.entity), pl.col(self.serial).cast(pl.Int64, strict=False).alias(NUMBER)
        )

    def of(self, tables: Tables, suspects: pl.Series, others: Sequence[str] = ()) -> pl.DataFrame:
        """All versions of suspicious entities, in order."""
        rows = among(self.rows(tables, others), suspects).collect(engine="streaming")
        return rows.sort(*self.entity, NUMBER, "source", RECORD)


def histories(tables: Tables) -> Iterator[History]:
    """Groups with 最新フラグ and a numbering key item (履歴番号, 更正回数), where the flag is used at all."""
    for name, group in tables.groups.items():
        numbered = numbering(group)
        if numbered and marks(tables, name):
            yield History(name, *numbered)


def summed(history: History, tables: Tables) -> pl.DataFrame:
    """Per entity: HASH, highest NUMBER, how many rows are flagged as latest, highest flagged NUMBER."""
    flagged = pl.col(LATEST) == "1"
    return (
        history.rows(tables)
        .group_by(HASH)
        .agg(
            pl.col(NUMBER).max().alias("highest"),
            flagged.sum().alias("flagged"),
            pl.col(NUMBER).filter(flagged).max().alias("highest_flagged"),
        )
        .collect(engine="streaming")
    )
