"""Steps on whole columns: every distinct value is converted once, or the engine does it by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from yakuba.migration.mapping.step import Step


def apply_step(series: pl.Series, step: Step) -> tuple[pl.Series, pl.Series]:
    """Run one step over a column.

    Args:
        series: String, no nulls.
        step: a prepared step.

    Returns:
        values (String, same name and length; a cell that cannot be converted keeps its text) and a Boolean
        column that is true for these cells. Empty cells stay empty unless the step wants them (`on_empty`).
    """
    if step.expr is not None:
        return _by_engine(series, step, step.expr(pl.col(series.name)))
    return _by_distinct(series, step)


def _by_engine(series: pl.Series, step: Step, converted: pl.Expr) -> tuple[pl.Series, pl.Series]:
    if not step.on_empty:
        converted = pl.when(pl.col(series.name) == "").then(pl.lit("")).otherwise(converted)
    values = series.to_frame().select(converted.alias(series.name)).to_series()
    return values, pl.repeat(value=False, n=len(series), dtype=pl.Boolean, eager=True)


def _by_distinct(series: pl.Series, step: Step) -> tuple[pl.Series, pl.Series]:
    old = series.unique()
    if not step.on_empty:
        old = old.filter(old != "")
    new = pl.Series([step.scalar(value) for value in old.to_list()], dtype=pl.String)
    failed_values = old.filter(new.is_null())
    values = series.replace_strict(old, new.fill_null(old), default=series, return_dtype=pl.String)
    return values, series.is_in(failed_values.implode())
