"""What lies about tells nobody anything: not the vault, not its sizes, not the machine that writes it.

Oracle: a search for the residents' names and numbers in every byte; equality of what two different days look like.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.vault.hall import NAME, Hall, small_town

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.vault.chain import read_chain
from yakuba.vault.rounding import rounded
from yakuba.vault.sealed import store_sealed
from yakuba.vault.services.backup import backup
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from yakuba.vault.chain import Chain
    from yakuba.vault.store import Store

SECRETS = [NAME.encode(), "つばさ".encode(), b"1002,", b"A1,", "日目".encode(), "通称\n".encode()]


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("part", ["vault", "state"])
def test_no_name_is_in_it(three_days: Hall, part: str) -> None:
    found = everything(three_days.folder / part)
    assert len(found) > 3
    for name, content in found.items():
        assert not [secret for secret in SECRETS if secret in content], name
    feeds = b"".join(content for name, content in everything(three_days.folder).items() if name.startswith("feed"))
    assert all(secret in feeds for secret in SECRETS), "the search finds what there is"


def test_the_keys_of_residents_are_not_in_the_state_as_plain_digests(three_days: Hall) -> None:
    """A digest without a secret would let anyone try all numbers: the state knows keyed marks only."""
    content = b"".join(everything(three_days.folder / "state").values())
    for text in (b"1002", b"1002,1", f"1002,1,{NAME}2".encode()):
        assert hashlib.sha256(text).digest()[:8] not in content


def test_two_births_do_not_show(hall: Hall, tmp_path: Path) -> None:
    hall.backup(small_town(0, people=300))
    hall.backup(small_town(1, people=300))
    other = Hall(tmp_path / "other").opened()
    other.backup(small_town(0, people=302))
    other.backup(small_town(5, people=307))
    said = [
        [(one.size, dict(one.health), one.kind) for one in read_chain(open_store(place)).generations]
        for place in (hall.place, other.place)
    ]
    assert said[0] == said[1]


def test_counts_are_rounded() -> None:
    assert [rounded(rows) for rows in (0, 49, 50, 149, 9_949, 10_049, 123_456)] == [
        0, 0, 100, 100, 9_900, 10_000, 123_000,
    ]  # fmt: skip


def test_nobody_else_on_the_machine_reads_along(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = list[int]()

    def look(store: Store, chain: Chain, plain: Path, until: datetime) -> dict[str, Any]:
        seen.extend(path.stat().st_mode & 0o077 for path in (plain.parent, plain.parent.parent))
        return store_sealed(store, chain, plain, until)

    monkeypatch.setattr("yakuba.vault.services.backup.store_sealed", look)
    hall.backup(small_town())
    assert seen == [0, 0], "the folders of the plaintext are closed"
    for path in (hall.folder / "state").rglob("*"):
        assert not path.name.startswith("scratch-")


def test_a_plaintext_that_a_killed_backup_left_goes_with_the_next(hall: Hall) -> None:
    left = hall.folder / "state/scratch-killed"
    left.mkdir(parents=True)
    (left / "content").write_text(NAME, encoding="utf-8")
    hall.backup(small_town())
    assert not left.exists()


def test_messages_tell_no_resident(hall: Hall) -> None:
    feed = hall.feed(small_town())
    broken = next(feed.rglob("tsushorireki.csv"))
    broken.write_bytes(broken.read_bytes() + f'1009,1,"{NAME}'.encode())
    with pytest.raises((UsageError, CannotContinueError)) as refused:
        backup(
            hall.place, feed, keys=hall.keys, state=hall.folder / "state", standard="kihon",
            as_of=read_chain(open_store(hall.place)).entries[0].written_at,
        )  # fmt: skip
    assert NAME not in str(refused.value)
    assert refused.value.remedy
    assert json.dumps(str(refused.value))
