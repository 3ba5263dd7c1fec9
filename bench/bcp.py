"""BCP's part of the page: recovery time of a town of 100,000."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.measure import measure

if TYPE_CHECKING:
    from pathlib import Path

RESIDENTS = 100_000
TARGET = 60.0
"""Seconds from a sealed generation to the first certificate, on two cores."""


def section(folder: Path) -> str:
    """Measure and write the section.

    Args:
        folder: where the sealed town is kept between runs.
    """
    town = measure("bench.programs.bcp_town", folder, str(RESIDENTS)).said
    found = measure("bench.programs.bcp_open", folder)
    seconds = found.said
    reached = "reached" if seconds["certificate"] <= TARGET else "NOT reached"
    size = f"{town['rows']:,} rows, {town['bytes'] / 1e6:.0f} MB sealed"
    lines = (
        f"A town of {RESIDENTS:,} residents ({size}), opened on a machine that has nothing else:",
        "",
        f"- first search after **{seconds['search']:.0f} s**, first certificate after",
        f"  **{seconds['certificate']:.0f} s** (target ≤ {TARGET:.0f} s: {reached});",
        f"  every table is in after {seconds['whole']:.0f} s, while the counter works",
    )
    return "\n".join(["## BCP", "", *lines, ""])
