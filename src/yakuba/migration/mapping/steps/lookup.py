"""`lookup` (参照): a value of another record, found by its key.

    "世帯主氏名" = { from = "NUSHI_NO", lookup = { source = "juki", key = "ATENA_NO", take = "SIMEI" } }

A key that is not there is not converted. Inverse: none, several records may hold the same value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import UsageError
from yakuba.migration.mapping.arguments import options, text
from yakuba.migration.mapping.step import Step

if TYPE_CHECKING:
    from yakuba.migration.mapping.step import StepContext

_WORDS = ("source", "key", "take")


def prepare(argument: Any, context: StepContext) -> Step:
    """Check the words and fetch the keys.

    Raises:
        UsageError: a word is missing; the context refuses an unknown source or column.
    """
    given = options("lookup", argument, short="source", known=_WORDS)
    if missing := [word for word in _WORDS if not given.get(word)]:
        raise UsageError(
            f"step lookup: {missing[0]} is missing", remedy='write { source = "…", key = "…", take = "…" }'
        )
    source, key, take = (text("lookup", given, word) for word in _WORDS)
    found = context.lookup(source, key, take)
    return Step(found.get, "several records may hold the same value; keep the key in an item of its own")
