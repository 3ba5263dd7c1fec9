"""Files of a vault cut, lengthened, swapped, taken away, put back from another day or another 団体; wrong keys.

Oracle: tests/faults/feeds.py for what the town had; the vault itself, which a refused work must leave as it was.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.faults.attacks import attack, files
from tests.faults.feeds import STANDARD, as_of, rows
from tests.faults.flips import three_days
from tests.faults.town import Town
from tests.figures import FIGURES

from yakuba.kernel.errors import CannotContinueError, NotProvenError
from yakuba.vault.keys import make_keys
from yakuba.vault.services.backup import backup
from yakuba.vault.services.compact import compact
from yakuba.vault.services.extract import extract
from yakuba.vault.services.holds import hold
from yakuba.vault.services.policy import Policy
from yakuba.vault.services.prune import prune
from yakuba.vault.services.restore import restore
from yakuba.vault.services.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable

OTHER_TOWN = "131024"


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return three_days(tmp_path)


def test_what_somebody_with_the_bytes_can_do(
    town: Town, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    other = Town(town.fixed, tmp_path / "other")
    other.begin(OTHER_TOWN)
    for day in (0, 1, 2):
        other.back_up(day, full=day == 2)
    attacks = attack(town, other, seed=1)
    record_property(FIGURES, str(attacks))
    assert len(attacks.kinds) == 7


def test_a_vault_put_back_to_an_older_state(town: Town, record_property: Callable[[str, object], None]) -> None:
    """Each older state is a valid chain: only who knows a later head can tell, and the writer does."""
    entries, head, days = files(town, "entries"), town.chain().head, town.days
    for count in range(len(entries) - 1, 0, -1):
        entries[count].unlink()
        assert [one.code for one in verify(town.vault, identity=town.keys, expect_head=head).findings if
                one.code == "rolled_back"] == ["rolled_back"]  # fmt: skip
        before = snapshot(town)
        with pytest.raises(NotProvenError) as told:
            town.back_up(9)
        assert told.value.remedy
        assert snapshot(town) == before
        for generation, day in town.days.items():
            assert town.restored_rows(generation) == (days[generation], rows(day))
    found = f"{len(entries) - 1} found by verify with a head, {len(entries) - 1} by the next backup"
    record_property(FIGURES, f"{len(entries) - 1} older states put back: {found}; they serve the day that they say")


def test_a_vault_dated_in_the_future(town: Town) -> None:
    """A writer whose clock is ahead: verify says it, restore says it, and retention does not end earlier by it."""
    later = datetime.now(UTC) + timedelta(days=400)
    feed = town.fixed / "day-1"
    backup(town.vault, feed, keys=town.keys, state=town.disk / "state", standard=STANDARD, as_of=as_of(3), now=later)
    assert "future" in {one.code for one in verify(town.vault).findings}
    made = restore(town.vault, identity=town.keys, out=town.fixed / "out")
    assert made.warnings
    assert not prune(town.vault, Policy(1, 0, 0, 0, 0), keys=town.keys).plan.generations


def test_wrong_keys(town: Town, tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    wrong, out, work = tmp_path / "wrong", tmp_path / "out", tmp_path / "work"
    stranger = make_keys(wrong).fingerprint
    policy, vault = Policy(1, 0, 0, 0, 0), town.vault
    feed, state = town.fixed / "day-1", tmp_path / "state"
    tries: dict[str, Callable[[], object]] = {
        "restore": lambda: restore(vault, identity=wrong, out=out),
        "extract": lambda: extract(vault, identity=wrong, out=out, addressee="1"),
        "compact, identity": lambda: compact(vault, 2, identity=wrong, keys=town.keys, work=work),
        "compact, signer": lambda: compact(vault, 2, identity=town.keys, keys=wrong, work=work),
        "backup": lambda: backup(vault, feed, keys=wrong, state=state, standard=STANDARD, as_of=as_of(9)),
        "prune": lambda: prune(vault, policy, keys=wrong),
        "hold": lambda: hold(vault, 1, "reason", keys=wrong),
        "restore, another signer": lambda: restore(vault, identity=town.keys, out=out, signer=stranger),
        "backup, another signer": lambda: backup(
            vault, feed, keys=town.keys, state=state, standard=STANDARD, as_of=as_of(9), signer=stranger
        ),
    }
    before = snapshot(town)
    for name, work_with_them in tries.items():
        with pytest.raises(CannotContinueError) as told:
            work_with_them()
        assert told.value.remedy, name
        assert snapshot(town) == before, name
        assert not out.exists(), name
    assert not verify(vault, identity=wrong).proven
    assert not verify(vault, signer=stranger).proven
    record_property(FIGURES, f"{len(tries) + 2} works with wrong keys: all refused with a remedy, nothing changed")


def snapshot(town: Town) -> dict[str, bytes]:
    """All files of a vault."""
    folder = Path(town.vault)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
