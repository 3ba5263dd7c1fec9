"""A household of living residents without a 世帯主 (a warning: unset is legal), or with two (an error).

Only current rows of residents count; a 転出 that is announced still counts.
Not this rule: the relation of a single row (`head_relation`, `relation_chain`).

Source: 住民記録システム標準仕様書 1.1.10 (at most one 世帯主; unset is allowed).

Example: two rows of 世帯番号 5 with 続柄 02.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._items import meaning
from yakuba.migration.checks._rows import gathered, living, refused, resident_groups
from yakuba.migration.contracts import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.migration.rules import Context, Tables

CATEGORY = "C7"
SEVERITY = Severity.ERROR
HINT_JA = "世帯主がいない、または2人以上いる世帯です。続柄を確かめてください。"
HINT_EN = "A household without a head, or with more than one: look at the relations."

_HOUSEHOLD, _RELATION = "世帯番号", "続柄コード1"


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """One row of each household without head; the heads of each household with several."""
    return gathered(
        part
        for name, group in resident_groups(tables)
        if _HOUSEHOLD in group.by_name and (codes := meaning(group, context, _RELATION, "世帯主"))
        for part in _households(tables, name, context, codes)
    )


def _households(tables: Tables, name: str, context: Context, codes: list[str]) -> Iterator[pl.LazyFrame]:
    head = pl.col(_RELATION).is_in(codes)
    people = living(tables, name, context, [_HOUSEHOLD, _RELATION]).filter(pl.col(_HOUSEHOLD) != "")
    heads = people.group_by(_HOUSEHOLD).agg(head.sum().alias("#heads"))
    wrong = heads.filter(pl.col("#heads") != 1).collect(engine="streaming").lazy()
    members = people.join(wrong, on=_HOUSEHOLD).collect(engine="streaming").sort("source", RECORD)
    headless = members.filter(pl.col("#heads") == 0).unique(_HOUSEHOLD, keep="first", maintain_order=True)
    yield refused(headless.lazy(), name, _HOUSEHOLD, severity=Severity.WARNING)
    yield refused(members.filter((pl.col("#heads") > 1) & head).lazy(), name, _RELATION)
