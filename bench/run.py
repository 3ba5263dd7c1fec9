"""`make bench`: measure everything, print ratios, write docs/benchmarks.md.

    python -m bench.run [--large] [--repeats N] [--only PART]

Programs of one comparison run in turn (a, b, a, b …), so that a busy machine slows all of them alike.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bench import bcp, certificates, characters, people, registry, vault
from bench.measure import ROOT, Measured, measure, median
from bench.page import Page
from bench.sections import merged

if TYPE_CHECKING:
    from pathlib import Path

DATA = ROOT / "bench" / "data"
SMALL, BIG, LARGE = 200_000, 2_000_000, 10_000_000
PARTS = ("migration", "registry", "certificates", "vault", "bcp", "characters")
FRICTIONLESS_ROWS = SMALL
"""frictionless judges cell by cell in Python: at two million rows it would take minutes to say the same."""


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", action="store_true", help="also 10 million rows (some 30 GB of disk)")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--only", choices=PARTS, help="this part; the others stay as they are")
    options = parser.parse_args()
    parts = []
    if options.only in (None, "migration"):
        parts.append(_migration(large=options.large, repeats=options.repeats))
    if options.only in (None, "registry"):
        parts.append(registry.section(_moved(SMALL)))
    if options.only in (None, "certificates"):
        parts.append(certificates.section())
    if options.only in (None, "vault"):
        parts.append(vault.section())
    if options.only in (None, "bcp"):
        parts.append(bcp.section(DATA / "bcp"))
    if options.only in (None, "characters"):
        parts.append(characters.section())
    target = ROOT / "docs" / "benchmarks.md"
    measured = "\n".join(parts)
    target.write_text(merged(target.read_text("utf-8"), measured), encoding="utf-8")
    print(measured)


def _migration(*, large: bool, repeats: int) -> str:
    page = Page()
    sizes = [SMALL, BIG, LARGE] if large else [SMALL, BIG]
    runs = {size: _whole(size, 1 if size == LARGE else repeats) for size in sizes}
    page.migrate(runs)
    checked = {size: _checkers(size, repeats) for size in (SMALL, BIG)}
    page.checkers(checked)
    work = DATA / "work"
    page.parts(
        measure("bench.programs.characters").said,
        measure("bench.programs.rules_alone", _folder(SMALL) / "project.toml", work).said,
    )
    return page.text()


def _moved(size: int) -> Path:
    """A run folder; made when it is not there."""
    folder = _folder(size)
    if not (folder / "run" / "evidence" / "evidence.json").exists():
        measure("bench.programs.migrate", folder / "project.toml", folder / "run")
    return folder / "run"


def _folder(size: int) -> Path:
    measure("bench.programs.data", DATA / str(size), str(size))
    return DATA / str(size)


def _whole(size: int, repeats: int) -> dict[str, Measured]:
    """Whole processes: the eager read, the migration, and the migration up to the checked Parquet."""
    folder = _folder(size)
    programs: dict[str, tuple[str | Path, ...]] = {
        "eager": ("bench.programs.eager", folder / "dump.utf8.csv"),
        "migrate": ("bench.programs.migrate", folder / "project.toml", folder / "run"),
        "checked": ("bench.programs.checked", folder / "project.toml", folder / "work"),
    }
    return _in_turn(programs, repeats, size)


def _checkers(size: int, repeats: int) -> dict[str, Measured]:
    """Whole processes over the standard file: the same rules in every checker, and all rules of ours."""
    folder = _folder(size) / "standard"
    file, project, work = folder / people.STANDARD, folder / "project.toml", folder / "work"
    programs: dict[str, tuple[str | Path, ...]] = {
        "Yakuba, same rules": ("bench.programs.checked", project, work, "same"),
        "Yakuba, all rules": ("bench.programs.checked", project, work),
        "pandera[polars]": ("bench.programs.with_pandera", file, folder / "pandera.parquet"),
        "pointblank": ("bench.programs.with_pointblank", file, folder / "pointblank.parquet"),
    }
    if size == FRICTIONLESS_ROWS:
        programs["frictionless"] = ("bench.programs.with_frictionless", file, folder / "frictionless.parquet")
    return _in_turn(programs, repeats, size)


def _in_turn(programs: dict[str, tuple[str | Path, ...]], repeats: int, size: int) -> dict[str, Measured]:
    runs: dict[str, list[Measured]] = {name: [] for name in programs}
    for turn in range(repeats):
        for name, (module, *arguments) in programs.items():
            run = measure(str(module), *arguments)
            runs[name].append(run)
            place = f"{size:>10,} rows  {turn + 1}/{repeats}  {name:20}"
            print(f"{place}  {run.wall:7.2f} s  {run.cpu:7.2f} CPU s  {run.peak:6.0f} MB", flush=True)
    return {name: median(found) for name, found in runs.items()}


if __name__ == "__main__":
    main()
