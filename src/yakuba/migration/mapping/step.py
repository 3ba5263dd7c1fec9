"""What a step is: a function of one text value that can be turned round, or says why not.

A file of mapping/steps has one verb: `prepare(argument, context) -> Step`, which checks the project's argument and
raises UsageError when it cannot be meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import polars as pl


@dataclass(frozen=True, slots=True)
class Step:
    """One prepared step.

    Attributes:
        scalar: value → value; None = cannot be converted (the cell then keeps its old text and is found as
            `unconverted`). Never called with "" unless `on_empty`.
        inverse: the step that undoes this one, or a sentence that says why there is none.
        expr: the same on a whole String column, for steps that are asked for millions of distinct values;
            must agree with `scalar` on every value and may not be given when `scalar` can answer None.
        on_empty: whether the step also wants empty cells (constants, defaults).
    """

    scalar: Callable[[str], str | None]
    inverse: Callable[[], Step] | str
    expr: Callable[[pl.Expr], pl.Expr] | None = None
    on_empty: bool = False


@dataclass(frozen=True, slots=True)
class StepContext:
    """What a step may look at while it is prepared.

    Attributes:
        codes: code tables of the project by name.
        lookup: (source, key column, taken column) → {key: value}.
    """

    codes: Mapping[str, Mapping[str, str]]
    lookup: Callable[[str, str, str], Mapping[str, str]]
