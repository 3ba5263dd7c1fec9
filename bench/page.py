"""docs/benchmarks.md: what was measured, as tables, with the targets beside it. Written by the command alone."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from bench.people import PLANTED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bench.measure import Measured

_PEERS = ("polars", "frictionless", "pandera", "pointblank")
_BIG, _SMALL = 2_000_000, 200_000
_EXPECTED = 0.9
_TARGETS = {"ratio": 6.0, "rate": 330_000, "growth": 11.0, "peak": 1.2, "large_peak": 2.0, "frictionless": 20.0}


class Page:
    """The page, section by section."""

    def __init__(self) -> None:
        self._lines = [
            "# 性能 Benchmarks",
            "",
            "`make bench` measures on your machine and writes this page anew (`python -m bench.run --large` adds",
            "10 million rows). Every program is a process of its own, measured from outside: its start, its reading",
            "and its writing count. Seconds say little about another machine; the ratios, taken in one run, do.",
            "",
            f"Machine: {os.cpu_count()} cores, {_memory()} GB, {platform.machine()}; Python",
            f"{platform.python_version()}; {', '.join(f'{name} {version(name)}' for name in _PEERS)}.",
            "",
        ]

    def text(self) -> str:
        """The whole page."""
        return "\n".join(self._lines)

    def _programs(self, runs: Mapping[int, Mapping[str, Measured]]) -> None:
        self._lines += ["| program | rows | wall s | CPU s | peak MB | rows/s |", "|---|---:|---:|---:|---:|---:|"]
        for size, found in runs.items():
            for name, run in found.items():
                cells = (
                    f"{size:,}",
                    f"{run.wall:.2f}",
                    f"{run.cpu:.2f}",
                    f"{run.peak:,.0f}",
                    f"{size / run.wall:,.0f}",
                )
                self._lines.append(f"| {name} | {' | '.join(cells)} |")
        self._lines.append("")

    def _target(self, what: str, found: float, target: float, unit: str, *, most: bool) -> None:
        reached = found <= target if most else found >= target
        digits = 0 if target > 1000 else 2
        self._lines.append(
            f"- {what}: **{found:,.{digits}f}{unit}** (target {'≤' if most else '≥'} {target:,g}{unit}: "
            f"{'reached' if reached else 'NOT reached'})"
        )

    def migrate(self, runs: Mapping[int, Mapping[str, Measured]]) -> None:
        """The whole migration against an eager read of the same data."""
        self._lines += [
            "## Whole migration",
            "",
            "N fictitious residents × 40 columns of CP932 (one row in 1,000 has an error): every rule, standard",
            "layout as CSV and Parquet, comparison of every cell, signed evidence and report. The floor (`eager`) is",
            "`polars.read_csv` of the same rows as UTF-8 with default settings. `checked` stops after mapping,",
            "all rules and Parquet.",
            "",
        ]
        self._programs(runs)
        big, small = runs[_BIG], runs[_SMALL]
        ratio = big["migrate"].wall / big["eager"].wall
        self._target("migrate ÷ eager read, 2 M rows, wall time", ratio, _TARGETS["ratio"], "", most=True)
        cpu = big["migrate"].cpu / big["eager"].cpu
        self._lines.append(f"- the same in processor time: {cpu:.1f}")
        rate = _BIG / big["checked"].wall
        self._target("read + rules + Parquet, 2 M rows", rate, _TARGETS["rate"], " rows/s", most=False)
        growth = big["migrate"].wall / small["migrate"].wall
        self._target("migrate, time(2 M) ÷ time(200 k)", growth, _TARGETS["growth"], "", most=True)
        self._target("peak memory, 2 M rows", big["migrate"].peak / 1024, _TARGETS["peak"], " GB", most=True)
        for size, found in runs.items():
            if size > _BIG:
                peak = found["migrate"].peak / 1024
                self._target(f"peak memory, {size:,} rows", peak, _TARGETS["large_peak"], " GB", most=True)
        self._lines.append("")

    def checkers(self, runs: Mapping[int, Mapping[str, Measured]]) -> None:
        """The same rules on the same file in other checkers."""
        self._lines += [
            "## Against other checkers",
            "",
            "One standard-layout file (UTF-8, the 43 mapped items), read, judged by the same rules taken from the",
            "layout (required, most characters, character class or form, code list, unique key) and kept as Parquet.",
            f"“All rules” is every rule of Yakuba. Planted errors found: {_agreement(runs)}.",
            "",
        ]
        self._programs(runs)
        small, big = runs[_SMALL], runs[_BIG]
        slow = small["frictionless"].wall / small["Yakuba, same rules"].wall
        self._target("times as fast as frictionless, 200 k rows", slow, _TARGETS["frictionless"], "", most=False)
        for peer in ("pandera[polars]", "pointblank"):
            faster = big[peer].wall / big["Yakuba, same rules"].wall
            self._target(f"times as fast as {peer}, 2 M rows", faster, 1.0, "", most=False)
        self._lines.append("")

    def parts(self, characters: Mapping[str, float], rules: Mapping[str, float]) -> None:
        """Single parts, in memory."""
        ratio = characters["ours"] / characters["loop"]
        self._lines += [
            "## Parts",
            "",
            f"- characters.convert: {characters['ours']:,.0f} names/s, {ratio:.1f} × a Python loop over the same names",
            f"- all {rules['rules']:.0f} rules, those on cells alone: {rules['rate']:,.0f} rows/s in memory",
            "",
        ]


def _agreement(runs: Mapping[int, Mapping[str, Measured]]) -> str:
    """Whether every program found at least the planted errors; says who did not."""
    short = []
    for size, found in runs.items():
        planted = size // 4_001 * _EXPECTED
        for name, run in found.items():
            counts: dict[str, Any] = run.said["found"]
            short += [f"{name} {item}" for item in [*PLANTED, "key"] if counts[item] < planted]
    return f"not by {', '.join(short)}" if short else "by every program"


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
