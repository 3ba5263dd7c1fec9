"""`strip` (空白除去): half- and full-width spaces at "both" ends, on the "left" or on the "right".

Spaces inside stay. A cell of spaces becomes empty. Inverse: none, the spaces are not in the result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yakuba.migration.mapping.arguments import text
from yakuba.migration.mapping.step import Step

if TYPE_CHECKING:
    import polars as pl

    from yakuba.migration.mapping.step import StepContext

_SPACES = " \u3000"


def _both(column: pl.Expr) -> pl.Expr:
    return column.str.strip_chars(_SPACES)


def _left(column: pl.Expr) -> pl.Expr:
    return column.str.strip_chars_start(_SPACES)


def _right(column: pl.Expr) -> pl.Expr:
    return column.str.strip_chars_end(_SPACES)


_SIDES = {"both": (str.strip, _both), "left": (str.lstrip, _left), "right": (str.rstrip, _right)}


def prepare(argument: Any, _context: StepContext) -> Step:
    """Check the side.

    Raises:
        UsageError: it is none of both, left, right.
    """
    scalar, expr = _SIDES[text("strip", {"strip": argument}, "strip", among=_SIDES)]
    return Step(
        scalar=lambda old: scalar(old, _SPACES),
        inverse="spaces at the ends are not in the result",
        expr=expr,
    )
