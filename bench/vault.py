"""The vault's part of the page: a month of daily backups against restic and borg, and what a day costs.

python -m bench.vault [--rows 2000000] [--days 30]
"""

from __future__ import annotations

import argparse
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING

from bench.measure import ROOT, Measured, measure
from bench.peers import INSTALL, Borg, Restic, installed
from bench.vault_page import page

if TYPE_CHECKING:
    from pathlib import Path

PLACE = ROOT / "bench" / "data" / "vault"
ROWS, DAYS, SHARE = 2_000_000, 30, 100
"""A month of a large town, one row in a hundred changed each day."""
TOWNS = (10_000, 100_000, 500_000, 2_000_000)
CHANGES = (100, 1_000, 10_000)
_STEP = "bench.programs.vault_step"


class Ours:
    """A vault in a folder, fed with whole tables or with differences."""

    def __init__(self, folder: Path, feed: str) -> None:
        self.name = f"Yakuba, {feed}"
        self.store, self._folder, self._feed = folder / "vault", folder, feed
        self._numbers: dict[int, int] = {}
        self._start = datetime.now(UTC) - timedelta(days=400)
        measure(_STEP, "init", folder)

    def backup(self, feed: Path, day: int) -> Measured:
        """A generation; the first is made of the whole feed in either case."""
        given = feed.with_name("difference") if day and self._feed == "difference" else feed
        done = measure(_STEP, "backup", self._folder, given, (self._start + timedelta(days=day)).isoformat())
        self._numbers[day] = done.said["number"]
        return done

    def restore(self, day: int, out: Path) -> Measured:
        """The generation of a day."""
        return measure(_STEP, "restore", self._folder, str(self._numbers[day]), out)

    def check(self) -> Measured:
        """Everything opened and counted again."""
        done = measure(_STEP, "verify", self._folder)
        if not done.said["proven"]:
            raise RuntimeError("the vault does not verify")
        return done


@dataclass
class Month:
    """What a program did in a month: its backups by day, restores by day, the check, and bytes stored in the end."""

    backups: list[Measured] = field(default_factory=list)
    restores: dict[int, Measured] = field(default_factory=dict)
    check: Measured | None = None
    stored: int = 0

    @property
    def peak(self) -> float:
        """Most memory held at once, MB."""
        return max(one.peak for one in (*self.backups, *self.restores.values(), *([self.check] if self.check else [])))


def section(rows: int = ROWS, days: int = DAYS) -> str:
    """Measure and write the section."""
    shutil.rmtree(PLACE, ignore_errors=True)
    missing = {"restic", "borg"} - {peer.name for peer in installed()}
    note = f"Not there, not compared: {', '.join(sorted(missing))} ({INSTALL})." if missing else ""
    months = month(PLACE / "month", rows, days)
    curve = {town: costs(PLACE / str(town), town) for town in TOWNS if town <= rows}
    shutil.rmtree(PLACE)
    return page(rows, days, months, curve, note)


def month(folder: Path, rows: int, days: int) -> dict[str, Month]:
    """Day by day every program in turn on the same feed; restores and checks at the end."""
    town, feed = folder / "town", folder / "town" / "feed"
    programs: list[Restic | Borg | Ours] = [peer(folder / peer.name) for peer in installed()]
    programs += [Ours(folder / kind, kind) for kind in ("whole feed", "difference")]
    months = {program.name: Month() for program in programs}
    for day in range(days + 1):
        measure("bench.programs.vault_town", town, str(rows), str(day), str(rows // SHARE))
        for program in programs:
            done = program.backup(feed, day)
            months[program.name].backups.append(done)
            print(f"day {day:>3}  {program.name:20}  {_seen(done)}", flush=True)
    for day in (0, days // 2, days):
        for program in programs:
            out = folder / "out"
            months[program.name].restores[day] = done = program.restore(day, out)
            print(f"restore {day:>3}  {program.name:20}  {_seen(done)}", flush=True)
            if day == days:
                measure("bench.programs.vault_same", feed, out)
            shutil.rmtree(out)
    for program in programs:
        months[program.name].check = done = program.check()
        months[program.name].stored = sum(file.stat().st_size for file in program.store.rglob("*") if file.is_file())
        print(f"check  {program.name:20}  {_seen(done)}", flush=True)
    return months


def _seen(done: Measured) -> str:
    inside = f"  ({done.said['seconds']:.2f} s inside)" if "seconds" in done.said else ""
    return f"{done.wall:7.2f} s  {done.cpu:7.2f} CPU s  {done.peak:6.0f} MB{inside}"


def costs(folder: Path, rows: int) -> dict[int, tuple[float, int]]:
    """Seconds inside the service and bytes stored of a difference, by rows changed; of three the middle."""
    town = folder / "town"
    measure("bench.programs.vault_town", town, str(rows), "0", "0")
    vault = Ours(folder / "vault", "difference")
    vault.backup(town / "feed", 0)
    found, day = {}, 0
    for changes in CHANGES:
        runs = []
        for _ in range(3):
            day += 1
            measure("bench.programs.vault_town", town, str(rows), str(day), str(changes))
            runs.append(vault.backup(town / "feed", day).said)
        found[changes] = (median(run["seconds"] for run in runs), runs[-1]["size"])
        print(f"{rows:>10,} rows, {changes:>6,} changed: {found[changes][0]:.3f} s", flush=True)
    shutil.rmtree(folder)
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--days", type=int, default=DAYS)
    options = parser.parse_args()
    print(section(options.rows, options.days))
