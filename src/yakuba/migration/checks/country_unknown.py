"""A 国籍等 code that no country and no body that issues passports has.

Known are the three letters of ISO 3166-1, those of countries that are no more, and the codes of passports for stateless
persons and organisations (XXA, UNO). Codes of a single municipality do not pass: they would mean nothing elsewhere.
Not this rule: an empty code (`conditional_missing`).

Source: ISO 3166-1, 3166-3; ICAO Doc 9303-3 section 5. Example: 国籍等_国名コード = "QQQ".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._data import table
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C3"
SEVERITY = Severity.WARNING
HINT_JA = "国名コードの一覧にない国籍です。旧システムのコードを確かめてください。"
HINT_EN = "No country has this code: look at what the old system meant."

_ITEMS = ("国籍等_国名コード", "国籍コード")


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Filled codes that are in no list."""
    known = ["", *(row["コード"] for row in table("country"))]
    for name in _ITEMS:
        if name in group.by_name:
            yield Cells(name, ~pl.col(name).is_in(known))
