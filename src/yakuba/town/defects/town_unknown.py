"""A 町字コード that the address dictionary does not have (a name before the last change)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C12"
CODE = "postal_code"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, LIVE):
        bench.spoil(RESIDENTS, row["#row"], "住所_町字コード", "0099000", "住所辞書にない町字")
