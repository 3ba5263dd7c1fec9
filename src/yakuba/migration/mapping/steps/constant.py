"""`constant` (固定値): the same text in every row: `"住所_市区町村コード" = { constant = "990019" }`.

Inverse: none when a column is named, since nothing of it is in the result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from yakuba.migration.mapping.arguments import text
from yakuba.migration.mapping.step import Step

if TYPE_CHECKING:
    from yakuba.migration.mapping.step import StepContext


def prepare(argument: Any, _context: StepContext) -> Step:
    """Check that it is a text.

    Raises:
        UsageError: it is none.
    """
    value = text("constant", {"constant": argument}, "constant")
    return Step(
        scalar=lambda _: value,
        inverse="a constant says nothing about the old value",
        expr=lambda column: pl.when(column.is_null()).then(pl.lit(value)).otherwise(pl.lit(value)),
        on_empty=True,
    )
