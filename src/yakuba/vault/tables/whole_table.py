"""A table in full (全件): all its rows as parts, and what the state will know of them."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from yakuba.vault.tables.digest import TableDigest, fingerprints, row_digests
from yakuba.vault.tables.known import Level
from yakuba.vault.tables.parse import parsed, rendered
from yakuba.vault.tables.parts import packed
from yakuba.vault.tables.raw import stretches
from yakuba.vault.tables.records import split
from yakuba.vault.tables.totals import Totals, together
from yakuba.vault.tables.totals import totals as added_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    import polars as pl

    from yakuba.vault.tables.digest import Words
    from yakuba.vault.tables.feed import FeedTable
    from yakuba.vault.tables.parts import Part, Parts

    Given = TypeVar("Given")
    Made = TypeVar("Made")

WORKERS = min(4, os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Marking:
    """How rows are marked: salt of the digests, seeds of the fingerprints."""

    salt: str
    seeds: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows on their way into a part: marks and keys (2, n), digests (n, 2); no primary key: no keys.

    `totals` are of these rows.
    """

    data: bytes
    ranges: dict[str, list[str]]
    marks: Words
    digests: Words
    keys: Words
    totals: Totals


def write_whole(table: FeedTable, path: Path, parts: Parts, marking: Marking) -> tuple[dict[str, Any], Level]:
    """Add a table with all its rows.

    Returns:
        What the header says of it, and what the state will know.

    Raises:
        UsageError, CannotContinueError: the file is no CSV of its header, or cannot be read.
    """

    def prepared(stretch: tuple[int, bytes]) -> Rows:
        texts = split(stretch[1], table.columns, str(path))
        return rows_of(texts, table, marking)

    made: list[Part] = []
    kept: list[Rows] = []
    for rows in in_turn(prepared, stretches(path, table.start)):
        made.append(parts.add(rows.data, len(rows.digests), rows.ranges))
        kept.append(Rows(b"", {}, rows.marks, rows.digests, rows.keys, rows.totals))
    summed = together((one.totals for one in kept), table.numbers)
    level = level_of(table, kept, np.empty(0, np.uint64), 0, None, summed)
    return {**described(table), "kind": "full", **totals(level), "removed": None, "added": made}, level


def rows_of(texts: pl.Series, table: FeedTable, marking: Marking, marks: Words | None = None) -> Rows:
    """Rows packed and marked; `marks` when they are known already."""
    frame = parsed(texts, table.columns, str(table.path))
    data, ranges = packed(frame)
    keys = np.empty((2, 0), np.uint64)
    if table.keys:
        keys = fingerprints(rendered(frame.select(table.keys), table.keys), marking.seeds)
    found = fingerprints(texts, marking.seeds) if marks is None else marks
    return Rows(data, ranges, found, row_digests(texts, marking.salt), keys, added_up(frame, table.numbers))


def level_of(
    table: FeedTable, rows: Sequence[Rows], removed: Words, first: int, digest: TableDigest | None,
    summed: Totals | None,
) -> Level:  # fmt: skip
    """What the state will know.

    Args:
        first: number of the first of these rows. digest: of the table after it; None when these rows are all of it.
        summed: control totals of the table after it, None = unknown.
    """
    none = np.empty((2, 0), np.uint64)
    digests = np.concatenate([none.T, *(one.digests for one in rows)])
    keys = np.concatenate([none, *(one.keys for one in rows)], axis=1)
    numbers = np.arange(first, first + keys.shape[1], dtype=np.uint64)
    order = np.argsort(keys[0])
    full = digest is None
    digest = TableDigest.of(digests) if digest is None else digest
    about: dict[str, Any] = {"full": full, "rows": digest.rows, "digest": digest.hex, "totals": summed}
    if full:
        about |= {"columns": table.columns, "keys": table.keys, "layout": table.layout}
        about |= {"folder": table.folder, "group": table.group}
    return Level(
        about=about,
        marks=np.concatenate([none, *(one.marks for one in rows)], axis=1),
        digests=digests,
        keys=np.stack([*keys[:, order], numbers[order]]),
        removed=removed,
    )


def described(table: FeedTable) -> dict[str, Any]:
    """Name and columns of a table, for the header."""
    return {
        "name": table.name,
        "layout": table.layout,
        "folder": table.folder,
        "group": table.group,
        "columns": table.columns,
        "keys": table.keys,
    }


def totals(level: Level) -> dict[str, Any]:
    """Rows, digest and control totals of a table after the change."""
    return {name: level.about[name] for name in ("rows", "digest", "totals")}


def in_turn(work: Callable[[Given], Made], given: Iterable[Given]) -> Iterator[Made]:
    """`map` in a few threads, in order: Polars leaves a core idle on a single block."""
    with ThreadPoolExecutor(WORKERS) as pool:
        waiting: deque[Future[Made]] = deque()
        for one in given:
            waiting.append(pool.submit(work, one))
            if len(waiting) > WORKERS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
