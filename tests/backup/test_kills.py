"""Replication killed at random moments: what lies in the second place is whole, goes on, and is equal in the end.

Oracle: the first place, byte by byte; issue 5 (kill -9 at random moments, nothing lost, nothing wrong).
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.backup.vaults import YEAR, Sender
from tests.figures import FIGURES
from tests.world import TOWN_A

from yakuba.backup.copying import copy, differences
from yakuba.kernel.errors import CannotContinueError
from yakuba.vault.chain import read_chain
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KILLS = 60


def replicated(first: Path, second: Path) -> None:
    here = open_store(str(first))
    copy(here, open_store(str(second)), read_chain(here))


def killed(second: Path, first: Path, after: float) -> bool:
    """Replicate in a child and kill it after so many seconds; whether it was still at work."""
    child = os.fork()
    if child == 0:
        try:
            replicated(first, second)
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def unsound(first: Path, second: Path) -> list[str]:
    """Files of the second place that are not whole, or entries whose object is not there."""
    wrong: list[str] = []
    for part in ("objects", "entries"):
        here, there = first / part, second / part
        wrong += [path.name for path in there.glob("*") if path.read_bytes() != (here / path.name).read_bytes()]
    objects = {path.name[:8] for path in (second / "objects").glob("*")}
    wrong += [path.name for path in (second / "entries").glob("*") if path.stem not in objects | {"00000000"}]
    return wrong


def test_killed_at_random_moments_it_goes_on(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    sender = Sender(tmp_path / "first", TOWN_A)
    for _ in range(12):
        sender.full(size=400_000)
    first, second = sender.folder, tmp_path / "second"
    start = time.monotonic()
    replicated(first, second)
    whole = time.monotonic() - start
    chance, kills, ends = random.Random(5), 0, 0  # noqa: S311 - the same moments every time
    while kills < KILLS:
        kills += killed(second, first, chance.uniform(0, whole / 3))
        assert unsound(first, second) == []
        if len(list((second / "entries").glob("*"))) == len(sender.chain.entries):
            here, there = open_store(str(first)), open_store(str(second))
            assert differences(here, there, read_chain(there)) == []
            shutil.rmtree(second)
            ends += 1
    replicated(first, second)
    assert unsound(first, second) == []
    record_property(FIGURES, f"replication: killed {kills} times, whole {ends + 1} times, wrong 0")


def test_two_copiers_at_once(tmp_path: Path) -> None:
    sender = Sender(tmp_path / "first", TOWN_A)
    for _ in range(6):
        sender.full(size=200_000)
    first, second = sender.folder, tmp_path / "second"
    children = []
    for _ in range(4):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                replicated(first, second)
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    assert differences(open_store(str(first)), open_store(str(second)), sender.chain) == []
    assert unsound(first, second) == []


def test_what_is_pruned_while_it_is_copied_is_no_damage_and_passes(tmp_path: Path) -> None:
    sender = Sender(tmp_path / "first", TOWN_A)
    for number in range(3):
        sender.full(size=1_000, now=datetime.now(UTC) - 2 * YEAR + timedelta(days=number))
    here, there = open_store(str(sender.folder)), open_store(str(tmp_path / "second"))
    before = read_chain(here)
    sender.prune(1)
    (gone,) = (one.name for one in before.objects if one.entry == 1)
    (sender.folder / gone).unlink()
    with pytest.raises(CannotContinueError, match="整理の最中") as caught:
        copy(here, there, before)
    assert "もう一度実行" in caught.value.remedy
    chain = read_chain(here)
    copy(here, there, chain)
    assert differences(here, there, chain, gone=chain.ledger.gone) == []
