"""A held generation stays, restorable, until it is released, and every hold and release says why.

Oracle: the feeds that were sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.vault.retention.keeping import Kept, town_at

from yakuba.kernel.errors import UsageError
from yakuba.vault.services.holds import hold, release
from yakuba.vault.services.policy import Policy
from yakuba.vault.services.prune import prune
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

LAST = Policy(newest=1, daily=0, weekly=0, monthly=0, yearly=0)


@pytest.fixture
def town(tmp_path: Path) -> Kept:
    """Two full generations with deltas on them; nothing is within its retention."""
    kept = town_at(tmp_path)
    for full in (True, False, False, True, False):
        kept.day(full=full)
    return kept


def test_a_held_generation_and_what_it_stands_on_stay(town: Kept) -> None:
    hold(town.place, 2, "監査委員の求め", keys=town.keys)
    done = prune(town.place, LAST, keys=town.keys)
    assert done.plan.kept == {2: "held", 5: "newest"}
    assert done.plan.generations == (1, 3, 4)
    assert town.gives(2)
    assert town.gives(5)
    assert len(open_store(town.place).names("objects/")) == 4


def test_a_released_one_goes_once_its_lock_ends(town: Kept) -> None:
    hold(town.place, 3, "監査委員の求め", keys=town.keys)
    release(town.place, 3, "監査の終了", keys=town.keys)
    done = prune(town.place, LAST, keys=town.keys)
    assert done.plan.generations == (1, 2, 3, 4)
    assert len(done.plan.waiting) == 3, "what was held is locked for a year"
    assert town.all_given()
    assert [entry.fields["reason"] for entry in town.chain().entries if "reason" in entry.fields] == [
        "監査委員の求め", "監査の終了",
    ]  # fmt: skip


def test_what_makes_no_sense_is_refused(town: Kept) -> None:
    for work, number, reason, told in (
        (hold, 99, "x", "no such generation"),
        (hold, 1, "  ", "no reason"),
        (release, 1, "x", "is not held"),
    ):
        with pytest.raises(UsageError, match=told) as error:
            work(town.place, number, reason, keys=town.keys)
        assert error.value.remedy
    hold(town.place, 1, "求め", keys=town.keys)
    with pytest.raises(UsageError, match="no reason"):
        release(town.place, 1, "", keys=town.keys)
    assert set(town.chain().holds) == {1}
