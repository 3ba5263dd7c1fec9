"""A head whose 続柄表記 says 妻. Needs a form that keeps code and words apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.town.bench import IS_HEAD, LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C7"
CODE = "head_relation"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    if not bench.holds(RESIDENTS, "続柄コード1", "続柄表記"):
        return
    for row in bench.pick(RESIDENTS, LIVE & IS_HEAD):
        bench.spoil(RESIDENTS, row["#row"], "続柄表記", "妻", "世帯主の続柄表記が妻")
