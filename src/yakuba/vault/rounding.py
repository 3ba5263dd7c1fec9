"""Rounding (丸め): row counts that anyone may see do not tell that two children were born."""

from __future__ import annotations

_LEAST_STEP = 100
_DIGITS = 3


def rounded(rows: int) -> int:
    """Rows to three digits, and never finer than hundreds.

    >>> rounded(38), rounded(1_264), rounded(54_321), rounded(1_986_428)
    (0, 1300, 54300, 1990000)
    """
    step: int = max(_LEAST_STEP, 10 ** max(0, len(str(rows)) - _DIGITS))
    return (rows + step // 2) // step * step
