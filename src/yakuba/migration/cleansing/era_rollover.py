"""A date that goes on counting an era after its last day is read as the day it names: 平成31年5月1日 is 2019-05-01.

Only texts that still show their era (name, letter or code), and only within the western year in which the era ended:
平成31年 from May, 昭和64年 from January 8th, 大正15年, 明治45年. A later year (平成40年) is a person's decision.
Not this rule: days inside their era, which the mapping reads.

Source: 元号 (catalog/eras.csv); old systems were not always switched in time. Example: "H31.05.01", "4310501".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.layouts.model import DataType
from yakuba.migration.checks._items import of_type
from yakuba.migration.checks._readings import WITH_ERA, rolled_over
from yakuba.migration.rules import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C2"
HINT_JA = "元号の最終日より後の和暦を、その日の西暦にします。"
HINT_EN = "Dates past the end of their era become the day they name."


def fixes(group: Group, _context: Context) -> Iterator[Fix]:
    """Corrections of DATE items that show an era."""
    for item in of_type(group, DataType.DATE):
        yield Fix(item.name, pl.col(item.name).str.contains(WITH_ERA), rolled_over(item.name))
