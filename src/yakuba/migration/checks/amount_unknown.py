"""An amount that the law fixes, but not like this: 均等割, 児童手当 of a child, the tax of a class of vehicle.

The table `amounts` has the amounts of each year and class. 0 is always allowed, what is remitted (減免) is not judged,
and an amount that many rows of the same year and class have is taken for a local one (超過課税, 条例の税率).
Not this rule: amounts that are worked out (`tax_step`, `sum_mismatch`).

Source: 地方税法 (均等割, 種別割の標準税率・重課・軽課), 児童手当法 6条; general knowledge, unverified.

Example: 均等割 2,266 in 年度 2025.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.reference import references
from yakuba.migration.checks._data import table
from yakuba.migration.checks._rows import current, gathered, refused

if TYPE_CHECKING:
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "決まった額のはずですが、その年度・区分にない額です。"
HINT_EN = "The law fixes this amount, and this is none of the year and class."

_YEAR = "年度"
_REMITTED = ("減免税額", "市町村民税_減免額", "道府県民税_減免額")
_MANY, _SHARE = 10, 0.02
"""Rows, and share of the rows of a year and class, from which on an amount is a local one."""


def rows(tables: Tables, _context: Context) -> pl.LazyFrame:
    """Rows with an amount that neither the table nor many other rows have."""
    asked = dict.fromkeys((row["グループ"], row["項目"], row["区分項目"]) for row in table("amounts"))
    return gathered(
        _unknown(tables, name, item, kind)
        for name, item, kind in asked
        if name in tables.groups and item in tables.groups[name].by_name
    )


def _unknown(tables: Tables, name: str, item: str, kind: str) -> pl.LazyFrame:
    group = tables.groups[name]
    remitted = [one for one in _REMITTED if one in group.by_name]
    years = [_YEAR] if _YEAR in group.by_name else []
    found = current(tables, name, [item, *years, *remitted, *_links(tables, name, kind)])
    for one in remitted:
        found = found.filter(pl.col(one).is_in(["", "0"]))
    found = _classed(tables, name, kind, found.filter(~pl.col(item).is_in(["", "0"])))
    if not years:
        found = found.with_columns(pl.lit("").alias(_YEAR))
    rows = found.select("source", "#record", item, _YEAR, "#kind").collect(engine="streaming")
    same = rows.group_by(_YEAR, "#kind", item).len("#same")
    same = same.with_columns(pl.col("#same").sum().over(_YEAR, "#kind").alias("#all"))
    rare = same.filter((pl.col("#same") < _MANY) | (pl.col("#same") < pl.col("#all") * _SHARE))
    strange = [row for row in rare.iter_rows(named=True) if not _allowed(name, item, row)]
    wrong = pl.DataFrame(strange, schema=rare.schema).lazy()
    return refused(rows.lazy().join(wrong, on=[_YEAR, "#kind", item], how="semi"), name, item)


def _allowed(name: str, item: str, row: dict[str, str]) -> bool:
    """Whether the table has this amount, or knows nothing about this year and class."""
    year = row[_YEAR]
    known = [
        one["額"]
        for one in table("amounts")
        if (one["グループ"], one["項目"]) == (name, item)
        and one["区分"] == row["#kind"]
        and (not year or (one["年度から"] or year) <= year <= (one["年度まで"] or year))
    ]
    return not known or row[item] in known


def _links(tables: Tables, name: str, kind: str) -> tuple[str, ...]:
    """Items that lead to the group that has the class; none where the row has it, or nobody."""
    group = tables.groups[name]
    if not kind or kind in group.by_name:
        return (kind,) if kind else ()
    for reference in references(group):
        target = f"{reference.targets[0].business}/{reference.targets[0].group}"
        if target in tables.groups and kind in tables.groups[target].by_name:
            return reference.items
    return ()


def _classed(tables: Tables, name: str, kind: str, rows: pl.LazyFrame) -> pl.LazyFrame:
    """The rows with their class as #kind; rows of an unknown class are left out."""
    group = tables.groups[name]
    if not kind or kind in group.by_name:
        return rows.with_columns((pl.col(kind) if kind else pl.lit("")).alias("#kind"))
    for reference in references(group):
        target = reference.targets[0]
        parent = f"{target.business}/{target.group}"
        if parent in tables.groups and kind in tables.groups[parent].by_name:
            keys = list(target.items)
            classes = current(tables, parent, [*keys, kind]).select(*keys, pl.col(kind).alias("#kind")).unique(keys)
            return rows.join(classes, left_on=list(reference.items), right_on=keys)
    return rows.clear().with_columns(pl.lit("").alias("#kind"))
