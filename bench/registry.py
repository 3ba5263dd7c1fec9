"""The registry's part of the page: load against plain COPY, export, search at a million residents."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.measure import measure
from bench.typed import CLIENTS, EVERY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PEOPLE = 1_000_000
DATABASE, BROWSER = 50.0, 120.0
"""Milliseconds, p95: targets in the database, and at the browser."""


def section(run: Path) -> str:
    """Measure and write the section.

    Args:
        run: a proven run folder.
    """
    moved = measure("bench.programs.registry", run).said
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        Path(folder).chmod(0o755)
        found = measure("bench.programs.search", home, str(PEOPLE)).said
        seen = measure("bench.programs.search_browser", home, str(PEOPLE)).said
    return "\n".join(["## Registry", "", *_moved(moved), *_search(found, seen)])


def _moved(said: dict[str, Any]) -> list[str]:
    rows = said["rows"]
    rates = {name: rows / said[name] for name in ("copy", "load", "export")}
    share = f"{rates['load'] / rates['copy']:.0%} of plain COPY ({rates['copy']:,.0f}, no index, no wall)"
    return [
        f"- load of {rows:,} rows, once verified: **{rates['load']:,.0f} rows/s**, {share};",
        f"  it also makes the projection and the search index of everybody; memory grew by {said['load_grew_mb']:.0f}",
        "  MB while it ran, beyond what verifying took",
        f"- export: **{rates['export']:,.0f} rows/s**, memory grew by {said['export_grew_mb']:.0f} MB while it ran",
        "",
    ]


def _search(found: dict[str, Any], seen: dict[str, Any]) -> Iterator[str]:
    """Every search is the whole query: finding, counting, the entry in the log."""
    clients = f"{CLIENTS} clients that each search every {EVERY:.0f} seconds"
    yield from (f"### Search in the database at {found['people']:,} residents", "")
    yield from (f"Milliseconds with the entry in the log: one client, and {clients}.", "")
    yield from _table({"one": found["one"], "50": found["fifty"]})
    yield from _reached(found, DATABASE)
    yield from (f"### Search at the browser at {seen['people']:,} residents", "")
    yield f"The real program, signed in, whole pages over HTTP: one client, and {clients}; and Chromium, from"
    yield from ("Enter to the frame that shows the results. Programs and clients share the machine's cores.", "")
    columns = {"one": seen["one"], "50": seen["fifty"]} | ({"Chromium": seen["browser"]} if seen["browser"] else {})
    yield from _table(columns)
    if not seen["browser"]:
        yield from ("- Chromium is not on this machine: not measured there", "")
    yield from _reached(columns, BROWSER)


def _table(columns: Mapping[str, Mapping[str, list[float]]]) -> Iterator[str]:
    names = [f"{name}: {part}" for name in columns for part in ("p50", "p95", "p99")]
    yield f"| typed | {' | '.join(names)} |"
    yield f"|---|{'---:|' * len(names)}"
    for kind in dict.fromkeys(kind for found in columns.values() for kind in found):
        cells = [str(value) for found in columns.values() for value in found.get(kind, ["", "", ""])]
        yield f"| {kind} | {' | '.join(cells)} |"
    yield ""


def _reached(columns: Mapping[str, Any], target: float) -> Iterator[str]:
    """The slowest p95 of all searches, and of one kind, against the target."""
    tables = [found for found in columns.values() if isinstance(found, dict)]
    for what, worst, kind in (
        ("all searches", *max((found["all"][1], "") for found in tables)),
        (
            "one kind",
            *max((values[1], f" ({name})") for found in tables for name, values in found.items() if name != "all"),
        ),
    ):
        reached = "reached" if worst <= target else "NOT reached"
        share = f"{worst / target:.2f} of the target of {target:.0f} ms: {reached}"
        yield f"- slowest p95 of {what}{kind}: **{worst:.1f} ms**, {share}"
    yield ""
