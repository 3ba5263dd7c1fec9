"""A small world for rules: the real layouts, a fictitious town, tables made of a few rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import polars as pl

from yakuba.kernel.discover import catalog_root
from yakuba.layouts.read import standard
from yakuba.migration.contracts import FILE, LINE, RECORD
from yakuba.migration.rules import Context
from yakuba.migration.ruling import check_cells, check_rows, checks, correct, fixes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yakuba.layouts.model import Group

RESIDENTS = "住民基本台帳/住民情報"
TOWN = "990019"
Row = dict[str, str]


@cache
def _municipalities() -> dict[str, tuple[str, str]]:
    table = pl.read_csv(catalog_root() / "municipalities" / "2024-01-01.csv", infer_schema=False)
    return {row[0]: (row[2], row[3]) for row in table.iter_rows()}


def context(family: str = "kihon@2023-09", **options: Any) -> Context:
    """The town's context; keyword = settings of a rule."""
    dictionary = {"町字コード": ["0001000", "0002000"], "町字": ["本町", "東町"], "郵便番号": ["0990001", "9990002"]}
    return Context(
        as_of=date(2026, 11, 20),
        municipality=TOWN,
        layouts=standard(family).by_business,
        municipalities=_municipalities(),
        dictionary=pl.DataFrame(dictionary),
        options=options,
    )


def family(name: str) -> str:
    """The standard that has a group: 基本データリスト, else 中間標準レイアウト."""
    business, _, short = name.partition("/")
    kihon = standard("kihon@2023-09").by_business
    return "kihon@2023-09" if business in kihon and short in kihon[business].by_name else "chukan"


def group(name: str = RESIDENTS) -> Group:
    business, _, short = name.partition("/")
    return standard(family(name)).by_business[business].by_name[short]


def frame(rows: Sequence[Row], name: str = RESIDENTS) -> pl.DataFrame:
    """Rows as a complete block; items not named are empty."""
    count = len(rows)
    numbers = pl.Series(RECORD, range(1, count + 1), dtype=pl.UInt64)
    items = {
        item.name: pl.Series([row.get(item.name, "") for row in rows], dtype=pl.String) for item in group(name).items
    }
    unknown = {key for row in rows for key in row} - items.keys()
    assert not unknown, f"no such item: {unknown}"
    files = pl.Series([0] * count, dtype=pl.UInt16)
    return pl.DataFrame({RECORD: numbers, FILE: files, LINE: numbers, **items})


def found(rule: str, rows: Sequence[Row], name: str = RESIDENTS, **options: Any) -> pl.DataFrame:
    """Findings of one cell rule."""
    rules = {rule: checks()[rule]}
    return check_cells(frame(rows, name), group(name), name, "juki", context(family(name), **options), rules)


def refused(rule: str, rows: Sequence[Row], name: str = RESIDENTS, **options: Any) -> set[tuple[int, str]]:
    """(record, item) of the findings of one cell rule."""
    return set(found(rule, rows, name, **options).select(RECORD, "item").rows())


@dataclass
class World:
    """Tables in memory (rules.Tables)."""

    rows: Mapping[str, Sequence[Row]]
    groups: dict[str, Group] = field(init=False)

    def __post_init__(self) -> None:
        self.groups = {name: group(name) for name in self.rows}

    def scan(self, group: str, items: list[str]) -> pl.LazyFrame:
        return frame(self.rows[group], group).lazy().select(RECORD, pl.lit("juki").alias("source"), *items)

    def judge(self, rule: str, **options: Any) -> pl.DataFrame:
        """Findings of one row rule."""
        return check_rows(self, context(family(next(iter(self.rows))), **options), {rule: checks()[rule]})

    def refused(self, rule: str, **options: Any) -> set[tuple[int, str, str]]:
        """(record, item, severity) of the findings of one row rule."""
        return set(self.judge(rule, **options).select(RECORD, "item", "severity").rows())


def corrected(rule: str, rows: Sequence[Row], name: str = RESIDENTS) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The block after one cleansing rule, and its record."""
    rules = {rule: fixes()[rule]}
    return correct(frame(rows, name), group(name), name, "juki", context(family(name)), rules)
