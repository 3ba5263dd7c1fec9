"""`yakuba link run` killed at random moments loses nothing and seals and sends everything exactly once.

Oracle: the days that the test has fed, against what the centre's vault gives back; counts are printed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from tests.figures import FIGURES
from tests.link.feeds import REGISTER, Days, Desk, bags, files, put
from tests.link.serving import HOUSE, environment

from yakuba.kernel.errors import CannotContinueError
from yakuba.link.lock import alone
from yakuba.link.receipts import confirmed
from yakuba.link.refusing import refusals
from yakuba.link.running import once
from yakuba.link.sealing import outbox
from yakuba.link.standing import load_standing
from yakuba.link.status import collect, read_status
from yakuba.vault.chain import read_chain
from yakuba.vault.format.times import stamp
from yakuba.vault.services.backup import backup
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from random import Random
    from subprocess import Popen

KILLS = 10
MOMENTS = ("claimed", "intent", "intent", "sealed", "sent", "confirmed")
"""After what a run is killed; it is asked for what it was doing then."""

Linked = tuple[Desk, Days, "Path"]


@contextmanager
def zygote(desk: Desk, home: Path) -> Iterator[Popen[str]]:
    program = [sys.executable, "-m", "tests.link.dying", str(desk.place.folder)]
    with subprocess.Popen(
        program, cwd=HOUSE, env=environment(home), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def started(process: Popen[str]) -> int:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("go\n")
    process.stdin.flush()
    return int(process.stdout.readline())


def ended(process: Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "ended\n"


def phase(desk: Desk) -> str:
    """What the kill has cut short."""
    if load_standing(desk.place).intent:
        return "while sealing"
    if any(desk.place.work.iterdir()):
        return "while checking"
    if any(desk.place.claimed.iterdir()):
        return "while claiming"
    return "while sending" if collect(desk.place, desk.settings).unsent else "at rest"


def reached(desk: Desk, moment: str, before: int) -> bool:
    """Whether a run has got as far as a moment, since the journal had so many lines."""
    if moment == "intent":
        return load_standing(desk.place).intent is not None
    return moment in desk.events()[before:]


def kill_at(process: Popen[str], desk: Desk, moment: str, rng: Random) -> None:
    """Start a run and kill it shortly after a moment; a moment that does not come is given up."""
    before = len(desk.events())
    pid = started(process)
    until = time.monotonic() + 2
    while not reached(desk, moment, before) and time.monotonic() < until:
        time.sleep(0.002)
    time.sleep(rng.choice((0.0, 0.0, rng.uniform(0, 0.02), rng.uniform(0, 0.3))))
    os.kill(pid, signal.SIGKILL)
    ended(process)


def test_killed_again_and_again_everything_arrives_exactly_once(
    linked: Linked, home: Path, rng: Random, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    desk, town, centre = linked
    desk.feed(town, sequence=1)
    desk.set("[watch]", "[watch]\nevery_seconds = 0.02")
    desk.set("[centre]", "[centre]\nwait_seconds = 0.2\npiece_kib = 16")
    days, phases = [town], Counter[str]()
    with zygote(desk, home) as process:
        for _ in range(KILLS):
            if not any(desk.place.claimed.iterdir()) and not any(desk.inbox.iterdir()):
                days.append(days[-1].touched())
                feed = files({REGISTER: days[-1].tables[REGISTER][:2]}, {})
                put(desk.inbox, days[-1].name("delta", len(days)), feed)
            kill_at(process, desk, rng.choice(MOMENTS), rng)
            phases[phase(desk)] += 1
        pid = started(process)
        until = time.monotonic() + 120
        while not _done(desk, len(days) + 1) and time.monotonic() < until:
            time.sleep(0.05)
        os.kill(pid, signal.SIGTERM)
        ended(process)
    assert [one.reasons for one in collect(desk.place, desk.settings).refused] == []
    chain = read_chain(open_store(str(centre)))
    assert [stamp(one.as_of) for one in chain.generations] == [stamp(day.moment) for day in days]
    assert [one.raw for one in chain.entries] == [one.raw for one in outbox(desk.place, desk.settings).entries]
    assert confirmed(desk.place) == set(range(len(days) + 1))
    for number, day in enumerate(days, 1):
        assert desk.restored(tmp_path / str(number), number, str(centre)) == bags(day)
    assert list(desk.inbox.iterdir()) == list(desk.place.claimed.iterdir()) == list(desk.place.work.iterdir()) == []
    told = ", ".join(f"{count} {name}" for name, count in sorted(phases.items()))
    record_property(FIGURES, f"link: {KILLS} kills ({told}), {len(days)} feeds sealed and sent exactly once")


def _done(desk: Desk, entries: int) -> bool:
    status = read_status(desk.place)
    return len(confirmed(desk.place)) == entries and status is not None and status.unsent == 0


def test_a_second_run_is_turned_away(desk: Desk, town: Days) -> None:
    put(desk.inbox, town.name(), files(town.tables))
    with alone(desk.place), pytest.raises(CannotContinueError, match="link"):
        once(desk.place, desk.settings)
    assert len(once(desk.place, desk.settings).sealed) == 1


@pytest.mark.parametrize("cut", ["before", "after"])
def test_a_power_cut_around_the_commit_is_mended(
    desk: Desk, town: Days, cut: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The two moments that matter most: the generation is there and the link has not heard of it, and just not yet."""
    desk.feed(town, sequence=1)
    day = town.touched()
    real = backup

    def dies(*words: object, **named: object) -> object:
        if cut == "after":
            real(*words, **named)  # type: ignore[arg-type]
        raise SystemExit

    put(desk.inbox, day.name("delta", 2), files({REGISTER: day.tables[REGISTER][:2]}, {}))
    with monkeypatch.context() as patch:
        patch.setattr("yakuba.link.sealing.backup", dies)
        with pytest.raises(SystemExit):
            once(desk.place, desk.settings)
    look = once(desk.place, desk.settings)
    assert len(look.sealed) == (cut == "before")
    assert len(outbox(desk.place, desk.settings).generations) == 2
    assert refusals(desk.place) == []
    taken = load_standing(desk.place).taken
    assert taken is not None
    assert (taken.sequence, taken.number, sum(taken.rows.values()) > 0) == (2, 2, True)
    assert desk.restored(tmp_path / "out") == bags(day)
