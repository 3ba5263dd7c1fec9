"""Two and more at work on one vault at once, each on a machine of its own.

Oracle: tests/faults/feeds.py; a chain has one next entry, so of those who write it one wins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.faults.rivals import compete
from tests.figures import FIGURES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

ROUNDS = 3


@pytest.mark.parametrize(
    "works", [("backup", "backup"), ("prune", "backup", "compaction", "replication")], ids="+".join
)
def test_who_loses_is_told_and_nothing_is_lost(
    works: Sequence[str], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    rivals = compete(works, ROUNDS, tmp_path)
    record_property(FIGURES, str(rivals))
    assert rivals.ends.total() == ROUNDS * len(works)
