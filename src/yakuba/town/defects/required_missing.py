"""A row without its day of processing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C4"
CODE = "required_missing"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, LIVE):
        bench.spoil(RESIDENTS, row["#row"], "処理年月日", "", "処理年月日が空")
