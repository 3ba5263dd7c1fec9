"""Readings of dates that were written in another form; a text with two readings has none."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from yakuba.kernel.dates.wareki import Wareki
from yakuba.migration.checks._dates import calendar
from yakuba.migration.checks._width import half_width

WESTERN = r"^ *(?:[0-9]{4}(?:[/.][0-9]{1,2}[/.]|-[0-9]{1,2}-|年[0-9]{1,2}月)[0-9]{1,2}日?|[0-9]{8}) *$"
"""A western date, in any of its forms; the standard's own is one of them."""
WITH_ERA = r"^ *(?:[明大昭平令㍾㍽㍼㍻㋿MTSHRmtshr]|0?[1-5][-./]?[0-9]{2}[-./]?[0-9]{2}[-./]?[0-9]{2} *$)"
"""May be a date with an era: name, letter or code of one or two digits."""
_YMD = r"^([0-9]{4})(?:年|[/.\-])([0-9]{1,2})(?:月|[/.\-])([0-9]{1,2})日?$|^([0-9]{4})([0-9]{2})([0-9]{2})$"
_POSSIBLE = r"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"
_OUT = "#reading"


def iso_reading(column: str, *, impossible: bool = False) -> pl.Expr:
    """YYYY-MM-DD of a western date written with other signs, none or 年月日; null when it is no day.

    Args:
        column: item of texts, full-width digits included.
        impossible: whether days that no calendar has are taken too.

    >>> pl.DataFrame({"d": ["2020/1/5", "20200105", "20201305"]}).select(iso_reading("d")).to_series().to_list()
    ['2020-01-05', '2020-01-05', None]
    """
    text = half_width(pl.col(column)).str.strip_chars(" ")
    parts = [
        pl.coalesce(text.str.extract(_YMD, place), text.str.extract(_YMD, place + 3)).str.zfill(width)
        for place, width in ((1, 4), (2, 2), (3, 2))
    ]
    iso = pl.concat_str(parts, separator="-")
    return pl.when(iso.str.contains(_POSSIBLE if impossible else CALENDAR)).then(iso)


@lru_cache(maxsize=1 << 16)
def _day(text: str) -> Wareki | None:
    return Wareki.parse(text)


def _rolled(text: str) -> str | None:
    day = _day(text)
    if day is None or day.is_in_era() or day.era.last is None:
        return None
    iso = day.iso()
    return iso if iso > day.era.last and iso[:4] == day.era.last[:4] else None


def _read(text: str) -> str | None:
    day = _day(text)
    return day.iso() if day else None


def rolled_over(column: str) -> pl.Expr:
    """The day of a date that counts an era beyond its end, in the year of that end; null otherwise."""
    return _each(column, _rolled)


def era_reading(column: str) -> pl.Expr:
    """The day of a date with an era, whether or not the era had it; null when it is none."""
    return _each(column, _read)
