"""A backup that dies at any step leaves the vault as it was or one generation further, and can be run again.

Oracle: the rows of the towns. Here each call of the store dies in turn, before and after it did its work; kills from
outside and power cuts are in tests/faults.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.vault.hall import FIRST, Hall, small_town

from yakuba.vault.chain import read_chain
from yakuba.vault.services.initialise import initialise
from yakuba.vault.services.verify import verify
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from pathlib import Path


class Dies(BaseException):
    """The machine stops: nothing that catches errors sees it."""


class Dying:
    """A store whose n-th call is the last."""

    def __init__(self, place: str, calls: float, *, after: bool) -> None:
        self._store, self._left, self._after = open_store(place), calls, after
        self.made = 0

    def __getattr__(self, name: str) -> Any:
        verb = getattr(self._store, name)

        def called(*given: Any, **named: Any) -> Any:
            self.made += 1
            self._left -= 1
            if self._left < 0 and not self._after:
                raise Dies
            outcome = verb(*given, **named)
            if self._left < 0:
                raise Dies
            return outcome

        return called


def dying(monkeypatch: pytest.MonkeyPatch, hall: Hall, calls: float, *, after: bool) -> Dying:
    store = Dying(hall.place, calls, after=after)
    for service in ("backup", "initialise"):
        monkeypatch.setattr(f"yakuba.vault.services.{service}.open_store", lambda _: store)
    return store


def test_a_backup_dies_at_every_call(three_days: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spare = Hall(tmp_path / "spare")
    shutil.copytree(three_days.folder, spare.folder)
    whole = dying(monkeypatch, spare, float("inf"), after=False)
    replace(spare, towns=dict(three_days.towns)).backup(small_town(3))
    assert whole.made > 4
    done = 0
    for step in range(2 * whole.made):
        monkeypatch.undo()
        hall = replace(three_days, folder=tmp_path / str(step), towns=dict(three_days.towns))
        shutil.copytree(three_days.folder, hall.folder)
        dying(monkeypatch, hall, step // 2, after=bool(step % 2))
        with pytest.raises(Dies):
            hall.backup(small_town(3))
        monkeypatch.undo()
        assert verify(hall.place, identity=hall.keys).proven
        newest = read_chain(open_store(hall.place)).generation().number
        hall.towns[4] = small_town(3)
        assert newest in {3, 4}
        done += newest == 4
        made = hall.backup(small_town(4), day=6)
        assert made.number == newest + 1
        for number in range(1, made.number + 1):
            assert hall.restored(number) == hall.expected(number)
        assert [path.name for path in (hall.folder / "state").glob("scratch-*")] == []
        shutil.rmtree(hall.folder)
    assert done == 1, "one call commits, and it is the last one"


def test_a_making_that_dies_leaves_no_vault_or_a_vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for step in range(20):
        hall = Hall(tmp_path / str(step))
        monkeypatch.undo()
        store = dying(monkeypatch, hall, step // 2, after=bool(step % 2))
        try:
            initialise(hall.place, hall.municipality, hall.keys, now=FIRST)
        except Dies:
            monkeypatch.undo()
            if not open_store(hall.place).names("entries/"):
                hall.opened()
        monkeypatch.undo()
        assert hall.days(1).restored() == hall.expected(1)
        if store.made <= step // 2:
            break
    assert store.made >= 2
