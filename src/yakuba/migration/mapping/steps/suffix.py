"""`suffix` (後置): a text behind every value that is not empty: `suffix = "99"`.

Inverse: takes it off again; a value without it, or that is nothing but it, is not converted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from yakuba.kernel.errors import UsageError
from yakuba.migration.mapping.arguments import text
from yakuba.migration.mapping.step import Step

if TYPE_CHECKING:
    from yakuba.migration.mapping.step import StepContext


def prepare(argument: Any, _context: StepContext) -> Step:
    """Check that it is a text of at least one character.

    Raises:
        UsageError: it is none.
    """
    added = text("suffix", {"suffix": argument}, "suffix")
    if not added:
        raise UsageError("step suffix: nothing to add", remedy='write suffix = "99"')
    return _step(added)


def _step(added: str) -> Step:
    return Step(
        scalar=lambda old: old + added,
        inverse=lambda: Step(lambda new: _taken_off(new, added), lambda: _step(added)),
        expr=lambda column: column + pl.lit(added),
    )


def _taken_off(new: str, added: str) -> str | None:
    return new.removesuffix(added) if new.endswith(added) and new != added else None
