"""Processor time of everything that takes part in コンビニ交付: what the clock says depends on who else is at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PARTS = ("server", "database", "machines")
"""The kiosk listener with its workers; PostgreSQL; this process, whose threads are the machines in the shops."""


def spent(home: Path) -> dict[str, float]:
    """Seconds of processor time so far, by part.

    Args:
        home: folder of the installation whose embedded database runs.
    """
    own = psutil.Process().cpu_times()
    return dict(zip(PARTS, (_all(servers()), _all(_database(home)), own.user + own.system), strict=True))


def since(before: dict[str, float], home: Path, count: int) -> dict[str, float]:
    """Milliseconds since then, per paper or visit, by part and as a whole."""
    now = spent(home)
    each = {part: round((now[part] - before[part]) / count * 1000, 1) for part in PARTS}
    return each | {"whole": round(sum(each.values()), 1)}


def servers() -> Iterator[psutil.Process]:
    """The kiosk listener's processes: the first is the parent of the workers."""
    for child in psutil.Process().children(recursive=True):
        try:
            if "yakuba.site.kiosk.wsgi" in " ".join(child.cmdline()):
                yield child
        except psutil.NoSuchProcess:
            continue


def _database(home: Path) -> Iterator[psutil.Process]:
    number = next(home.rglob("postmaster.pid")).read_text("ascii").split()[0]
    first = psutil.Process(int(number))
    yield from (first, *first.children(recursive=True))


def _all(processes: Iterable[psutil.Process]) -> float:
    """Their own time and that of their children that have ended."""
    whole = 0.0
    for one in processes:
        try:
            times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        whole += times.user + times.system + times.children_user + times.children_system
    return whole
