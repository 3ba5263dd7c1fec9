"""One 住民票コード of two living people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C8"
CODE = "number_duplicate"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for first in bench.pick(RESIDENTS, LIVE):
        for second in bench.pick(RESIDENTS, LIVE, 1):
            bench.spoil(RESIDENTS, second["#row"], "住民票コード", first["住民票コード"], "二人に同じ住民票コード")
            bench.mark_past(second, "住民票コード", "もとの住民票コード")
            bench.mark(RESIDENTS, first["#row"], "住民票コード", "同じ住民票コードの相手", role="related")
