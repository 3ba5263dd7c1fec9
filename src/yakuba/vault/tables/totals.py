"""Control totals (項目別合計): what the number items of a table add up to, exactly, as the sender counted them.

A cell counts when it is a plain number: an optional minus, up to 18 digits, optionally a point and up to 6 more. Any
other cell that is not empty is counted, and not added.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

import polars as pl

from yakuba.layouts.model import DataType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from yakuba.layouts.model import Group

Totals = dict[str, list[str | int]]
"""Item → its sum as a decimal number without an exponent, and how many cells are no such number."""

_KINDS = {DataType.INTEGER, DataType.DECIMAL, DataType.SIGNED}
_NUMBER = r"^-?[0-9]{1,18}(\.[0-9]{1,6})?$"
_EXACT = pl.Decimal(38, 6)
_DIGITS = 60


def number_items(group: Group) -> tuple[str, ...]:
    """Items whose sum means something: numbers by their layout, neither codes nor parts of the primary key."""
    return tuple(item.name for item in group.items if item.type in _KINDS and not item.codes and not item.key)


def totals(frame: pl.DataFrame, items: Iterable[str]) -> Totals:
    """Of some rows; an item that the frame lacks is empty in all of them."""
    return {name: _total(frame, name) for name in items}


def _total(frame: pl.DataFrame, name: str) -> list[str | int]:
    if name not in frame.columns:
        return ["0", 0]
    cells = frame.lazy().select(pl.col(name).fill_null("").alias("cell")).filter(pl.col("cell") != "")
    number = pl.col("cell").str.contains(_NUMBER)
    found = cells.select(
        pl.col("cell").filter(number).cast(_EXACT).sum().alias("sum"), (~number).sum().alias("others")
    ).collect()
    return [text(found["sum"].item() or Decimal(0)), int(found["others"].item())]


def together(several: Iterable[Totals], items: Iterable[str]) -> Totals:
    """The totals of all rows, from those of their parts."""
    sums, others = dict.fromkeys(items, Decimal(0)), Counter[str]()
    with localcontext(prec=_DIGITS):
        for one in several:
            for name, (number, strange) in one.items():
                sums[name] += Decimal(number)
                others[name] += int(strange)
    return {name: [text(number), others[name]] for name, number in sums.items()}


def text(number: Decimal) -> str:
    """One number has one text: no exponent, no zeros that say nothing.

    >>> text(Decimal("1200.50")), text(Decimal("-0.000")), text(Decimal("3E+2"))
    ('1200.5', '0', '300')
    """
    plain = f"{number:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("-0", "") else plain


def differing(sealed: Mapping[str, list[str | int]], found: Mapping[str, tuple[Decimal, int]]) -> dict[str, Decimal]:
    """Items whose totals are not those that were sealed, with how much too much was found.

    Args:
        found: sum and number of other cells, by item; one that is not there adds up to nothing.
    """
    wrong = {}
    with localcontext(prec=_DIGITS):
        for name, (number, others) in sealed.items():
            there, strange = found.get(name, (Decimal(0), 0))
            if (Decimal(number), int(others)) != (there, strange):
                wrong[name] = there - Decimal(number)
    return wrong
