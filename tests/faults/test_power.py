"""The power goes between any two calls of a work, or the disk is full from any call on.

Oracle: tests/faults/disk.py for what may lie on the disk then, tests/faults/feeds.py for what the town had.
All states: `python -m tests.faults power`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.faults.power import fill_disk, lose_power
from tests.faults.table import WORKS
from tests.figures import FIGURES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STATES, STEP, SEED = {"sealing": 3}, {"sealing": 30}, 1


@pytest.mark.parametrize("work", WORKS)
def test_nothing_is_lost_with_the_power(
    work: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    states = STATES.get(work, 8)
    losses = lose_power(work, states, SEED, tmp_path)
    record_property(FIGURES, str(losses))
    assert losses.ends.total() == states < losses.worlds


@pytest.mark.parametrize("work", WORKS)
def test_nothing_is_lost_on_a_full_disk(
    work: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    full = fill_disk(work, STEP.get(work, 5), tmp_path)
    record_property(FIGURES, str(full))
    assert full.refused > full.done
