"""The registry's part of the page: load against plain COPY, export, search at a million residents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench.measure import measure

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = 1_000_000
TARGET = 50.0
"""Milliseconds, p95."""


def section(run: Path) -> str:
    """Measure and write the section.

    Args:
        run: a proven run folder.
    """
    moved = measure("bench.programs.registry", run).said
    found = measure("bench.programs.search", str(PEOPLE)).said
    return "\n".join(["## Registry", "", *_moved(moved), *_search(found)])


def _moved(said: dict[str, Any]) -> list[str]:
    rows = said["rows"]
    rates = {name: rows / said[name] for name in ("copy", "load", "export")}
    share = f"{rates['load'] / rates['copy']:.0%} of plain COPY ({rates['copy']:,.0f}, no index, no wall)"
    return [
        f"- load of {rows:,} rows, once verified: **{rates['load']:,.0f} rows/s**, {share};",
        "  it also makes the projection and the search index of everybody",
        f"- export: **{rates['export']:,.0f} rows/s**, memory grew by {said['export_grew_mb']:.0f} MB while it ran",
        "",
    ]


def _search(said: dict[str, Any]) -> list[str]:
    """Every search is the whole query: finding, counting, the entry in the log."""
    lines = [
        f"Search at {said['people']:,} residents, milliseconds with the entry in the log: one client, and 50 clients",
        "that each search every two seconds.",
        "",
        "| typed | p50 | p95 | p99 | 50: p50 | 50: p95 | 50: p99 |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for kind, one in said["one"].items():
        many = said["fifty"].get(kind, ["", "", ""])
        lines.append(f"| {kind} | {' | '.join(str(value) for value in (*one, *many))} |")
    worst = max(said["one"]["all"][1], said["fifty"]["all"][1])
    reached = "reached" if worst <= TARGET else "NOT reached"
    return [*lines, "", f"- slowest p95 of all: **{worst:.1f} ms** (target ≤ {TARGET:.0f} ms: {reached})", ""]
