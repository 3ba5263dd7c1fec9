"""A table's changes (差分): which rows went, which came, counted against what the state knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.vault.tables.digest import TableDigest, fingerprints
from yakuba.vault.tables.known import Level
from yakuba.vault.tables.matching import changes
from yakuba.vault.tables.parse import parsed, rendered
from yakuba.vault.tables.parts import packed_positions
from yakuba.vault.tables.raw import head, picked, stretches
from yakuba.vault.tables.records import line_ends, split
from yakuba.vault.tables.summing import added_up, follow
from yakuba.vault.tables.whole_table import Marking, in_turn, level_of, rows_of
from yakuba.vault.tables.whole_table import totals as after

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from yakuba.vault.tables.digest import Words
    from yakuba.vault.tables.feed import FeedTable
    from yakuba.vault.tables.known import Known
    from yakuba.vault.tables.parts import Parts
    from yakuba.vault.tables.totals import Totals

    Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scanned:
    """A file looked through: marks of its rows (2, n), and the bytes where each starts and ends."""

    marks: Words
    starts: Ids
    ends: Ids


def write_changes(
    table: FeedTable, path: Path, known: Known, parts: Parts, marking: Marking
) -> tuple[dict[str, Any], Level]:
    """Add a table that is given whole by its changes alone.

    Raises:
        UsageError, CannotContinueError: the file is no CSV of its header, cannot be read, or changed meanwhile.
    """
    before = _stamp(path)
    found = _scanned(path, table, marking)
    numbers, marks = known.living()
    gone, come = changes(marks, found.marks)
    texts = _texts(path, table, found, come, marking)
    summed = follow(table, known, 0, []) if not len(gone) + len(come) else None
    summed = added_up(table, path) if summed is None else summed
    if _stamp(path) != before:
        raise _restless(path)
    return _written(table, known, parts, marking, numbers[gone], texts, summed)


def write_difference(table: FeedTable, known: Known, parts: Parts, marking: Marking) -> tuple[dict[str, Any], Level]:
    """Add a table of a differential feed: its rows take the place of all that have their primary keys.

    Raises:
        UsageError, CannotContinueError: see `write_changes`; or its columns are others than before.
    """
    texts, marks, keys = _given(table, marking)
    if table.deleted is not None:
        keys = np.concatenate([keys, _deleted(table, marking)], axis=1)
    numbers = known.with_keys(keys)
    gone, come = changes(known.marks(numbers), marks)
    return _written(table, known, parts, marking, numbers[gone], texts.gather(come), None)


def no_changes(name: str, known: Known) -> tuple[dict[str, Any], Level]:
    """A table that a differential feed does not mention."""
    same = {"rows": known.digest.rows, "digest": known.digest.hex, "totals": known.totals}
    none = np.empty((2, 0), np.uint64)
    level = Level({"full": False, **same}, none, none.T, np.empty((3, 0), np.uint64), np.empty(0, np.uint64))
    return {"name": name, "kind": "delta", **same, "removed": None, "added": []}, level


def _scanned(path: Path, table: FeedTable, marking: Marking) -> Scanned:
    def looked(stretch: tuple[int, bytes]) -> tuple[Words, Ids]:
        start, data = stretch
        texts, ends = split(data, table.columns, str(path)), line_ends(data)
        assert len(texts) == len(ends)
        return fingerprints(texts, marking.seeds), ends + start

    marks, ends = [np.empty((2, 0), np.uint64)], [np.empty(0, np.int64)]
    for some, there in in_turn(looked, stretches(path, table.start)):
        marks.append(some)
        ends.append(there)
    whole = np.concatenate(ends)
    return Scanned(np.concatenate(marks, axis=1), np.concatenate([[table.start], whole[:-1]])[: len(whole)], whole)


def _texts(path: Path, table: FeedTable, found: Scanned, come: Ids, marking: Marking) -> pl.Series:
    """The rows that came, read once more from their places."""
    texts = picked(path, found.starts[come], found.ends[come], table.columns)
    if not np.array_equal(fingerprints(texts, marking.seeds), found.marks[:, come]):
        raise _restless(path)
    return texts


def _stamp(path: Path) -> tuple[int, int]:
    """Size and time of a file that is read more than once."""
    there = path.stat()
    return there.st_size, there.st_mtime_ns


def _restless(path: Path) -> CannotContinueError:
    return CannotContinueError(
        f"{path}: 読んでいる間に変わりました changed while it was read",
        remedy="書き終わってからもう一度実行してください run again when it is written",
    )


def _given(table: FeedTable, marking: Marking) -> tuple[pl.Series, Words, Words]:
    """Rows of a differential table, their marks and the marks of their keys."""
    nothing = pl.Series("record", [], dtype=pl.String)
    if table.path is None:
        empty = np.empty((2, 0), np.uint64)
        return nothing, empty, empty
    where = str(table.path)
    some = [split(data, table.columns, where) for _, data in stretches(table.path, table.start)]
    texts = pl.concat([nothing, *(one.alias("record") for one in some)])
    frame = parsed(texts, table.columns, where)
    keys = rendered(frame.select(table.keys), table.keys)
    return texts, fingerprints(texts, marking.seeds), fingerprints(keys, marking.seeds)


def _deleted(table: FeedTable, marking: Marking) -> Words:
    assert table.deleted is not None
    columns, start = head(table.deleted)
    if set(table.keys) - set(columns):
        raise UsageError(f"{table.deleted}:1: 主キーの列がありません a column of the primary key is missing")
    keys = _given(replace(table, path=table.deleted, start=start, columns=columns), marking)
    return keys[2]


def _written(
    table: FeedTable, known: Known, parts: Parts, marking: Marking, gone: Ids, texts: pl.Series, summed: Totals | None
) -> tuple[dict[str, Any], Level]:
    rows = [rows_of(texts, table, marking)] if len(texts) else []
    digest = known.digest.minus(known.digests(gone))
    for one in rows:
        digest = digest.plus(TableDigest.of(one.digests))
    summed = follow(table, known, len(gone), rows) if summed is None else summed
    level = level_of(table, rows, gone.astype(np.uint64), known.next, digest, summed)
    removed = parts.add(packed_positions(known.positions(gone)), len(gone)) if len(gone) else None
    added = [parts.add(one.data, len(one.digests), one.ranges) for one in rows]
    return {"name": table.name, "kind": "delta", **after(level), "removed": removed, "added": added}, level
