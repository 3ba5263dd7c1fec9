"""One image for the registrations of two people: two 印鑑 with the same 印影.

The versions of one registration share their image, and a person may register the same seal again.
Not this rule: an image in a wrong form (`image_form`).

Source: 印鑑登録 practice (an imprint belongs to one person); 不正データ category C13.
Example: 印影 = "IN000123.tif" in the rows of two 宛名番号.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import DataType
from yakuba.migration.checks._items import of_type
from yakuba.migration.checks._rows import HASH, PERSON, among, gathered, hashed, refused, repeated

if TYPE_CHECKING:
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C13"
SEVERITY = Severity.WARNING
HINT_JA = "同じ印影が2人以上の登録に使われています。印影を確かめてください。"
HINT_EN = "One image serves the registrations of two people: find out whose it is."


def rows(tables: Tables, _context: Context) -> pl.LazyFrame:
    """Rows of all registrations whose image another person's registration has."""
    return gathered(
        _doubles(tables, name, item.name)
        for name, group in tables.groups.items()
        if PERSON in group.by_name
        for item in of_type(group, DataType.BLOB)
    )


def _doubles(tables: Tables, name: str, item: str) -> pl.LazyFrame:
    images = tables.scan(name, [PERSON, item]).filter(pl.col(item) != "").with_columns(hashed([item]))
    owned = images.select(HASH, PERSON).unique().collect(engine="streaming")[HASH]
    found = among(images, repeated(owned)).collect(engine="streaming")
    return refused(found.filter(pl.col(PERSON).n_unique().over(item) > 1).lazy(), name, item)
