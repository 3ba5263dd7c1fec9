"""The commands as an officer types them: words, exit codes, what is asked of a person, and an orderly end.

Oracle: docs/ja/link.md and its table of commands.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from tests.link.feeds import NUMBERS, Days, Desk, bags, files, put, tarred
from tests.link.serving import environment

from yakuba.cli import root
from yakuba.kernel.errors import CannotContinueError, Exit
from yakuba.link.place import place_of
from yakuba.link.running import once
from yakuba.link.status import read_status

if TYPE_CHECKING:
    from pathlib import Path


def call(*words: str, stdin: bytes = b"") -> tuple[int, str]:
    """A command; exit code and what it says."""
    made = CliRunner().invoke(root, ["link", *words], input=stdin, standalone_mode=False)
    if isinstance(made.exception, CannotContinueError):
        return made.exception.exit_code, str(made.exception)
    if made.exception:
        raise made.exception
    return int(made.return_value or 0), made.output


def test_from_init_to_accept(tmp_path: Path, town: Days) -> None:
    folder = str(tmp_path / "renkei")
    code, said = call("init", "990019", "--folder", folder)
    assert (code, "age1" in said) == (0, True)
    assert call("init", "990019", "--folder", folder)[0] == Exit.USAGE
    assert call("status", folder)[0] == Exit.FINDINGS  # nothing was ever sealed
    call("take", folder, "-", "--name", town.name(), stdin=tarred(files(town.tables)))
    code, said = call("once", folder)
    assert (code, "世代 1" in said) == (Exit.CLEAN, True)
    desk, day = Desk(place_of(folder)), town.later(days=19, hours=20)
    fewer = files({**day.tables, NUMBERS: day.tables[NUMBERS][:-30]})
    put(desk.inbox, day.name(), fewer)
    code, said = call("once", folder, "--json")
    told: dict[str, Any] = json.loads(said.splitlines()[-1])
    assert (code, told["refused"], len(told["status"]["refused"])) == (Exit.FINDINGS, 1, 1)
    waiting = told["status"]["refused"][0]["id"]
    assert waiting in call("status", folder)[1]
    assert call("accept", folder, "nobody", "--by", "係長", "--reason", "理由")[0] == Exit.USAGE
    assert call("accept", folder, waiting, "--by", "係長", "--reason", "重複の整理")[0] == 0
    assert call("once", folder)[0] == Exit.CLEAN
    code, said = call("status", folder, "--json")
    told = json.loads(said)
    assert (code, told["good"]["number"], told["late"], told["refused"]) == (0, 2, False, [])


def test_an_input_that_is_no_archive_and_a_name_that_leads_away(desk: Desk) -> None:
    assert call("take", str(desk.place.folder), "-", stdin=b"hello")[0] == Exit.USAGE
    assert call("take", str(desk.place.folder), "-", "--name", "../x", stdin=tarred({}))[0] == Exit.USAGE
    assert list(desk.inbox.iterdir()) == []


def test_run_takes_what_comes_and_ends_in_order(desk: Desk, town: Days, tmp_path: Path) -> None:
    desk.set("[watch]", "[watch]\nevery_seconds = 0.1")
    with subprocess.Popen(
        [sys.executable, "-m", "yakuba", "link", "run", str(desk.place.folder)],
        env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert "watching" in process.stdout.readline()
        put(desk.inbox, town.name(), files(town.tables))
        until = time.monotonic() + 60
        while _sealed(desk) < 1 and time.monotonic() < until:
            time.sleep(0.05)
        assert call("once", str(desk.place.folder))[0] == Exit.CANNOT_CONTINUE
        os.kill(process.pid, signal.SIGTERM)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert _sealed(desk) == 1


def _sealed(desk: Desk) -> int:
    status = read_status(desk.place)
    return status.good.number if status and status.good else 0


def test_a_watched_folder_that_is_gone_is_told(desk: Desk) -> None:
    desk.inbox.rmdir()
    code, said = call("once", str(desk.place.folder))
    assert (code, "監視" in said) == (Exit.CANNOT_CONTINUE, True)


def test_a_full_disk_is_one_sentence_and_nothing_is_lost(
    desk: Desk, town: Days, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "work/feed")

    put(desk.inbox, town.name(), files(town.tables))
    with monkeypatch.context() as patch:
        patch.setattr("yakuba.link.taking.stage", full)
        with pytest.raises(OSError, match="No space"):
            once(desk.place, desk.settings)
    status = read_status(desk.place)
    assert status is not None
    assert (status.problem, status.held) == ("work/feed: No space left on device", 1)
    assert len(once(desk.place, desk.settings).sealed) == 1
    assert desk.restored(tmp_path / "out") == bags(town)
