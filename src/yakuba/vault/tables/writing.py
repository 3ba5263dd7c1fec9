"""Writing (作成): a feed → the content of a sealed object, and what the state will know after it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import UsageError
from yakuba.kernel.progress import SILENT
from yakuba.vault.tables.changed_table import no_changes, write_changes, write_difference
from yakuba.vault.tables.digest import new_salt, new_seeds
from yakuba.vault.tables.parts import FORMAT, Parts
from yakuba.vault.tables.state import Change
from yakuba.vault.tables.whole_table import Marking, write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from yakuba.kernel.progress import Progress
    from yakuba.vault.tables.feed import Feed, FeedTable
    from yakuba.vault.tables.known import Known, Level
    from yakuba.vault.tables.state import State
    from yakuba.vault.tables.totals import Totals

_FULL_NEEDED = "全件の控えを一度取ってください take a full backup first, from all rows"


@dataclass(frozen=True, slots=True)
class Written:
    """Content of an object, not sealed yet.

    Attributes:
        path: the file. kind: "full" or "delta". rows, digests, totals: of every table after it, by "業務/グループ".
        changed: rows that came and rows that went, by table, where any did. change: for `State.keep`.
    """

    path: Path
    kind: str
    rows: Mapping[str, int]
    digests: Mapping[str, str]
    totals: Mapping[str, Totals | None]
    changed: Mapping[str, tuple[int, int]]
    change: Change


def write_full(feed: Feed, state: State, out: Path, progress: Progress = SILENT) -> Written:
    """All rows of all tables.

    Args:
        state: not looked at; `State.keep` begins it anew with what is returned. out: new file.

    Raises:
        UsageError: the feed is differential, or a file is no CSV of its header.
        CannotContinueError: a file cannot be read.
    """
    del state
    if feed.differential:
        raise UsageError(
            "差分だけでは全件の控えになりません a differential feed makes no full backup", remedy=_FULL_NEEDED
        )
    making = _Making(feed, Marking(new_salt(), new_seeds()), {})
    progress.stage("控えの作成 backup", len(feed.tables), "tables")
    with Parts(out) as parts:
        for table in feed.tables:
            assert table.path is not None
            making.take(table.name, *write_whole(table, table.path, parts, making.marking))
            progress.advance(1)
        return making.finish(parts, out, full=True)


def write_delta(feed: Feed, state: State, out: Path, progress: Progress = SILENT) -> Written | None:
    """What changed since the newest generation.

    Returns:
        None when the state cannot tell, so that it has to be a full one.

    Raises:
        UsageError, CannotContinueError: see `write_full`; or the feed is differential and nothing is known.
    """
    state.prove()
    basis = state.basis
    if basis is None:
        if feed.differential:
            raise UsageError(
                f"差分を足す相手がありません nothing to add a difference to: {state.why}", remedy=_FULL_NEEDED
            )
        return None
    making = _Making(feed, Marking(basis.salt, basis.seeds), basis.attachments)
    progress.stage("控えの作成 backup", len(feed.tables), "tables")
    with Parts(out) as parts:
        for table in feed.tables:
            making.take(table.name, *_changes(feed, table, basis.tables.get(table.name), parts, making.marking))
            progress.advance(1)
        if feed.differential:
            for name in sorted(basis.tables.keys() - making.levels.keys()):
                making.take(name, *no_changes(name, basis.tables[name]))
        return making.finish(parts, out, full=False)


def _changes(
    feed: Feed, table: FeedTable, known: Known | None, parts: Parts, marking: Marking
) -> tuple[dict[str, Any], Level]:
    """The change of one table; a table that is new, or has other columns than before, is written whole."""
    alike = (
        known is not None
        and (known.keys, known.layout) == (table.keys, table.layout)
        and (table.path is None or known.columns == table.columns)
    )
    upsert = feed.differential and bool(table.keys)
    if table.path is None or (upsert and known is not None):
        if known is None or not alike:
            raise UsageError(
                f"{table.path or table.deleted}: 前の控えと表・列が違います not the columns of the last backup",
                remedy=_FULL_NEEDED,
            )
        return write_difference(table, known, parts, marking)
    if known is not None and alike:
        return write_changes(table, table.path, known, parts, marking)
    return write_whole(table, table.path, parts, marking)


@dataclass
class _Making:
    """A generation being made: header entries and levels so far; `before`: digests of the last one's attachments."""

    feed: Feed
    marking: Marking
    before: Mapping[str, str]
    entries: list[dict[str, Any]] = field(default_factory=list)
    levels: dict[str, Level] = field(default_factory=dict)

    def take(self, name: str, entry: dict[str, Any], level: Level) -> None:
        self.entries.append(entry)
        self.levels[name] = level

    def finish(self, parts: Parts, out: Path, *, full: bool) -> Written:
        feed, marking = self.feed, self.marking
        digests = {name: hashlib.sha256(data).hexdigest() for name, data in feed.attachments.items()}
        if feed.differential:
            digests = {**self.before, **digests}
        attached = {
            name: parts.add(feed.attachments[name], 0) if self.before.get(name) != digest else None
            for name, digest in digests.items()
        }
        header = {
            "format": FORMAT,
            "salt": marking.salt,
            "as_of": feed.as_of.isoformat(),
            "standard": feed.standard,
            "municipality": feed.municipality,
            "tables": self.entries,
            "attachments": attached,
        }
        parts.finish(header)
        return Written(
            path=out,
            kind="full" if full else "delta",
            rows={entry["name"]: entry["rows"] for entry in self.entries},
            digests={entry["name"]: entry["digest"] for entry in self.entries},
            totals={entry["name"]: entry["totals"] for entry in self.entries},
            changed={entry["name"]: change for entry in self.entries if any(change := _count(entry))},
            change=Change(full, marking.salt, marking.seeds, self.levels, digests),
        )


def _count(entry: Mapping[str, Any]) -> tuple[int, int]:
    """Rows that came and rows that went."""
    came = sum(part["rows"] for part in entry["added"])
    return came, entry["removed"]["rows"] if entry["removed"] else 0
