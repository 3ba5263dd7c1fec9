"""One 個人番号 of two living people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import LIVE, PERSON, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C8"
CODE = "number_duplicate"

_GROUP = "住民基本台帳/個人番号管理"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    live = bench.rows(RESIDENTS, LIVE)[PERSON].to_list()
    for first in bench.pick(_GROUP, pl.col(PERSON).is_in(live)):
        for second in bench.pick(_GROUP, pl.col(PERSON).is_in(live), 1):
            bench.spoil(_GROUP, second["#row"], "個人番号", first["個人番号"], "二人に同じ個人番号")
            bench.mark(_GROUP, first["#row"], "個人番号", "同じ個人番号の相手", role="related")
