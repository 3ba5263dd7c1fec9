"""Rows are numbered from their full table on (通し番号): its rows, then the rows each delta added, in order.

The format counts positions instead: places among the rows that are there. Both follow from the numbers removed so far,
so neither the cost of writing a delta nor that of reading one grows with the town.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ids = NDArray[np.int64]


def positions(ids: Ids, removed: Ids) -> Ids:
    """Places of living rows.

    Args:
        ids: ascending. removed: numbers removed before, ascending.
    """
    return ids - np.searchsorted(removed, ids)


def numbers(places: Ids, removed: Ids) -> Ids:
    """The inverse: numbers of the rows at these places."""
    return places + np.searchsorted(removed - np.arange(len(removed)), places, side="right")


def merged(removed: Ids, more: Ids) -> Ids:
    """Both, ascending."""
    return np.sort(np.concatenate([removed, more]))


def living(count: int, removed: Ids) -> Ids:
    """Numbers below `count` that were not removed, ascending."""
    alive = np.ones(count, bool)
    alive[removed] = False
    return np.flatnonzero(alive)
