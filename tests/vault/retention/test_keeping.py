"""What a delta stands on is locked as long as the delta, and a day asks the store for one lock, not for all.

Oracle: the locks that lie in the folder, compared with the retention of every generation above.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tests.vault.retention.keeping import town_at

from yakuba.vault.store.folder import FolderStore

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

RETAIN = 5


def test_locks_reach_as_far_as_what_stands_on_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    keep = FolderStore.keep

    def counted(store: FolderStore, name: str, until: datetime) -> None:
        asked.append(name)
        keep(store, name, until)

    monkeypatch.setattr(FolderStore, "keep", counted)
    town = town_at(tmp_path)
    for _ in range(8):
        town.day(retain_days=RETAIN)
    assert len(asked) == len(set(asked)) == 7
    town.days += 40
    town.day(retain_days=RETAIN)
    assert len(asked) == 7 + 8, "after the stride, once more for each"
    chain = town.chain()
    for generation in chain.generations:
        for one in chain.layers(generation.number):
            file = tmp_path / "vault/locks" / one.name.replace("/", "-")
            assert datetime.fromisoformat(file.read_text()) >= generation.retain_until
            assert max(one.retain_until, chain.ledger.locks.get(one.name, one.retain_until)) >= generation.retain_until
