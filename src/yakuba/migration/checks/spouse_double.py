"""A household in which two people are the spouse of its head (夫, 妻, also 未届).

Only current rows of residents count, and only the head's own spouse: 「子の妻」 is another's.
Not this rule: one person whose history has two current rows (`current_row_double`).

Source: 住民記録システム標準仕様書 11.1 (アラート); 民法 732条. Example: 世帯番号 5 with 妻 and 妻（未届）.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._items import meaning
from yakuba.migration.checks._rows import PERSON, gathered, living, refused, resident_groups
from yakuba.migration.contracts import RECORD

if TYPE_CHECKING:
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "世帯主の配偶者が2人以上いる世帯です。続柄を確かめてください。"
HINT_EN = "A household whose head has two spouses: look at the relations."

_HOUSEHOLD, _CODE, _WORDS = "世帯番号", "続柄コード1", "続柄表記"
_SPOUSES = ("夫", "妻", "夫（未届）", "妻（未届）")


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """All spouses of the head in households that have several."""
    return gathered(
        _spouses(tables, name, context, codes)
        for name, group in resident_groups(tables)
        if _HOUSEHOLD in group.by_name and (codes := meaning(group, context, _CODE, *_SPOUSES))
    )


def _spouses(tables: Tables, name: str, context: Context, codes: list[str]) -> pl.LazyFrame:
    optional = [item for item in (_WORDS, "続柄コード2") if item in tables.groups[name].by_name]
    own = pl.col(_CODE).is_in(codes) & (pl.col(_HOUSEHOLD) != "")
    if _WORDS in optional:
        own &= pl.col(_WORDS).is_in(["", *_SPOUSES])
    if "続柄コード2" in optional:
        own &= pl.col("続柄コード2") == ""
    people = living(tables, name, context, [PERSON, _HOUSEHOLD, _CODE, *optional]).filter(own)
    found = people.select("source", RECORD, PERSON, _HOUSEHOLD, _CODE).collect(engine="streaming")
    found = found.filter(pl.col(_HOUSEHOLD).is_duplicated())
    return refused(found.filter(pl.col(PERSON).n_unique().over(_HOUSEHOLD) > 1).lazy(), name, _CODE)
