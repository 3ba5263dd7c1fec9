"""A head whose 世帯主氏名 is still the name of the former head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.town.bench import IS_HEAD, JAPANESE, LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C7"
CODE = "head_relation"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, LIVE & JAPANESE & IS_HEAD):
        former = f"{row['氏_日本人']}　先代"
        bench.spoil(RESIDENTS, row["#row"], "世帯主氏名", former, "世帯主氏名が本人と違う")
