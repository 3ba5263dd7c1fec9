"""Words of an unknown date inside the date itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C2"
CODE = "unknown_date_words|unconverted"

_WORDS = "昭和20年頃"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    if not bench.room(RESIDENTS, "住所を定めた年月日", _WORDS):
        return
    for row in bench.pick(RESIDENTS, LIVE):
        bench.spoil(RESIDENTS, row["#row"], "住所を定めた年月日", _WORDS, "日付項目に不詳日の文字")
