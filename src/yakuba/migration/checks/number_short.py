"""A number that is shorter than all others of its column: zeros before it were lost, as a spreadsheet does.

Judged are keys and references whose values have one length (in 19 of 20 rows) and some of whose values do begin with a
zero: then a shorter row of digits is no number of its own. Proposed: the number with its zeros again.
Not this rule: numbers that grow (9999, 10000), which no zero pads; codes (`code_unknown`); an amount.

Source: 不正データ category C1 (wrong length). Example: 認定番号 "12" where the others are like "0000000347".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import DataType
from yakuba.migration.checks._items import of_type
from yakuba.migration.checks._rows import gathered, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C1"
SEVERITY = Severity.WARNING
HINT_JA = "番号の先頭の0が失われていると思われます。元の番号を確かめてください。"
HINT_EN = "Zeros before the number seem to be lost: look up the number."

_SHARE = 0.95
_FEWEST = 20
"""Values that a column needs before one length can be called usual."""


def rows(tables: Tables, _context: Context) -> pl.LazyFrame:
    """Keys and references that are shorter than their column's length."""
    keys = {item.name for group in tables.groups.values() for item in group.keys}
    return gathered(part for name, group in tables.groups.items() for part in _group(tables, name, group, keys))


def _group(tables: Tables, name: str, group: Group, keys: set[str]) -> Iterator[pl.LazyFrame]:
    items = [
        item.name
        for item in of_type(group, DataType.HALF)
        if not item.codes and (item.key or item.foreign or item.name in keys)
    ]
    rows = tables.scan(name, items)
    for item in _uneven(rows, items):
        length = _usual_length(rows, item)
        if length:
            value = pl.col(item)
            short = (value.str.len_bytes() < length) & value.str.contains("^[0-9]+$")
            yield refused(rows.filter(short), name, item, proposal=value.str.zfill(length))


def _uneven(rows: pl.LazyFrame, items: list[str]) -> list[str]:
    """Items whose values differ in length, and of which some begin with a zero."""
    if not items:
        return []
    length = {item: pl.col(item).str.len_bytes() for item in items}
    seen = rows.select(
        *(length[item].filter(length[item] > 0).min().alias(f"{item}|least") for item in items),
        *(length[item].max().alias(f"{item}|most") for item in items),
        *(pl.col(item).str.starts_with("0").any().alias(f"{item}|zero") for item in items),
    ).collect(engine="streaming")
    row = seen.row(0, named=True)
    return [item for item in items if row[f"{item}|zero"] and row[f"{item}|least"] != row[f"{item}|most"]]


def _usual_length(rows: pl.LazyFrame, item: str) -> int:
    """The length of nearly all values, when values of that length begin with zeros; 0 when there is none."""
    value = pl.col(item)
    lengths = (
        rows.filter(value != "")
        .group_by(value.str.len_bytes().alias("length"))
        .agg(pl.len().alias("rows"), value.str.starts_with("0").any().alias("zero"))
        .sort("rows", descending=True)
        .collect(engine="streaming")
    )
    if lengths.is_empty() or not lengths["zero"][0]:
        return 0
    count, total = int(lengths["rows"][0]), int(lengths["rows"].sum())
    return int(lengths["length"][0]) if total >= _FEWEST and count >= total * _SHARE else 0
