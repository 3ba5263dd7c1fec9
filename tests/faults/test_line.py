"""A vault in object storage over a line that breaks: at any request of a work, in any way.

Oracle: what the server itself lists afterwards, and tests/faults/feeds.py. All: `python -m tests.faults line`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.faults.line import server, spoil
from tests.figures import FIGURES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TIMES, SEED = 5, 1


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with server() as address:
        yield address


@pytest.mark.parametrize("work", ["backup", "prune", "compaction"])
def test_nothing_is_lost_over_a_bad_line(
    work: str, endpoint: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    spoiled = spoil(work, TIMES, SEED, endpoint, tmp_path)
    record_property(FIGURES, str(spoiled))
    assert spoiled.ends.total() == TIMES
