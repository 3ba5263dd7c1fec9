"""Journey: three old vendors' towns move; planted defects are found, clean towns are clean.

Oracle: the truth that the town maker writes beside its dump.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl
import pytest
from click.testing import CliRunner

from yakuba.cli import root
from yakuba.migration.contracts import FILE, LINE
from yakuba.migration.pipeline.run import Outcome, run
from yakuba.migration.project import read_project

if TYPE_CHECKING:
    from pathlib import Path

RESIDENTS = 3_000
VENDORS = ("vendor-a", "vendor-b", "vendor-c")


def make_town(folder: Path, form: str, defects: str, residents: int = RESIDENTS, seed: int = 7) -> Path:
    arguments = ["town", "make", "--residents", str(residents), "--seed", str(seed), "--form", form]
    result = CliRunner().invoke(root, [*arguments, "--defects", defects, "--out", str(folder)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return folder / "project.toml"


def moved(tmp_path: Path, form: str, defects: str) -> tuple[Path, Path, Outcome]:
    project = make_town(tmp_path / "dump", form, defects)
    out = tmp_path / "run"
    return project, out, run(project, out, key_home=tmp_path / "keys")


@pytest.mark.parametrize("form", [*VENDORS, "kihon", "chukan"])
def test_a_clean_town_moves_without_an_error(tmp_path: Path, form: str) -> None:
    _, out, outcome = moved(tmp_path, form, "none")
    wrong = pl.read_parquet(out / "findings.parquet").filter(pl.col("severity").is_in(["error", "stop"]))
    assert wrong.is_empty(), wrong.group_by("code", "item").len().to_dicts()
    assert outcome.proven
    assert outcome.records == outcome.loaded > RESIDENTS
    assert outcome.rejected == outcome.merged == 0


@dataclass(frozen=True)
class Score:
    planted: int
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


def score(project_path: Path, out: Path) -> Score:
    """Planted defects against what the run said: a finding or a recorded correction in the same record by the rule."""
    dump = read_project(project_path).dump
    with (project_path.parent / "truth.csv").open(encoding="utf-8", newline="") as stream:
        truth = list(csv.DictReader(stream))
    said = pl.concat(
        [
            _placed(pl.read_parquet(out / "findings.parquet"), "code", out),
            _placed(pl.read_parquet(out / "corrections.parquet"), "rule", out).with_columns(severity=pl.lit("note")),
        ],
        how="diagonal",
    )
    assert dump.is_dir()
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
    return Score(len(planted), len(planted) - len(missed), raised.height, wrong.height, missed, wrong)


def _placed(frame: pl.DataFrame, code: str, out: Path) -> pl.DataFrame:
    from yakuba.migration.verification.evidence import read_evidence

    files = {
        (entry["source"], index): file["path"]
        for entry in read_evidence(out).of_kind("source")
        for index, file in enumerate(entry["files"])
    }
    names = [files.get((source, file), "") for source, file in frame.select("source", FILE).iter_rows()]
    severity = "severity" if "severity" in frame.columns else pl.lit("note").alias("severity")
    return frame.select(pl.col(code).alias("code"), severity, LINE, pl.Series("file", names, dtype=pl.String), "item")


@pytest.mark.parametrize("form", VENDORS)
def test_planted_defects_are_found(tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    project, out, outcome = moved(tmp_path, form, "realistic")
    result = score(project, out)
    with capsys.disabled():
        print(  # noqa: T201 - the figures are what this test is asked to print
            f"\n{form}: {result.found}/{result.planted} planted defects found ({result.recall:.2%}), "
            f"{result.false}/{result.raised} false alarms ({result.false_alarms:.2%})"
        )
    assert outcome.proven
    assert outcome.records == outcome.loaded + outcome.merged + outcome.rejected
    assert result.planted >= 100
    assert result.recall >= 0.99, result.missed
    assert result.false_alarms <= 0.01, result.wrong.group_by("code", "item").len().to_dicts()
