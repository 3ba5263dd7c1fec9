"""A day of full payment (完納年月日) on a levy of which something is still unpaid.

Not this rule: 完納 without its day (`contradiction`); an unpaid amount that is not levy less payment (`sum_mismatch`).

Source: 地方自治法 (調定と収入). Example: 完納年月日 2026-07-10, 未納額 29000.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C7"
SEVERITY = Severity.ERROR
HINT_JA = "完納の日があるのに未納額が残っています。収納を確かめてください。"
HINT_EN = "Paid in full by its day, yet something is unpaid: look at the payments."

_PAID, _REST = "完納年月日", "未納額"


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """完納年月日 of rows with a rest above zero."""
    if {_PAID, _REST} <= group.by_name.keys():
        yield Cells(_PAID, (pl.col(_PAID) != "") & pl.col(_REST).str.contains("^[1-9]"))
