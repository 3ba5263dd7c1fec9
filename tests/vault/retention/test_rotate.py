"""After a rotation the new keys write and open; what was signed before stays valid; the former signer is refused.

Oracle: the feeds that were sent, and rage, which opens or does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.vault.retention.keeping import Kept, town_at

from yakuba.kernel.errors import CannotContinueError, NotProvenError, UsageError
from yakuba.vault.keys import make_keys, open_signer, recipient_of
from yakuba.vault.services.holds import hold
from yakuba.vault.services.policy import Policy
from yakuba.vault.services.prune import prune
from yakuba.vault.services.rotate import Change, rotate

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def town(tmp_path: Path) -> Kept:
    kept = town_at(tmp_path)
    for _ in range(3):
        kept.day()
    return kept


def rotated(town: Kept, change: Change, *, rewrap: bool = False, keys: Path | None = None) -> None:
    rotate(town.place, change, keys=keys or town.keys, rewrap=town.keys if rewrap else None, now=town.at())


def test_a_new_signer_writes_on_and_old_entries_stay_valid(town: Kept, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    rotated(town, Change(new_keys=fresh))
    assert sorted(path.name for path in fresh.iterdir()) == ["recipient.txt", "signer.key", "signer.pub"]
    assert recipient_of(fresh) == recipient_of(town.keys)
    assert town.day(keys=fresh).kind == "delta"
    assert town.chain().signers == (open_signer(fresh).public,)
    assert town.all_given()


def test_a_stolen_signer_is_refused_after_rotation(town: Kept, tmp_path: Path) -> None:
    rotated(town, Change(new_keys=tmp_path / "fresh"))
    entries = len(town.chain().entries)
    for work in (
        town.day,
        lambda: prune(town.place, Policy(), keys=town.keys),
        lambda: hold(town.place, 1, "盗まれた鍵で", keys=town.keys),
        lambda: rotated(town, Change(new_keys=tmp_path / "thief")),
    ):
        with pytest.raises(CannotContinueError, match="not a signer"):
            work()
    assert len(town.chain().entries) == entries


def test_rewrapping_opens_the_past_to_the_new_and_shuts_it_to_the_dropped(town: Kept, tmp_path: Path) -> None:
    fresh, old = tmp_path / "fresh", recipient_of(town.keys)
    rotated(town, Change(new_keys=fresh, drop=[old]), rewrap=True)
    assert town.chain().recipients == (recipient_of(fresh),)
    assert town.all_given(fresh)
    with pytest.raises(NotProvenError, match="does not open it"):
        town.gives(1)
    town.day(keys=fresh)
    assert town.all_given(fresh)


def test_nobody_new_comes_in_without_what_lies_there_already(town: Kept, tmp_path: Path) -> None:
    """Else the old key would be destroyed one day, and no delta could be opened any more."""
    other = make_keys(tmp_path / "other").folder
    entries = len(town.chain().entries)
    for change in (Change(new_keys=other), Change(add=[recipient_of(other)])):
        with pytest.raises(UsageError, match="could open nothing"):
            rotated(town, change)
    assert len(town.chain().entries) == entries


def test_a_dropped_recipient_opens_what_was_and_not_what_comes(town: Kept, tmp_path: Path) -> None:
    centre = make_keys(tmp_path / "prefecture").folder
    rotated(town, Change(add=[recipient_of(centre)]), rewrap=True)
    rotated(town, Change(drop=[recipient_of(centre)]))
    made = town.day()
    assert town.gives(1, centre)
    assert town.all_given()
    with pytest.raises(NotProvenError, match="does not open it"):
        town.gives(made.number, centre)


def test_a_second_recipient_can_be_added_and_dropped(town: Kept, tmp_path: Path) -> None:
    centre = make_keys(tmp_path / "prefecture").folder
    rotated(town, Change(add=[recipient_of(centre)]), rewrap=True)
    assert town.all_given(centre)
    assert town.all_given()
    rotated(town, Change(drop=[recipient_of(centre)]), rewrap=True)
    with pytest.raises(NotProvenError, match="does not open it"):
        town.gives(1, centre)
    assert town.all_given()


def test_what_nobody_can_mean_is_refused_and_changes_nothing(town: Kept, tmp_path: Path) -> None:
    other = recipient_of(make_keys(tmp_path / "other").folder)
    entries = len(town.chain().entries)
    for change, told in (
        (Change(), "nothing would change"),
        (Change(drop=[recipient_of(town.keys)]), "nobody could open"),
        (Change(drop=[other]), "is no recipient"),
        (Change(add=["age1nonsense"]), "no recipient"),
    ):
        with pytest.raises(UsageError, match=told) as error:
            rotated(town, change)
        assert error.value.remedy
    with pytest.raises(NotProvenError, match="does not open it"):
        rotate(town.place, Change(add=[other]), keys=town.keys, rewrap=tmp_path / "other", now=town.at())
    assert len(town.chain().entries) == entries


def test_a_forged_vault_gets_no_key_of_ours(town: Kept, tmp_path: Path) -> None:
    """Envelopes copied into another's vault are not sealed again for its recipients."""
    thief = town_at(tmp_path / "thief")
    with pytest.raises(NotProvenError, match="written by other keys"):
        rotate(thief.place, Change(add=[recipient_of(town.keys)]), keys=town.keys, rewrap=town.keys)
