"""Journey: recall of the checks on defects that were written without knowledge of them, and their false alarms.

First figures, before any check was mended: 67 % of the first set in both forms, 57 % of the second; no false alarm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.journeys.blind.score import Score, measure

if TYPE_CHECKING:
    from pathlib import Path

RESIDENTS = 2_000
SEED = 1121
CATEGORIES = {f"C{number}" for number in range(1, 15)}


def told(score: Score, capsys: pytest.CaptureFixture[str]) -> None:
    """Print the figures: they are what these tests are for."""
    with capsys.disabled():
        print("\n" + score.text())  # noqa: T201 - see above


@pytest.mark.parametrize("form", ["vendor-a", "vendor-c"])
def test_defects_of_a_stranger_are_found(tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    score = measure(tmp_path, form, residents=RESIDENTS, seed=SEED)
    told(score, capsys)
    kinds = {(defect.category, defect.kind) for defect in score.defects}
    assert {name for name in CATEGORIES if sum(category == name for category, _ in kinds) < 3} == set()
    assert len(kinds) >= 200
    assert score.recall >= 0.95, score.text()
    assert score.false_alarms <= 0.01, score.text()


def test_defects_of_a_second_set_are_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    score = measure(tmp_path, "vendor-c", residents=RESIDENTS, seed=SEED, second_set=True)
    told(score, capsys)
    assert len({defect.kind for defect in score.defects}) >= 80
    assert score.recall >= 0.60, score.text()
    assert score.false_alarms <= 0.01, score.text()
