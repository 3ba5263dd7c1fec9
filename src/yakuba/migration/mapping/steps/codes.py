"""`codes` (コード変換): old code → new code by a table of the project.

    "性別" = { from = "SEX", codes = "seibetsu" }      [codes.seibetsu]  "M" = "1"  "F" = "2"  "*" = "0"

"*" stands for every other value, but never for an empty cell, which is a value of its own: write `"" = …` to
give it a code. Without "*" an unknown code is not converted.

Inverse: only when no two old codes (an empty cell counts as one) become the same and there is no "*". Where
codes are merged (n:1), put the old column into a reserve item 予備領域 to keep them apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import UsageError
from yakuba.migration.mapping.step import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.migration.mapping.step import StepContext

_OTHERS = "*"


def prepare(argument: Any, context: StepContext) -> Step:
    """Find the table.

    Raises:
        UsageError: the project has no such table, or it maps to something that is no text.
    """
    if not isinstance(argument, str) or argument not in context.codes:
        known = ", ".join(sorted(context.codes)) or "none is written"
        raise UsageError(f"step codes: no code table {argument!r}", remedy=f"add [codes.…] or use one of: {known}")
    table = dict(context.codes[argument])
    if wrong := [old for old, new in table.items() if not isinstance(new, str)]:
        raise UsageError(f"codes.{argument}: {wrong[0]!r} maps to no text", remedy='write codes in quotes, "1"')
    return _step(table)


def _step(table: Mapping[str, str]) -> Step:
    others = table.get(_OTHERS)
    exact = {old: new for old, new in table.items() if old != _OTHERS}
    why_not = _why_not(exact, others)

    def inverse() -> Step:
        back = {new: old for old, new in exact.items()}
        return Step(back.get, lambda: _step(table), on_empty="" in back)

    return Step(lambda old: exact.get(old, others), why_not or inverse, on_empty="" in exact)


def _why_not(exact: Mapping[str, str], others: str | None) -> str:
    """Why the table cannot be read backwards; "" when it can."""
    if others is not None:
        return f'"*" turns many old codes into {others!r}; a reserve item 予備領域 keeps the old code'
    olds_by_new: dict[str, list[str]] = {}
    for old, new in {"": "", **exact}.items():
        olds_by_new.setdefault(new, []).append(old)
    merged = [f"{' and '.join(map(repr, olds))} become {new!r}" for new, olds in olds_by_new.items() if len(olds) > 1]
    return f"{'; '.join(merged)}; a reserve item 予備領域 keeps the old code" if merged else ""
