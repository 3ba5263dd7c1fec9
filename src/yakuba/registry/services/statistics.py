"""Counting (集計): the municipality in numbers, from the projection and the history, without a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from yakuba.registry.models import Statistic

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_YEARS = 5
_OLDEST = 100
MONTHS = 24
"""Months of which the changes are counted."""


def count(
    people: pl.DataFrame, history: pl.DataFrame, reasons: Mapping[str, str], as_of: date, municipality: str
) -> None:
    """Count a municipality and keep the numbers. Inside the wall.

    Args:
        people: a projection. history: columns `reason`, `day` of every history row, empty without.
        reasons: 異動事由, code → words.
    """
    numbers = counted(people, history, reasons, as_of)
    Statistic.objects.update_or_create(municipality_id=municipality, defaults={"as_of": as_of, "numbers": numbers})


def counted(people: pl.DataFrame, history: pl.DataFrame, reasons: Mapping[str, str], as_of: date) -> dict[str, Any]:
    """Numbers of a municipality.

    Returns:
        population, male, female, foreign, households, mixed (households of both kinds), removed, outsiders;
        pyramid: [{from, male, female}] of five years each; months: {"2026-04": {"転居": 12}} of two years.
    """
    living = people.filter(~pl.col("removed") & ~pl.col("outsider"))
    foreign = pl.col("kind") == "2"
    homes = (
        living.filter(pl.col("household") != "")
        .group_by("household")
        .agg(foreign.any().alias("any"), foreign.all().alias("all"))
    )
    return {
        "population": living.height,
        "male": living.filter(pl.col("sex") == "1").height,
        "female": living.filter(pl.col("sex") == "2").height,
        "foreign": living.filter(foreign).height,
        "households": homes.height,
        "mixed": homes.filter(pl.col("any") & ~pl.col("all")).height,
        "removed": people.filter(pl.col("removed")).height,
        "outsiders": people.filter(pl.col("outsider")).height,
        "pyramid": _pyramid(living, as_of),
        "months": _months(history, reasons, as_of),
    }


def _pyramid(living: pl.DataFrame, as_of: date) -> list[dict[str, int]]:
    """Ages in completed years; whose birthday is no calendar date counts by the year alone."""
    day = as_of.isoformat()
    year = pl.col("birth").str.slice(0, 4).cast(pl.Int32, strict=False)
    age = as_of.year - year - (pl.col("birth").str.slice(4) > day[4:]).cast(pl.Int32)
    band = (age.clip(0, _OLDEST) // _YEARS * _YEARS).alias("from")
    found = (
        living.select(band, "sex")
        .drop_nulls()
        .group_by("from")
        .agg(male=(pl.col("sex") == "1").sum(), female=(pl.col("sex") == "2").sum())
    )
    return [dict(row) for row in found.sort("from").iter_rows(named=True)]


def first_month(as_of: date) -> str:
    """The earliest month that is counted, YYYY-MM."""
    first = as_of.year * 12 + as_of.month - MONTHS
    return f"{first // 12:04}-{first % 12 + 1:02}"


def _months(history: pl.DataFrame, reasons: Mapping[str, str], as_of: date) -> dict[str, dict[str, int]]:
    """Changes by month of 異動日 and reason."""
    if history.is_empty():
        return {}
    earliest = first_month(as_of)
    found = (
        history.select(month=pl.col("day").str.slice(0, 7), reason=pl.col("reason"))
        .filter((pl.col("month") >= earliest) & (pl.col("month") <= as_of.isoformat()[:7]))
        .group_by("month", "reason").len().sort("month", "reason")
    )  # fmt: skip
    months: dict[str, dict[str, int]] = {}
    for month, reason, rows in found.iter_rows():
        words = reasons.get(reason, reason or "不明")
        months.setdefault(month, {})[words] = months.get(month, {}).get(words, 0) + rows
    return months
