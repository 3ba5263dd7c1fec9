"""Readings of dates that were written in another form; a text with two readings has none."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.dates.calendar import is_calendar_date
from yakuba.kernel.dates.wareki import Wareki
from yakuba.migration.checks._dates import CALENDAR

if TYPE_CHECKING:
    from collections.abc import Callable

WESTERN = (
    "^ *(?:[0-9]{4}(?:[/.][0-9]{1,2}[/.][0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日|-[0-9]-[0-9]{1,2}|-[0-9]{2}-[0-9])"
    "|[0-9]{8}) *$"
)
"""A western date in any form but the standard's."""
WITH_ERA = r"^ *(?:[明大昭平令㍾㍽㍼㍻㋿MTSHRmtshr]|0?[1-5][-./]?[0-9]{2}[-./]?[0-9]{2}[-./]?[0-9]{2} *$)"
"""May be a date with an era: name, letter or code of one or two digits."""
_POSSIBLE = r"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"


def iso_reading(text: pl.Expr, *, impossible: bool = False) -> pl.Expr:
    """YYYY-MM-DD of a western date written with other signs, none or 年月日; null when it is no day.

    Args:
        text: in half width.
        impossible: whether days that no calendar has are taken too.

    >>> dates = pl.DataFrame({"d": ["2020/1/5", "20200105", "20201305"]})
    >>> dates.select(iso_reading(pl.col("d"))).to_series().to_list()
    ['2020-01-05', '2020-01-05', None]
    """
    iso = (
        text.str.strip_chars(" ")
        .str.replace("^([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?$", "$1-0$2-0$3")
        .str.replace("^([0-9]{4})([0-9]{2})([0-9]{2})$", "$1-$2-$3")
        .str.replace_all("-0([0-9]{2})", "-$1")
    )
    return pl.when(iso.str.contains(_POSSIBLE if impossible else CALENDAR)).then(iso)


@lru_cache(maxsize=1 << 16)
def _day(text: str) -> Wareki | None:
    return Wareki.parse(text)


def _rolled(text: str) -> str | None:
    day = _day(text)
    if day is None or day.is_in_era() or not is_calendar_date(day.iso()):
        return None
    within = day.era.last < day.iso() <= f"{day.era.last[:4]}-12-31"
    return day.iso() if within else None


def _read(text: str) -> str | None:
    day = _day(text)
    return day.iso() if day and is_calendar_date(day.iso()) else None


def _each(column: str, reading: Callable[[str], str | None]) -> pl.Expr:
    """A scalar reading on a whole column, asked once for each distinct text that may have an era."""

    def read(values: pl.Series) -> pl.Series:
        texts = values.unique().drop_nulls()
        found = {text: reading(text) for text in texts.filter(texts.str.contains(WITH_ERA))}
        return values.replace_strict(found, default=None, return_dtype=pl.String)

    return pl.col(column).map_batches(read, return_dtype=pl.String)


def rolled_over(column: str) -> pl.Expr:
    """The day of a date that counts an era beyond its end, in the year of that end; null otherwise."""
    return _each(column, _rolled)


def era_reading(column: str) -> pl.Expr:
    """The day of a date with an era, whether or not the era had it; null when it is none."""
    return _each(column, _read)
