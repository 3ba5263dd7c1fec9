"""What a run said of a spoilt town, against what was spoilt.

A defect counts as found when the run says something about one of its records that it does not say of the same record
of the clean town: a finding of any severity, a recorded correction, a rejected or merged record. A false alarm is a
loud finding (stop, error, warning) about a record that was neither spoilt nor made wrong by what was spoilt; each
kind of defect names those (`Defect.related`): the person's other records, the household, the same bill.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl
from tests.journeys.blind_defects import plant
from tests.journeys.towns import make_town

from yakuba.migration.contracts import LINE
from yakuba.migration.pipeline.run import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.blind.dump import Row
    from tests.journeys.blind.planter import Defect

LOUD = ("stop", "error", "warning")


@dataclass(frozen=True)
class Said:
    """One thing that a run said: what, how loudly, of which item, source and line (0: of no record), and its words."""

    code: str
    severity: str
    item: str
    source: str
    line: int
    words: str


def said(out: Path) -> list[Said]:
    """Findings, corrections, and records that were rejected or merged."""
    found = pl.read_parquet(out / "findings.parquet").with_columns(
        pl.concat_str("source", "column", "key", "value", separator=" ", ignore_nulls=True).alias("words")
    )
    mended = pl.read_parquet(out / "corrections.parquet").select(pl.col("rule").alias("code"), "item", "source", LINE)
    moved = pl.read_parquet(out / "dispositions.parquet").select(pl.col("reason").alias("code"), "source", LINE)
    frame = pl.concat([found, mended, moved], how="diagonal")
    frame = frame.select(
        "code", pl.col("severity").fill_null("note"), "item", "source", pl.col(LINE).fill_null(0), "words"
    )
    return [Said(*row) for row in frame.fill_null("").iter_rows()]


@dataclass(frozen=True)
class Score:
    """What was planted, what was not found, how many loud findings there were and which of them are false alarms."""

    form: str
    defects: list[Defect]
    missed: list[Defect]
    loud: int
    false: list[Said]

    @property
    def recall(self) -> float:
        """Share of the defects that were found."""
        return 1 - len(self.missed) / len(self.defects)

    @property
    def false_alarms(self) -> float:
        """Share of the loud findings that are about a record in order."""
        return len(self.false) / self.loud

    def figures(self) -> str:
        """What was found, and how often in vain, in one line."""
        kinds = len({defect.kind for defect in self.defects})
        found = len(self.defects) - len(self.missed)
        return (
            f"{self.form}: {found}/{len(self.defects)} defects of {kinds} kinds found ({self.recall:.2%}), "
            f"{len(self.false)}/{self.loud} false alarms ({self.false_alarms:.2%})"
        )

    def text(self) -> str:
        """The figures by category, and every miss and false alarm."""
        planted, missed = (Counter(one.category for one in some) for some in (self.defects, self.missed))
        by_category = ", ".join(f"C{n} {planted[f'C{n}'] - missed[f'C{n}']}/{planted[f'C{n}']}" for n in range(1, 15))
        misses = Counter(f"missed {defect.category} {defect.kind}" for defect in self.missed)
        alarms = Counter(f"false alarm {one.source} {one.item} {one.code}" for one in self.false)
        details = (f"{what} ×{count}" for what, count in sorted((misses + alarms).items()))
        return "\n  ".join([self.figures(), by_category, *details])


def measure(folder: Path, form: str, *, residents: int, seed: int, name: str = "first") -> Score:
    """Move a town clean, spoil it by a set of defects, move it again."""
    project = make_town(folder / "dump", form, "none", residents=residents, seed=seed)
    run(project, folder / "clean", key_home=folder / "keys")
    usual = {(one.source, one.line, one.code, one.item) for one in said(folder / "clean")}
    defects, places = plant(project, form, seed, name)
    run(project, folder / "run", key_home=folder / "keys")
    allowed = {row for defect in defects for row in (*defect.rows, *defect.related)}
    heard: set[Row] = set()
    words: list[str] = []
    loud, false = 0, []
    for one in said(folder / "run"):
        row = places.get(one.source, {}).get(one.line)
        if row is None:
            words.append(one.words)
        elif (one.source, row.line, one.code, one.item) not in usual:
            heard.add(row)
        else:
            continue
        loud += one.severity in LOUD
        if one.severity in LOUD and row not in allowed and not _named(defects, one):
            false.append(one)
    missed = [one for one in defects if not heard.intersection(one.rows) and not _any_word(one, words)]
    return Score(form, defects, missed, loud, false)


def _any_word(defect: Defect, words: list[str]) -> bool:
    return bool(defect.word) and any(defect.word in some for some in words)


def _named(defects: list[Defect], one: Said) -> bool:
    return any(defect.word and defect.word in one.words for defect in defects)
