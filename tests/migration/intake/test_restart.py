"""Killed, cut off from disk, or run twice: the same bytes in the end, and nothing that looks complete before."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.progress import SILENT
from yakuba.migration.contracts import SourceSpec
from yakuba.migration.intake import stage
from yakuba.migration.intake.batch import Limits

if TYPE_CHECKING:
    from pathlib import Path

    from tests.migration.intake.conftest import Bench

LIMITS = Limits(1 << 16, 1 << 20)
PROGRAM = """
import sys
from pathlib import Path
from yakuba.kernel.progress import SILENT
from yakuba.migration.contracts import SourceSpec
from yakuba.migration.intake import stage
from yakuba.migration.intake.batch import Limits
limits = Limits(1 << 16, 1 << 20)
print("ready", flush=True)
stage(SourceSpec("t", ("*.csv",), encoding="cp932"), Path(sys.argv[1]), Path(sys.argv[2]), SILENT, limits)
"""


def fill(bench: Bench) -> None:
    for name in ("a.csv", "b.csv"):
        lines = (f'{n},甲野　太郎,"{n}"\n' if n % 500 else f"{n},short\n" for n in range(20_000))
        bench.put(name, "A,B,C\n" + "".join(lines), "cp932")


def digests(work: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(work.iterdir())}


def test_killed_at_random_moments(bench: Bench) -> None:
    fill(bench)
    spec = SourceSpec("t", ("*.csv",), encoding="cp932")
    whole, work = bench.dump.parent / "whole", bench.dump.parent / "work"
    stage(spec, bench.dump, whole, SILENT, LIMITS)
    chance = random.Random(20261120)  # noqa: S311  a repeatable dice, no secret
    for _ in range(6):
        program = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(bench.dump), str(work)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert program.stdout is not None
        program.stdout.readline()
        time.sleep(chance.uniform(0, 0.4))
        os.kill(program.pid, signal.SIGKILL)
        program.wait()
        program.stdout.close()
    stage(spec, bench.dump, work, SILENT, LIMITS)
    assert digests(work) == digests(whole)


def test_a_finished_source_is_not_read_again_until_it_changes(bench: Bench) -> None:
    bench.put("a.csv", "A,B\n1,2\n")
    first = bench.stage().staged
    stamp = first.parts[0].stat().st_mtime_ns
    assert bench.stage().staged == first
    os.utime(bench.dump / "a.csv")
    assert bench.stage().staged.parts[0].stat().st_mtime_ns == stamp
    bench.put("a.csv", "A,B\n1,3\n")
    assert bench.stage().rows == [("1", "3")]
    bench.put("a.csv", "A;B\n1;3\n")
    assert bench.stage(delimiter=";").rows == [("1", "3")]


def test_a_part_that_was_lost_is_made_again(bench: Bench) -> None:
    bench.put("a.csv", "A,B\n1,2\n")
    bench.stage().staged.parts[0].unlink()
    assert bench.stage().rows == [("1", "2")]


@pytest.mark.parametrize("room", [100, 8_000, 60_000])
def test_a_full_disk_is_one_line_and_leaves_nothing_complete(bench: Bench, room: int) -> None:
    chance = random.Random(3)  # noqa: S311  a repeatable dice, no secret
    bench.put("a.csv", "A,B\n" + "".join(f"{n},{chance.random()}\n" for n in range(20_000)))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))  # the system itself then refuses to write on
    try:
        with pytest.raises(CannotContinueError, match="no room left on the disk → free some"):
            bench.stage()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not (bench.dump.parent / "work" / "staged.json").exists()
    assert bench.stage().staged.records == 20_000


def test_the_size_of_blocks_changes_no_record(bench: Bench) -> None:
    lines = ["A,B,C\r\n"]
    chance = random.Random(7)  # noqa: S311  a repeatable dice, no secret
    kinds = (
        "{n},甲,x\r\n",
        '"{n}","乙\r\n丙",y\r\n',
        "{n},z\r\n",
        '"{n},a,b\r\n',
        "{n},a\0,b\r\n",
        "\r\n",
        '{n},5" x,\r\n',
    )
    lines += [chance.choices(kinds, (20, 9, 1, 1, 1, 1, 1))[0].format(n=n) for n in range(400)]
    bench.put("a.csv", "".join(lines) + '"open,1,2', "utf-8")
    seen = []
    for block in (1 << 20, 4096, 100, 17):
        bench.limits = Limits(block, 1 << 20)
        out = bench.stage()
        seen.append((out.rows, out.lines, out.rejects))
        (out.staged.rejects.parent / "staged.json").unlink()
    assert len(seen[0][0]) > 250
    assert seen[1:] == seen[:1] * 3


def test_every_byte_is_in_a_record_or_in_a_reject(bench: Bench) -> None:
    fill(bench)
    out = bench.stage("a.csv", encoding="cp932")
    facts = out.staged.files[0]
    assert facts.records == (bench.dump / "a.csv").read_bytes().count(b"\n") - 1
    assert facts.records == out.staged.records + facts.rejected
    assert facts.rejected == len(out.rejects) == 40
