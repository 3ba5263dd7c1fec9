"""Compaction keeps every generation as it was, and can never drop the last good copy.

Oracle: the feeds that were sent, compared row by row with what is restored after each step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.vault.retention.keeping import Kept, town_at

from yakuba.kernel.errors import CannotContinueError, NotProvenError, UsageError
from yakuba.vault.keys import make_keys, open_identity
from yakuba.vault.sealed import open_layers
from yakuba.vault.services.compact import compact
from yakuba.vault.services.policy import Policy
from yakuba.vault.services.prune import prune
from yakuba.vault.store import folder as folder_store
from yakuba.vault.store import open_store
from yakuba.vault.tables.compacting import write_compacted
from yakuba.vault.tables.contents import Contents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from yakuba.vault.services.compact import Compacted

LAST = Policy(newest=1, daily=0, weekly=0, monthly=0, yearly=0)


@pytest.fixture
def town(tmp_path: Path) -> Kept:
    """Five days: a full generation and four deltas."""
    kept = town_at(tmp_path)
    for _ in range(5):
        kept.day()
    return kept


def compacted(town: Kept, number: int | None = None) -> Compacted:
    return compact(
        town.place, number, identity=town.keys, keys=town.keys, work=town.folder / "state", now=town.at(town.days)
    )


def objects(town: Kept) -> int:
    return len(list((town.folder / "vault/objects").iterdir()))


def test_a_compacted_generation_and_all_others_restore_as_before(town: Kept) -> None:
    done = compacted(town, 3)
    assert (done.number, done.before) == (3, 3)
    assert len(town.chain().layers(3)) == 1
    assert len(town.chain().layers(5)) == 3
    assert objects(town) == 6
    assert town.all_given()


def test_the_days_after_stand_on_the_compacted_one(town: Kept) -> None:
    compacted(town)
    town.day()
    assert town.chain().generations[-1].kind == "delta"
    assert len(town.chain().layers(town.chain().generations[-1].number)) == 2
    assert town.all_given()


def test_the_old_objects_go_with_a_later_prune_and_nothing_else(town: Kept) -> None:
    compacted(town)
    town.day()
    town.days += 70  # the locks of what yesterday's delta stood on have ended
    newest = town.day()
    assert newest.base == 1
    done = prune(town.place, LAST, keys=town.keys, now=town.at())
    assert list(done.plan.kept) == [newest.number]
    assert len(done.deleted) == 5, "what the compacted one replaced"
    assert objects(town) == 3
    assert town.all_given()


def test_one_object_is_not_compacted_again(town: Kept) -> None:
    with pytest.raises(UsageError, match="one object already"):
        compacted(town, 1)
    compacted(town, 5)
    with pytest.raises(UsageError, match="one object already"):
        compacted(town, 5)


def test_another_identity_compacts_nothing(town: Kept, tmp_path: Path) -> None:
    other = make_keys(tmp_path / "other").folder
    with pytest.raises(NotProvenError, match="does not open it"):
        compact(town.place, identity=other, keys=town.keys, work=tmp_path / "state")
    assert objects(town) == 5


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[200_000] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [_cut, _flip])
def test_a_copy_that_does_not_read_back_is_not_committed(
    town: Kept, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], None]
) -> None:
    put = folder_store.FolderStore.put_new

    def bad_disk(store: folder_store.FolderStore, name: str, source: Path | bytes, **kept: object) -> None:
        put(store, name, source, **kept)  # type: ignore[arg-type]
        if name.startswith("objects/"):
            damage(town.folder / "vault" / name)

    entries = len(town.chain().entries)
    monkeypatch.setattr(folder_store.FolderStore, "put_new", bad_disk)
    with pytest.raises(NotProvenError):
        compacted(town)
    monkeypatch.undo()
    assert len(town.chain().entries) == entries
    assert town.all_given()


def test_other_rows_are_not_committed(town: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    layers = open_layers(open_store(town.place), town.chain(), 4, open_identity(town.keys))
    monkeypatch.setattr(f"{compact.__module__}.write_compacted", lambda _, out: write_compacted(Contents(layers), out))
    with pytest.raises(NotProvenError):
        compacted(town, 5)
    assert town.all_given()


@pytest.mark.parametrize("at", range(6))
def test_cut_anywhere_nothing_is_lost_and_it_can_be_done_again(
    town: Kept, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power goes at the `at`-th step of writing."""
    left = [at]

    def step(inner: Callable[..., object]) -> Callable[..., object]:
        def cut(*arguments: object) -> object:
            if left[0] == 0:
                raise KeyboardInterrupt
            left[0] -= 1
            return inner(*arguments)

        return cut

    for name in ("write_synced", "name_new"):
        monkeypatch.setattr(folder_store, name, step(getattr(folder_store, name)))
    try:
        compacted(town)
    except KeyboardInterrupt:
        assert len(town.chain().layers(5)) == 5
    monkeypatch.undo()
    assert town.all_given()
    if len(town.chain().layers(5)) == 5:
        compacted(town)
    town.day()
    assert town.all_given()
    assert len(town.chain().layers(town.chain().generations[-1].number)) == 2


def test_a_full_disk_leaves_the_generation(town: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder_store, "write_synced", full)
    with pytest.raises(CannotContinueError, match="No space left"):
        compacted(town)
    monkeypatch.undo()
    assert town.all_given()
