"""Whether the first record names the columns (見出し行の推定)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from yakuba.migration.proposal.model import Guess
from yakuba.migration.proposal.names import is_known_name

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMERIC = re.compile(r"[-+]?[0-9０-９][0-9０-９./:,-]*")
_DATA_IN_HEADER = 0.2
_MOSTLY = 0.9


def guess_header(rows: Sequence[Sequence[str]]) -> Guess:
    """Judge by the first record against the others; the value is a bool.

    Args:
        rows: the first records, the doubtful one first.
    """
    if not rows:
        return Guess(value=True, reason="the file is empty")
    first, rest = rows[0], rows[1:]
    known = [cell for cell in first if is_known_name(cell)]
    if len(known) * 2 > len(first):
        return Guess(value=True, reason=f"{len(known)} of {len(first)} cells of line 1 are known column names")
    if not rest:
        return Guess(value=False, reason="the only record has no known column names: it is taken as data")
    numeric = sum(_NUMERIC.fullmatch(cell.strip()) is not None for cell in first)
    if numeric > _DATA_IN_HEADER * len(first):
        return Guess(value=False, reason=f"{numeric} of {len(first)} cells of line 1 are numbers or dates")
    return _by_contrast(first, rest)


def _by_contrast(first: Sequence[str], rest: Sequence[Sequence[str]]) -> Guess:
    """Words above numbers speak for a header, values that come again against it."""
    contrast = repeated = 0
    for place, cell in enumerate(first):
        column = [row[place] for row in rest if place < len(row) and row[place].strip()]
        digits = sum(_NUMERIC.fullmatch(value.strip()) is not None for value in column)
        contrast += bool(column) and digits > _MOSTLY * len(column) and _NUMERIC.fullmatch(cell.strip()) is None
        repeated += bool(cell) and cell in column
    if contrast > repeated:
        return Guess(value=True, reason=f"line 1 has words above {contrast} columns of numbers or dates")
    if repeated:
        return Guess(value=False, reason=f"{repeated} cells of line 1 come again below it, so they are values")
    names = [cell for cell in first if cell.strip()]
    if len(set(names)) == len(names) and len(names) * 2 > len(first):
        doubt = "the header is a guess: line 1 has no number and no value that comes again"
        return Guess(value=True, reason="line 1 has no number and no value that comes again", doubts=(doubt,))
    return Guess(value=False, reason="line 1 looks like the lines below it")
