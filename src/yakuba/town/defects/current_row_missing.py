"""A person none of whose rows is marked as the latest. Lives alone, so that no household loses its head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C5"
CODE = "current_row_missing"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, LIVE & bench.alone()):
        bench.spoil(RESIDENTS, row["#row"], "最新フラグ", "0", "最新行がない")
