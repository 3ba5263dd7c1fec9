"""The vault's section in words and tables."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bench.vault import Month

WHOLE, DIFFERENCE, PEER = "Yakuba, whole feed", "Yakuba, difference", "restic"
STORED, A_DAY, A_DIFFERENCE, MEMORY = 1 / 20, 1 / 2, 1 / 20, 1500.0
"""Goals: bytes, seconds of a day from a whole feed and from a difference, each against restic; MB at most."""


def page(
    rows: int, days: int, months: Mapping[str, Month], curve: Mapping[int, Mapping[int, tuple[float, int]]], note: str
) -> str:
    """The section.

    Args:
        curve: rows of the town → rows changed → seconds and bytes of a difference.
    """
    text = [
        "## Vault",
        "",
        f"{rows:,} residents × 18 columns, {days} days on each of which 1 % of the rows at scattered places change.",
        "Every program is a process of its own and backs up the same folder of CSV, encrypted; Yakuba finds the",
        "changed rows itself, or is given them (difference). The last restore is compared with what was sent.",
        note,
        "",
        "| program | first s | a day s | CPU s | stored MB | restore first s | mid s | last s | check s | peak MB |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
        *(_row(name, month) for name, month in months.items()),
        "",
        *_inside(months),
        *(_goals(months) if PEER in months else []),
        "",
        "Seconds inside the service for a difference, by the size of the town and the number of changed rows:",
        "",
        *_curve(curve),
        "",
    ]
    return "\n".join(line for number, line in enumerate(text) if line or number != text.index(note))


def _day(month: Month) -> float:
    return median(one.wall for one in month.backups[1:])


def _row(name: str, month: Month) -> str:
    assert month.check is not None
    cells = [
        f"{month.backups[0].wall:.2f}",
        f"{_day(month):.2f}",
        f"{median(one.cpu for one in month.backups[1:]):.2f}",
        f"{month.stored / 1e6:,.0f}",
        *(f"{one.wall:.2f}" for one in month.restores.values()),
        f"{month.check.wall:.2f}",
        f"{month.peak:,.0f}",
    ]
    return f"| {name} | {' | '.join(cells)} |"


def _inside(months: Mapping[str, Month]) -> list[str]:
    """A process spends its first tenths of a second on starting Python; a service that runs on spends none."""
    return [
        f"- {name}: **{median(one.said['seconds'] for one in months[name].backups[1:]):.3f} s** a day inside"
        for name in (WHOLE, DIFFERENCE)
    ]


def _goals(months: Mapping[str, Month]) -> list[str]:
    peer, whole, difference = months[PEER], months[WHOLE], months[DIFFERENCE]
    assert peer.check is not None
    assert whole.check is not None
    inside = median(one.said["seconds"] for one in difference.backups[1:])
    worst = max(one.wall / peer.restores[day].wall for day, one in whole.restores.items())
    return [
        _goal("stored after the month ÷ restic's", whole.stored / peer.stored, STORED),
        _goal("a day from a whole feed ÷ restic's, wall time", _day(whole) / _day(peer), A_DAY),
        _goal("a day from a difference ÷ restic's, wall time", _day(difference) / _day(peer), A_DIFFERENCE),
        _goal("the same, inside the process", inside / _day(peer), A_DIFFERENCE),
        _goal("slowest restore ÷ restic's of that day", worst, 1),
        _goal("everything verified ÷ restic's check --read-data", whole.check.wall / peer.check.wall, 1),
        _goal("peak memory, MB", max(whole.peak, difference.peak), MEMORY),
    ]


def _goal(what: str, found: float, goal: float) -> str:
    return f"- {what}: **{found:,.3g}** (target ≤ {goal:,.3g}: {'reached' if found <= goal else 'NOT reached'})"


def _curve(curve: Mapping[int, Mapping[int, tuple[float, int]]]) -> list[str]:
    changes = list(next(iter(curve.values())))
    head = [f"| rows | {' | '.join(f'{number:,} changed' for number in changes)} | kB of the last |"]
    head += ["|---:|" + "---:|" * (len(changes) + 1)]
    for rows, found in curve.items():
        seconds = " | ".join(f"{found[number][0]:.3f}" for number in changes)
        head.append(f"| {rows:,} | {seconds} | {found[changes[-1]][1] / 1e3:,.0f} |")
    return head
