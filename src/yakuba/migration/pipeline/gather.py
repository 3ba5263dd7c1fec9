"""Gather (集約): the converted parts of all tables seen as whole groups, for rules that need more than one row."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from yakuba.migration.contracts import RECORD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from yakuba.layouts.model import Group
    from yakuba.migration.mapping.plan import TablePlan


@dataclass(frozen=True)
class Converted:
    """One table with the files of its converted rows."""

    plan: TablePlan
    rows: tuple[Path, ...]

    def scan(self) -> pl.LazyFrame:
        """Lineage and the filled items of all rows, in record order."""
        if self.rows:
            return pl.scan_parquet(list(self.rows))
        return pl.LazyFrame(schema={RECORD: pl.UInt64(), **dict.fromkeys(self.plan.items, pl.String())})


@dataclass(frozen=True)
class GatheredTables:
    """All converted tables by group (rules.Tables)."""

    converted: tuple[Converted, ...]

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        """Groups that have rows in this run; the reserve area is no rule's business."""
        return {table.plan.target: table.plan.group for table in self.converted if not table.plan.reserve}

    def scan(self, group: str, items: list[str]) -> pl.LazyFrame:
        """RECORD, "source" and the items of all tables that feed the group."""
        return pl.concat(
            [
                table.scan().select(
                    RECORD,
                    pl.lit(table.plan.spec.source).alias("source"),
                    *(pl.col(item) if item in table.plan.items else pl.lit("").alias(item) for item in items),
                )
                for table in self.converted
                if table.plan.target == group
            ]
        )
