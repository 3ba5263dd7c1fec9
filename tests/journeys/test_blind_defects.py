"""Journey: recall of the checks on defects that were written without knowledge of them, and their false alarms.

First figures, before any check was mended after the set: 67 % of the first set in both forms, 57 % of the second, 43 %
of the third, which is the newest and the best measure of what nobody has thought of yet. The floors below are what the
mended checks reach, less a margin: they guard what was won and say nothing about defects to come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.figures import FIGURES
from tests.journeys.blind.score import measure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RESIDENTS = 2_000
SEED = 1121
CATEGORIES = {f"C{number}" for number in range(1, 15)}


@pytest.mark.parametrize("form", ["vendor-a", "vendor-c"])
def test_defects_of_a_stranger_are_found(
    tmp_path: Path, form: str, record_property: Callable[[str, object], None]
) -> None:
    score = measure(tmp_path, form, residents=RESIDENTS, seed=SEED)
    record_property(FIGURES, f"a stranger's first set, {score.figures()}")
    kinds = {(defect.category, defect.kind) for defect in score.defects}
    assert {name for name in CATEGORIES if sum(category == name for category, _ in kinds) < 3} == set()
    assert len(kinds) >= 200
    assert score.recall >= 0.95, score.text()
    assert score.false_alarms <= 0.01, score.text()


@pytest.mark.parametrize(("name", "kinds", "recall"), [("second", 80, 0.95), ("third", 100, 0.65)])
def test_defects_of_other_sets_are_found(
    tmp_path: Path, name: str, kinds: int, recall: float, record_property: Callable[[str, object], None]
) -> None:
    score = measure(tmp_path, "vendor-c", residents=RESIDENTS, seed=SEED, name=name)
    record_property(FIGURES, f"a stranger's {name} set, {score.figures()}")
    assert len({defect.kind for defect in score.defects}) >= kinds
    assert score.recall >= recall, score.text()
    assert score.false_alarms <= 0.01, score.text()
