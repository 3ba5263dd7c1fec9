"""`slice` (部分): some characters of a text, by position: `slice = [0, 2]` is the first two.

Positions count perceived characters from 0, the end is not included and may lie beyond the text; a variation
selector stays with its character. Inverse: none, the rest of the text is not in the result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yakuba.characters.lengths import CHARACTER, perceived_characters
from yakuba.kernel.errors import UsageError
from yakuba.migration.mapping.step import Step

if TYPE_CHECKING:
    import polars as pl

    from yakuba.migration.mapping.step import StepContext


def prepare(argument: Any, _context: StepContext) -> Step:
    """Check the positions.

    Raises:
        UsageError: not two whole numbers with 0 ≤ start < end.
    """
    match argument:
        case [int(start), int(end)] if 0 <= start < end and bool not in (type(start), type(end)):
            pass
        case _:
            raise UsageError(f"step slice: {argument!r} is no [start, end]", remedy="write slice = [0, 2]")
    pattern = f"^(?:{CHARACTER}){{{start}}}((?:{CHARACTER}){{1,{end - start}}})"

    def expr(column: pl.Expr) -> pl.Expr:
        return column.str.extract(pattern, 1).fill_null("")

    return Step(
        scalar=lambda text: "".join(perceived_characters(text)[start:end]),
        inverse="slice leaves out the rest of the text; take the rest in another item or keep the column",
        expr=expr,
    )
