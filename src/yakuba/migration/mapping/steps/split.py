"""`split` (分割): one part of a text: `split = { by = "　", take = 0 }`.

`by` is one separator or a list of separators that count alike; `take` is the number of the part from 0, or
"last". `parts = 2` cuts at most into two, so that the last part keeps every further separator. A text that has
no such part is not converted. Inverse: none, the other parts are not in the result.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import UsageError
from yakuba.migration.mapping.arguments import number, options, texts
from yakuba.migration.mapping.step import Step

if TYPE_CHECKING:
    from yakuba.migration.mapping.step import StepContext


def prepare(argument: Any, _context: StepContext) -> Step:
    """Check separators and part.

    Raises:
        UsageError: no separator, an empty one, or a part that cannot be.
    """
    given = options("split", argument, short="by", known={"by", "take", "parts"})
    separators = texts("split", given, "by")
    if "" in separators:
        raise UsageError("step split: an empty separator", remedy='write by = "　"')
    parts = number("split", given, "parts", least=2) if "parts" in given else 0
    take = -1 if given.get("take") == "last" else number("split", given, "take", least=0)
    if parts and take >= parts:
        raise UsageError(f"step split: take = {take} of {parts} parts", remedy="count parts from 0")
    pattern = re.compile("|".join(re.escape(each) for each in sorted(separators, key=len, reverse=True)))

    def scalar(text: str) -> str | None:
        found = pattern.split(text, maxsplit=max(parts - 1, 0))
        return found[take] if take < len(found) else None

    return Step(scalar, "split leaves out the other parts; take them in other items or keep the column")
