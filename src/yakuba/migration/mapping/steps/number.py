"""`number` (数値): a number as the standard writes it: "0000123" → "123", "-0" → "0".

    number = true                       a whole number
    number = { point = 2 }              implied decimals: "0012345" → "123.45", "5" → "0.05"
    number = { digits = 7 }             exactly seven digits, filled up with zeros; anything else is not converted

A sign may stand in front. Anything else than half-width digits is not converted.

Inverse: with `digits`, where every number was written in one way only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from yakuba.migration.mapping.arguments import number, options
from yakuba.migration.mapping.step import Step

if TYPE_CHECKING:
    from yakuba.migration.mapping.step import StepContext

_NUMBER = re.compile(r"([+-]?)([0-9]+)")


def prepare(argument: Any, _context: StepContext) -> Step:
    """Check the options.

    Raises:
        UsageError: an unknown option or a number that cannot be.
    """
    given = options("number", {} if argument is True else argument, short="point", known={"point", "digits"})
    point = number("number", given, "point", least=0, default=0)
    digits = number("number", given, "digits", least=1) if "digits" in given else 0
    return _step(point, digits)


def _step(point: int, digits: int) -> Step:
    def forwards(old: str) -> str | None:
        found = _NUMBER.fullmatch(old)
        if found is None or (digits and not _is_exact(found, digits)):
            return None
        plain = found[2].lstrip("0").rjust(point + 1, "0")
        sign = "-" if found[1] == "-" and plain.strip("0") else ""
        return sign + (f"{plain[:-point]}.{plain[-point:]}" if point else plain)

    def backwards(new: str) -> str | None:
        sign = "-" if new.startswith("-") else ""
        old = sign + new.removeprefix("-").replace(".", "").lstrip("0").zfill(digits)
        return old if forwards(old) == new else None

    if not digits:
        return Step(forwards, "leading zeros and signs of zero are not in the result; name the digits (digits = 7)")
    return Step(forwards, lambda: Step(backwards, lambda: _step(point, digits)))


def _is_exact(found: re.Match[str], digits: int) -> bool:
    """Whether no other text of that many digits says the same number: no plus, no minus zero."""
    return len(found[2]) == digits and found[1] != "+" and (not found[1] or found[2].strip("0") != "")
