"""Terminal manners shared by the commands: progress as a bar or as plain lines, tables, JSON, numbers."""

from __future__ import annotations

import json
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.progress import TaskID

    from yakuba.kernel.progress import Progress

_WIDE = 200
"""Width of tables that go into a pipe or a file, where nobody knows how wide the reader's window is."""

STDOUT = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else _WIDE)
STDERR = Console(stderr=True, highlight=False, soft_wrap=True)


class _Bars:
    """Progress on a terminal."""

    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._task: TaskID | None = None

    def stage(self, name: str, total: int | None = None, unit: str = "") -> None:
        if self._task is not None:
            done = self._bar.tasks[-1]
            self._bar.update(self._task, total=done.total or done.completed or 1, completed=done.total or 1)
        self._task = self._bar.add_task(f"{name} {unit}".strip(), total=total)

    def advance(self, amount: int) -> None:
        if self._task is not None:
            self._bar.advance(self._task, amount)


class _Lines:
    """Progress in a log: one line a stage, and one every few seconds of a long stage."""

    EVERY = 10.0

    def __init__(self) -> None:
        self._name = ""
        self._unit = ""
        self._total: int | None = None
        self._done = 0
        self._told = 0.0

    def stage(self, name: str, total: int | None = None, unit: str = "") -> None:
        self._name, self._total, self._unit, self._done = name, total, unit, 0
        self._told = time.monotonic()
        print(name, file=sys.stderr, flush=True)  # noqa: T201 - the terminal is this room's business

    def advance(self, amount: int) -> None:
        self._done += amount
        now = time.monotonic()
        if now - self._told >= self.EVERY:
            self._told = now
            of = f" / {self._total:,}" if self._total else ""
            print(f"{self._name}: {self._done:,}{of} {self._unit}", file=sys.stderr, flush=True)  # noqa: T201


@contextmanager
def progress() -> Iterator[Progress]:
    """A progress listener for the length of a `with` block, on stderr."""
    if not STDERR.is_terminal:
        yield _Lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, TimeRemainingColumn(), console=STDERR) as bar:
        yield _Bars(bar)


def print_json(document: Any) -> None:
    """One JSON document on stdout, in ASCII where stdout cannot have every character."""
    plain = "utf" not in (sys.stdout.encoding or "").lower()
    print(json.dumps(document, ensure_ascii=plain, indent=2, default=str))  # noqa: T201


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], right: Sequence[int] = ()) -> None:
    """A table on stdout; columns whose index is in `right` are right-aligned.

    In a file or a pipe it is plain lines, title first, cells with tabs between them.
    """
    if not STDOUT.is_terminal:
        lines = [
            [title],
            columns,
            *([f"{value:,}" if type(value) is int else str(value).replace("\n", " ") for value in row] for row in rows),
        ]
        STDOUT.file.writelines("\t".join(line) + "\n" for line in lines if any(line))
        return
    drawn = Table(title=title or None, title_justify="left", title_style="bold", header_style="bold")
    for index, column in enumerate(columns):
        drawn.add_column(column, justify="right" if index in right else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*(_cell(value) for value in row))
    STDOUT.print(drawn)


def _cell(value: object) -> str:
    text = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
    return text.replace("[", "\\[")
