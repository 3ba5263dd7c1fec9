"""`replace` (置換): literal pieces of a text: `replace = { "(株)" = "株式会社", "（有）" = "有限会社" }`.

All pieces are replaced in one go from the left, the longest that fits first; what has been put in is not
looked at again. Inverse: none, the new words may have been there before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import UsageError
from yakuba.migration.mapping.step import Step

if TYPE_CHECKING:
    import polars as pl

    from yakuba.migration.mapping.step import StepContext


def prepare(argument: Any, _context: StepContext) -> Step:
    """Check the pieces.

    Raises:
        UsageError: no table of texts, or an empty piece.
    """
    if not isinstance(argument, dict) or not argument or "" in argument:
        raise UsageError("step replace: no table of pieces", remedy='write replace = { "old" = "new" }')
    if not all(isinstance(new, str) for new in argument.values()):
        raise UsageError("step replace: a new piece is no text", remedy='write replace = { "old" = "new" }')
    pieces = {old: argument[old] for old in sorted(argument, key=len, reverse=True)}
    pattern = re.compile("|".join(re.escape(old) for old in pieces))

    def expr(column: pl.Expr) -> pl.Expr:
        return column.str.replace_many(list(pieces), list(pieces.values()), leftmost=True)

    return Step(
        scalar=lambda text: pattern.sub(lambda found: pieces[found[0]], text),
        inverse="the new words may have been in the old text before",
        expr=expr,
    )
