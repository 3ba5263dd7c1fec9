"""Steps on whole columns: every distinct value is converted once, or the engine does it by itself."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable

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
    memory = step.scalar if isinstance(step.scalar, Memory) else Memory(step.scalar, on_empty=step.on_empty)
    return memory.convert(series)


class Memory:
    """A step's scalar that remembers its answers, so that a value is converted once and not once a block.

    Args:
        scalar: value → value, None when it cannot be converted.
        on_empty: whether it wants the empty value too.
        most: answers that are kept; when there are more, it starts anew.
    """

    def __init__(self, scalar: Callable[[str], str | None], *, on_empty: bool, most: int = 2**17) -> None:
        self._scalar = lru_cache(most)(scalar)
        self._most = most
        self._start = pl.Series("value", [] if on_empty else [""], dtype=pl.String)
        self._old = self._new = self._start

    def __call__(self, value: str) -> str | None:
        """The answer for one value."""
        return self._scalar(value)

    def convert(self, series: pl.Series) -> tuple[pl.Series, pl.Series]:
        """A whole column; see `apply_step`."""
        found = self._known(series)
        asked = series.filter(found.is_null()).unique()
        if asked.len() and self._old.len() + asked.len() > self._most:
            self._old = self._new = self._start
            asked = series.filter(self._known(series).is_null()).unique()
        if asked.len():
            answers = pl.Series("value", [self._scalar(value) for value in asked.to_list()], dtype=pl.String)
            good = answers.is_not_null()
            self._old = pl.concat([self._old, asked.alias("value").filter(good)])
            self._new = pl.concat([self._new, answers.filter(good)])
            found = self._known(series)
        return found.fill_null(series), found.is_null()

    def _known(self, series: pl.Series) -> pl.Series:
        """The answers that are remembered; null where there is none, or where the step has none."""
        return series.replace_strict(self._old, self._new, default=None, return_dtype=pl.String)
