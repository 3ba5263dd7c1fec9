"""Polars schema of a group: the one definition of its columns for Parquet, joins and sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.layouts.model import DataType

if TYPE_CHECKING:
    from yakuba.layouts.model import Group, Item

INT64_DIGITS = 18
"""Most digits of a number that always fits 64 bits; a wider 9 stays text."""


def dtype(item: Item) -> pl.DataType:
    """Polars type of an item.

    Numbers without a code list are numbers, 9V is an exact decimal. Everything else is text: a code keeps its
    leading zeros, a DATE may be open-ended, impossible or unknown, and a calendar type would refuse it.
    """
    if item.type is DataType.DECIMAL:
        return pl.Decimal(38, item.fraction)
    number = item.type in (DataType.INTEGER, DataType.SIGNED) and not item.codes
    if number and (item.digits is None or item.digits <= INT64_DIGITS):
        return pl.Int64()
    return pl.String()


def schema(group: Group) -> pl.Schema:
    """Columns of a group's file by official item name, in printed order."""
    return pl.Schema({item.name: dtype(item) for item in group.items})
