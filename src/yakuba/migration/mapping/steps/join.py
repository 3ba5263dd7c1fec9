"""`join` (結合): several columns become one text: `{ from = ["SEI", "MEI"], join = "　" }`.

The parts reach the step as one text with U+0000 between them; empty parts are skipped together with their
separator. Inverse: none, since neither a skipped part nor a separator inside a part can be told afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yakuba.migration.mapping.arguments import PARTS, options, text
from yakuba.migration.mapping.step import Step

if TYPE_CHECKING:
    import polars as pl

    from yakuba.migration.mapping.step import StepContext


def prepare(argument: Any, _context: StepContext) -> Step:
    """Check the separator, which may be "".

    Raises:
        UsageError: it is no text.
    """
    separator = text("join", options("join", argument, short="by", known={"by"}), "by")

    def expr(column: pl.Expr) -> pl.Expr:
        return column.str.strip_chars(PARTS).str.replace_all(f"{PARTS}+", separator.replace("$", "$$"))

    return Step(
        scalar=lambda parts: separator.join(part for part in parts.split(PARTS) if part),
        inverse="a joined text does not say where it was joined; keep the columns",
        expr=expr,
    )
