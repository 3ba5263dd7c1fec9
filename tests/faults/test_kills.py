"""kill -9 at any moment of a work: what was safe stays safe, and the work is done by doing it again.

Oracle: tests/faults/feeds.py, what the town had on each day. All 200: `python -m tests.faults kills --times 200`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.faults.kills import kill
from tests.faults.table import WORKS
from tests.figures import FIGURES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TIMES, SEED = {"sealing": 2}, 1


@pytest.mark.parametrize("work", WORKS)
def test_nothing_is_lost_by_a_kill(work: str, tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    times = TIMES.get(work, 6)
    kills = kill(work, times, SEED, tmp_path)
    record_property(FIGURES, str(kills))
    assert kills.ends.total() == times
