"""Building text frames: day numbers to dates, operator columns, the order of a catalog group."""

from __future__ import annotations

import polars as pl

from yakuba.town.days import EPOCH

Records = dict[str, pl.DataFrame]
"""Standard records: "業務/グループ" → text frame whose columns are official item names."""


class Table:
    """Rows of a group, gathered one by one; `frame` adds the operator columns of the day each was written."""

    def __init__(self, *names: str) -> None:
        self._names = names
        self._rows: list[tuple[str, ...]] = []
        self._days: list[int] = []

    def add(self, day: int, *cells: str) -> None:
        """One row, written on a day."""
        self._rows.append(cells)
        self._days.append(day)

    def frame(self, salt: int) -> pl.DataFrame:
        """The rows as text."""
        schema = dict.fromkeys(self._names, pl.String())
        frame = pl.DataFrame(self._rows, schema=schema, orient="row")
        days = pl.Series("#day", self._days, dtype=pl.Int64)
        return stamped(frame.with_columns(days), pl.col("#day"), salt).drop("#day")


def iso_date(days: pl.Expr) -> pl.Expr:
    """`YYYY-MM-DD` of day numbers; 0 and null become ""."""
    text = (days.cast(pl.Int32) - EPOCH).cast(pl.Date).cast(pl.String)
    return pl.when(days > 0).then(text).otherwise(pl.lit(""))


def stamped(frame: pl.DataFrame, day: pl.Expr, salt: int) -> pl.DataFrame:
    """Add 操作者ID, 操作年月日, 操作時刻 to a frame; `day` holds day numbers."""
    turn = pl.int_range(pl.len(), dtype=pl.Int64) * 7919 + salt
    second = turn % 30_600 + 30_600
    clock = [(second // 3600), (second // 60 % 60), (second % 60)]
    return frame.with_columns(
        (pl.lit("st") + (turn % 23 + 1).cast(pl.String).str.zfill(4)).alias("操作者ID"),
        iso_date(day).alias("操作年月日"),
        pl.concat_str([part.cast(pl.String).str.zfill(2) for part in clock], separator=":").alias("操作時刻"),
    )
