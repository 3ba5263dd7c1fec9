"""A postal code typed in full-width digits: corrected where the project declares it, else found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C1"
CODE = "half_width_digits|character_class|digits_overflow"

_ITEM = "住所_郵便番号"
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    if "lost_zero" in bench.form.cleansing:
        return  # a form that goes through spreadsheets writes some of them so anyway
    for row in bench.pick(RESIDENTS, LIVE & (pl.col(_ITEM) != "")):
        text = row[_ITEM].translate(_FULL)
        if bench.room(RESIDENTS, _ITEM, text):
            bench.write(RESIDENTS, row["#row"], _ITEM, text, "全角で打たれた郵便番号")
