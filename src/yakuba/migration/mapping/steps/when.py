"""`when` (条件): the value only where a column says so, a fixed text elsewhere.

    "死亡年月日" = { from = ["IDO_BI", "JIYU"], when = { in = ["31", "32"], else = "" }, date = "era7" }

The LAST column of `from` is the condition, the column before it the value; with one column the value is its
own condition. A list that starts with "!" excludes. `else` has to be written, since what it replaces is not in
the result. Inverse: none, for the same reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from yakuba.kernel.errors import UsageError
from yakuba.migration.mapping.arguments import PARTS, options, text, texts
from yakuba.migration.mapping.step import Step

if TYPE_CHECKING:
    from yakuba.migration.mapping.step import StepContext


def prepare(argument: Any, _context: StepContext) -> Step:
    """Check the condition.

    Raises:
        UsageError: `in` or `else` is missing.
    """
    given = options("when", argument, short="in", known={"in", "else"})
    if "else" not in given:
        raise UsageError("step when: else is missing", remedy='say what other rows get, e.g. else = ""')
    listed, other = texts("when", given, "in"), text("when", given, "else")
    excludes = listed[0] == "!"
    values = list(listed[1:] if excludes else listed)

    def scalar(parts: str) -> str:
        value, mark, condition = parts.rpartition(PARTS)
        return (value if mark else parts) if (condition in values) != excludes else other

    def expr(column: pl.Expr) -> pl.Expr:
        value = column.str.extract(f"(?s)^(.*){PARTS}", 1).fill_null(column)
        holds = column.str.extract(f"([^{PARTS}]*)$", 1).is_in(values) != excludes
        return pl.when(holds).then(value).otherwise(pl.lit(other))

    return Step(scalar, f"what {other!r} stands for is not in the result; keep the column", expr, on_empty=True)
