"""`pad` (前詰め): fill up on the left to a number of characters: `pad = { width = 2, with = "0" }` or `pad = 2`.

Longer texts stay whole. Characters are perceived characters. Inverse: none, 7 and 07 look the same afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yakuba.characters.lengths import ATTACHING, length
from yakuba.kernel.errors import UsageError
from yakuba.migration.mapping.arguments import number, options, text
from yakuba.migration.mapping.step import Step

if TYPE_CHECKING:
    import polars as pl

    from yakuba.migration.mapping.step import StepContext


def prepare(argument: Any, _context: StepContext) -> Step:
    """Check width and filling.

    Raises:
        UsageError: no width, or a filling that is not one character.
    """
    given = options("pad", argument, short="width", known={"width", "with"})
    width = number("pad", given, "width", least=1)
    filling = text("pad", given, "with", default="0")
    if len(filling) != 1:
        raise UsageError(f"step pad: with = {filling!r} is not one character", remedy='write with = "0"')

    def expr(column: pl.Expr) -> pl.Expr:
        selectors = column.str.count_matches(f"[{ATTACHING}]")
        return column.str.pad_start(width + selectors, filling)

    return Step(
        scalar=lambda old: filling * (width - length(old)) + old,
        inverse=f"a text that began with {filling!r} already looks the same afterwards",
        expr=expr,
    )
