"""The disk that loses what was not synced sees what the kernel sees, and finds a program that syncs too little.

Oracle: strace, which writes down the calls of a real process; and programs whose fault is known.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.faults.calls import Call, Watcher, watching
from tests.faults.disk import Disk
from tests.faults.table import prepared

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TRACED = "fsync,fdatasync,link,linkat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,ftruncate,truncate"
CHANCE = random.Random(1)  # noqa: S311 - no secret
NAMES = {"linkat": "link", "renameat": "rename", "renameat2": "rename", "unlinkat": "unlink", "mkdirat": "mkdir"}


def traced(path: Path, root: Path) -> list[tuple[str, str]]:
    """Calls below a folder that went well, out of what strace -y wrote."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        call = re.match(r"\d+ +(\w+)\((.*)\) += 0$", line)
        if call is None:
            continue
        name, last = NAMES.get(call[1], call[1]), re.findall(r'"([^"]*)"|\d+<([^>]*)>', call[2])
        quoted = [text for text, _ in last if text]
        place = quoted[-1] if quoted else last[-1][1]
        if not place.startswith("/"):  # relative to an open folder, as shutil.rmtree removes
            place = f"{[folder for _, folder in last if folder][-1]}/{place}"
        name = "rmdir" if "AT_REMOVEDIR" in call[2] else name
        if place.startswith(str(root)):
            found.append((name, place.removeprefix(str(root))))
    return found


class Calls(Watcher):
    def __init__(self) -> None:
        self.made: list[tuple[str, str]] = []

    def after(self, call: Call) -> None:
        if call.what != "create":
            self.made.append((call.what, str(call.path)))


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("work", ["backup", "prune"])
def test_the_kernel_sees_no_call_that_the_disk_does_not(work: str, tmp_path: Path) -> None:
    town = prepared(work, tmp_path).copy(tmp_path / "watched")
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from tests.faults.calls import watching\n"
        "from tests.faults.kills import do\n"
        "from tests.faults.test_disk import Calls\n"
        "calls = Calls()\n"
        "work, fixed, disk = sys.argv[1:]\n"
        "with watching(Path(disk), calls):\n"
        "    do(work, fixed, disk)\n"
        "print(*('\\t'.join(call) for call in calls.made), sep='\\n')\n"
    )
    log = tmp_path / "log"
    strace = ["strace", "-f", "-y", "-qq", "-s", "4096", "-e", f"trace={TRACED}", "-o", str(log)]
    program = [sys.executable, "-c", code, work, str(town.fixed), str(town.disk)]
    done = subprocess.run(
        [*strace, *program], capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": "."}
    )
    if "PTRACE" in done.stderr or "ptrace" in done.stderr:
        pytest.skip("strace may not trace here")
    assert done.returncode == 0, done.stderr
    seen = [tuple(line.split("\t")) for line in done.stdout.splitlines()]
    ours = [(name, path.removeprefix(str(town.disk))) for name, path in seen]
    assert ours == traced(log, town.disk)
    assert len(ours) > 5


def careless(folder: Path) -> None:
    (folder / ".new").write_bytes(b"new text")
    (folder / ".new").rename(folder / "file")


def careful(folder: Path) -> None:
    with (folder / ".new").open("wb") as stream:
        stream.write(b"new text")
        stream.flush()
        os.fsync(stream.fileno())
    (folder / ".new").rename(folder / "file")
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


@pytest.mark.parametrize(
    ("program", "whole", "kept"),
    [
        (careless, {b"old text", b"new text", b"new ", b"", bytes(8)}, False),
        (careful, {b"old text", b"new text"}, True),
    ],
)
def test_what_may_be_found(program: Callable[[Path], None], whole: set[bytes], kept: bool, tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "file").write_bytes(b"old text")
    disk = Disk(root, CHANCE)
    with watching(root, disk):
        program(root)
    disk.end()
    assert {world.files["file"] for world in disk.worlds} == whole
    assert all(world.files["file"] == b"new text" for world in disk.worlds if world.ended) == kept


def test_a_name_may_come_before_its_bytes_and_go_after_another(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "one").write_bytes(b"1")
    disk = Disk(root, CHANCE)
    with watching(root, disk):
        (root / "inside").mkdir()
        (root / "inside" / "two").write_bytes(b"22")
        (root / "one").unlink()
    disk.end()
    found = [world.files for world in disk.worlds]
    assert {"one": b"1", "inside": None, "inside/two": b""} in found
    assert {"one": b"1"} in found
    assert {} in found, "the removal may be there before the folder that was made earlier"
    assert {"inside": None, "inside/two": b"22"} in found
