"""`default` (既定値): a text for empty cells: `default = "0"`. Cells of spaces are not empty: `strip` first.

Inverse: none, a cell that held the default already looks the same as one that got it.
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
    value = text("default", {"default": argument}, "default")
    return Step(
        scalar=lambda old: old or value,
        inverse=f"an empty cell and a cell that held {value!r} look the same afterwards",
        expr=lambda column: pl.when(column == "").then(pl.lit(value)).otherwise(column),
        on_empty=True,
    )
