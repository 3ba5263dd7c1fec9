"""Journey: three old vendors' towns move; planted defects are found, clean towns are clean.

Oracle: the truth that the town maker writes beside its dump.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl
import pytest
from tests.figures import FIGURES
from tests.journeys.towns import Moved, move

from yakuba.migration.contracts import FILE, LINE
from yakuba.migration.verification.evidence import EvidenceBuilder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RESIDENTS = 3_000
VENDORS = ("vendor-a", "vendor-b", "vendor-c")


@pytest.mark.parametrize("form", [*VENDORS, "kihon", "chukan"])
def test_a_clean_town_moves_without_an_error(tmp_path: Path, form: str) -> None:
    town = move(tmp_path, form, "none", residents=RESIDENTS)
    wrong = pl.read_parquet(town.out / "findings.parquet").filter(pl.col("severity").is_in(["error", "stop"]))
    assert wrong.is_empty(), wrong.group_by("code", "item").len().to_dicts()
    assert town.outcome.proven
    assert town.outcome.records == town.outcome.loaded > RESIDENTS
    assert town.outcome.rejected == town.outcome.merged == 0


@dataclass(frozen=True)
class Score:
    planted: int
    categories: set[str]
    found: int
    raised: int
    false: int
    missed: list[dict[str, str]]
    wrong: pl.DataFrame

    @property
    def recall(self) -> float:
        return self.found / self.planted

    @property
    def false_alarms(self) -> float:
        return self.false / self.raised


def score(town: Moved) -> Score:
    """Planted defects against what the run said: a finding or a recorded correction in the same record by the rule."""
    out = town.out
    with (town.project.parent / "truth.csv").open(encoding="utf-8", newline="") as stream:
        truth = list(csv.DictReader(stream))
    said = pl.concat(
        [
            _placed(pl.read_parquet(out / "findings.parquet"), "code", out),
            _placed(pl.read_parquet(out / "corrections.parquet"), "rule", out),
        ]
    )
    told = set(said.select("file", LINE, "code").iter_rows())
    planted = [row for row in truth if row["role"] == "defect"]
    missed = [
        row
        for row in planted
        if not any((row["file"], int(row["line"]), code) in told for code in row["code"].split("|"))
    ]
    places = {(row["file"], int(row["line"])) for row in truth}
    raised = said.filter(pl.col("severity").is_in(["stop", "error", "warning"]))
    keep = [(file, line) not in places for file, line in raised.select("file", LINE).iter_rows()]
    wrong = raised.filter(pl.Series(keep, dtype=pl.Boolean))
    return Score(
        len(planted),
        {row["category"] for row in planted},
        len(planted) - len(missed),
        raised.height,
        wrong.height,
        missed,
        wrong,
    )


def _placed(frame: pl.DataFrame, code: str, out: Path) -> pl.DataFrame:
    """Code, severity and item of every row with the file and line that it is about."""
    inputs = EvidenceBuilder.read(out).of("input")
    names: dict[str, list[str]] = {}
    for entry in inputs:
        names.setdefault(entry["source"], []).append(entry["path"])
    files = ["" if file is None else names[source][file] for source, file in frame.select("source", FILE).iter_rows()]
    severity = pl.col("severity") if "severity" in frame.columns else pl.lit("note").alias("severity")
    return frame.select(pl.col(code).alias("code"), severity, LINE, pl.Series("file", files, dtype=pl.String), "item")


@pytest.mark.parametrize("form", VENDORS)
def test_planted_defects_are_found(tmp_path: Path, form: str, record_property: Callable[[str, object], None]) -> None:
    town = move(tmp_path, form, "realistic", residents=RESIDENTS)
    result, outcome = score(town), town.outcome
    record_property(
        FIGURES,
        f"{form}: {result.found}/{result.planted} planted defects found ({result.recall:.2%}), "
        f"{result.false}/{result.raised} false alarms ({result.false_alarms:.2%})",
    )
    assert outcome.proven
    assert outcome.records == outcome.loaded + outcome.merged + outcome.rejected
    assert result.categories == {f"C{number}" for number in range(1, 15)}
    assert result.planted >= 90
    assert result.recall >= 0.99, result.missed
    assert result.false_alarms <= 0.01, result.wrong.group_by("code", "item").len().to_dicts()
