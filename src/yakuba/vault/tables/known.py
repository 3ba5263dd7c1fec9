"""Known rows (既知の行): what the state tells of one table without reading it all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from yakuba.vault.tables import ids as rows
from yakuba.vault.tables.digest import TableDigest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from yakuba.vault.tables.digest import Words
    from yakuba.vault.tables.totals import Totals

    Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Level:
    """What one generation changed in a table.

    Attributes:
        about: columns, keys and layout when it is full; digest, rows and control totals after it. marks: of the rows
            added, (2, n). digests: of them, (n, 2). keys: fingerprints of their keys, and their numbers, (3, n),
            ascending by the first. removed: numbers of the rows removed, ascending.
    """

    about: Mapping[str, Any]
    marks: Words
    digests: Words
    keys: Words
    removed: Words


class Known:
    """A table after its newest generation.

    Attributes:
        columns, keys, layout: of the table. digest: of all its rows. next: number that the next row gets.
        totals: control totals of all its rows, None = unknown.
    """

    def __init__(self, levels: Sequence[Level]) -> None:
        base, last = levels[0].about, levels[-1].about
        self.columns, self.keys = tuple(base["columns"]), tuple(base["keys"])
        self.layout: str = base["layout"]
        self.digest = TableDigest.parse(last["rows"], last["digest"])
        self.totals: Totals | None = last["totals"]
        self._levels = levels
        self._starts = np.cumsum([0, *(level.marks.shape[1] for level in levels)])
        self.next = int(self._starts[-1])

    @cached_property
    def removed(self) -> Ids:
        """Numbers removed since the table was full, ascending."""
        return np.sort(np.concatenate([level.removed for level in self._levels])).astype(np.int64)

    @cached_property
    def _later(self) -> Level:
        """All levels above the full one as one."""
        above = self._levels[1:]
        keys = np.concatenate([np.empty((3, 0), np.uint64), *(level.keys for level in above)], axis=1)
        return Level(
            about={},
            marks=np.concatenate([np.empty((2, 0), np.uint64), *(level.marks for level in above)], axis=1),
            digests=np.concatenate([np.empty((0, 2), np.uint64), *(level.digests for level in above)]),
            keys=keys[:, np.argsort(keys[0])],
            removed=np.empty(0, np.uint64),
        )

    def living(self) -> tuple[Ids, Words]:
        """Numbers and marks of all rows, (2, n): grows with the town."""
        there = rows.living(self.next, self.removed)
        first, later = self._levels[0].marks, self._later.marks
        low = int(np.searchsorted(there, first.shape[1]))
        marks = np.empty((2, len(there)), np.uint64)
        for half in (0, 1):
            np.take(first[half], there[:low], out=marks[half, :low], mode="clip")
            np.take(later[half], there[low:] - first.shape[1], out=marks[half, low:], mode="clip")
        return there, marks

    def marks(self, ids: Ids) -> Words:
        """Marks of some rows, (2, n)."""
        return self._picked(ids, self._levels[0].marks.T, self._later.marks.T).T

    def digests(self, ids: Ids) -> TableDigest:
        """Digest of some rows."""
        return TableDigest.of(self._picked(ids, self._levels[0].digests, self._later.digests))

    def _picked(self, ids: Ids, first: Words, later: Words) -> Words:
        low = ids < len(first)
        found = np.empty((len(ids), 2), np.uint64)
        found[low], found[~low] = first[ids[low]], later[ids[~low] - len(first)]
        return found

    def with_keys(self, wanted: Words) -> Ids:
        """Numbers, ascending, of the living rows that have one of these keys.

        Args:
            wanted: fingerprints of keys, (2, n).
        """
        wanted = wanted[:, np.argsort(wanted[0])]
        found = np.sort(np.concatenate([_found(level.keys, wanted) for level in (self._levels[0], self._later)]))
        found = found[np.append(True, found[1:] != found[:-1])[: len(found)]]
        gone = np.searchsorted(self.removed, found)
        there = (gone == len(self.removed)) | (np.append(self.removed, -1)[gone] != found)
        alive: Ids = found[there]
        return alive

    def positions(self, ids: Ids) -> Ids:
        """Places of some rows among those that are there; `ids` ascending."""
        return rows.positions(ids, self.removed)


def _found(keys: Words, wanted: Words) -> Ids:
    """Numbers of the rows with these keys among `keys`, each as often as it is wanted."""
    left = np.searchsorted(keys[0], wanted[0])
    counts = np.searchsorted(keys[0], wanted[0], side="right") - left
    asked = np.repeat(np.arange(wanted.shape[1]), counts)
    place = np.arange(len(asked)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(left, counts)
    same = keys[1, place] == wanted[1, asked]
    found: Ids = keys[2, place[same]].astype(np.int64)
    return found
