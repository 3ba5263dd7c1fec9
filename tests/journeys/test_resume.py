"""Journey: a run is killed at any moment, and `--resume` brings the same bytes. Oracle: the uninterrupted run.

Two ways to choose the moment. `nth_event` lets the program shoot itself at its n-th touch of the run folder (open for
writing, rename, delete), so that every state a folder can be in between two Python statements can be met; a clock
kills it from outside wherever it is, inside Polars too. YAKUBA_EVERY_MOMENT=1 walks through every event.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from tests.migration.pipeline.desk import CODES, HEAD, HEADER, MEMO, SOURCE, TABLE_OF_ATENA, Desk, files

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = (
    HEAD.replace('"parquet"]', '"parquet", "xml"]')
    + SOURCE
    + SOURCE.replace('"atena"', '"memo"').replace("ATENA", "MEMO")
    + TABLE_OF_ATENA
    + f"""
[[table]]
group = "{MEMO}"
from = "memo"
[table.columns]
"市区町村コード" = {{ constant = "990019" }}
"宛名番号" = "NO"
"メモ番号" = "BAN"
"メモ内容" = "NAIYO"
"登録年月日" = {{ constant = "2026-11-20" }}
"登録者ID" = {{ from = "NO", lookup = {{ source = "atena", key = "NO", take = "SEX" }} }}
"操作者ID" = {{ constant = "ikou" }}
"操作年月日" = {{ constant = "2026-11-20" }}
"操作時刻" = {{ constant = "09:00:00" }}
"""
    + CODES
)
SUICIDE = """
import os, signal, sys
out, last, seen = os.path.abspath(sys.argv[1]), int(sys.argv[2]), 0
def touched(event, arguments):
    global seen
    if event == "open":
        path, mode, flags = arguments
        counts = isinstance(path, str) and bool(flags & (os.O_WRONLY | os.O_RDWR))
    else:
        path, counts = arguments[0], event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree")
    if counts and isinstance(path, (str, os.PathLike)) and os.path.abspath(path).startswith(out):
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(touched)
from yakuba.cli import main
try:
    main(sys.argv[3:])
finally:
    print("events", seen, file=sys.stderr)
"""
STAGES = (
    "INCOMPLETE",
    "work/state.json",
    "work/stage/atena/part-00001.parquet",
    "work/stage/atena/staged.json",
    "work/stage/memo/staged.json",
    "work/tables/000/rows-00000.parquet",
    "work/tables/001/findings-00000.parquet",
    "data/001_juminkihondaicho",
    "data/yobi",
    "findings.csv",
    "rejected",
    "dispositions.parquet",
    "layout",
    "decisions.csv",
    "characters.csv",
    "evidence/evidence.json",
    "report.html",
    "evidence/signature.json",
    "run.json",
)
"""What lies in a run folder when a stage begins or ends, in the order of the work."""


def town(desk: Desk) -> None:
    people = [f"{n:05},甲野,太郎{n},{'MFX'[n % 3]},3640107,備考{n}\n" for n in range(300)]
    people[7] = "00007,甲野\n"
    people[8] = people[9]
    memos = [f"{n:05},{m},覚え{n}・{m}\n" for n in range(150) for m in range(2)]
    desk.put("project.toml", PROJECT)
    desk.put("ATENA.csv", HEADER + "".join(people))
    desk.put("MEMO.csv", "NO,BAN,NAIYO\n" + "".join(memos))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, dict[str, str]]:
    """The town and what its uninterrupted run leaves."""
    folder = tmp_path_factory.mktemp("resume") / "town"
    folder.mkdir()
    desk = Desk(folder)
    town(desk)
    said = desk.run("whole")
    assert said.code == 1
    assert said.json["proven"]
    assert said.json["rejected"] == 1
    assert said.json["merged"] == 1
    assert desk.proven("whole")
    return desk, files(folder / "whole")


def arguments(desk: Desk, out: str, *more: str) -> list[str]:
    return ["migrate", "run", str(desk.folder / "project.toml"), "--out", str(desk.folder / out), "--json", *more]


def goes_on(desk: Desk, out: str, expected: dict[str, str]) -> None:
    """Before: the folder does not pass for finished. After `--resume`: byte for byte the uninterrupted run."""
    folder = desk.folder / out
    if folder.exists():
        said = desk.verify(out)
        assert said.code == 4, said.out
        if (folder / "INCOMPLETE").exists():
            assert "INCOMPLETE" in said.out
        if (folder / "evidence/evidence.json").exists():
            json.loads((folder / "evidence/evidence.json").read_bytes())
            assert (folder / "INCOMPLETE").exists()
    said = desk.run(out, "--resume")
    assert said.code == 1, said.err
    assert said.json["proven"]
    assert files(folder) == expected


def shoot(desk: Desk, out: str, moment: int) -> int:
    """Run and die at an event; gives the number of events when it lives to the end, else 0."""
    program = [sys.executable, "-c", SUICIDE, str(desk.folder / out), str(moment), *arguments(desk, out, "--resume")]
    ended = subprocess.run(program, cwd=desk.folder, env=desk.env(), capture_output=True, check=False)
    assert ended.returncode in (-signal.SIGKILL, 1), ended.stderr.decode()
    return 0 if ended.returncode == -signal.SIGKILL else int(ended.stderr.split()[-1])


def moments(events: int) -> list[int]:
    """Event numbers to die at: all, or a repeatable few of them with the first and last ones always."""
    if os.environ.get("YAKUBA_EVERY_MOMENT"):
        return list(range(1, events + 1))
    between = sorted(random.Random(20261120).sample(range(4, events - 1), 6))  # noqa: S311  repeatable
    return [1, 2, 3, *between, events - 1, events]


def test_killed_at_an_event_and_resumed(whole: tuple[Desk, dict[str, str]]) -> None:
    desk, expected = whole
    events = shoot(desk, "counted", 10**9)
    assert events > 50
    assert files(desk.folder / "counted") == expected
    for moment in moments(events):
        out = f"event-{moment}"
        assert shoot(desk, out, moment) == 0
        goes_on(desk, out, expected)


def test_killed_again_and_again(whole: tuple[Desk, dict[str, str]]) -> None:
    """The same folder dies at one event after the other before it may end."""
    desk, expected = whole
    for moment in (6, 12, 20, 30, 40, 60):
        shoot(desk, "often", moment)
    goes_on(desk, "often", expected)


def kill_when(desk: Desk, out: str, path: Path | None, seconds: float) -> None:
    """Kill from outside when a file appears, or after some seconds."""
    program = subprocess.Popen(
        desk.command(*arguments(desk, out)), env=desk.env(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + seconds
    while program.poll() is None and time.monotonic() < until and not (path and path.exists()):
        time.sleep(0.0005)
    program.kill()
    program.wait()


@pytest.mark.parametrize("stage", random.Random(7).sample(STAGES, 7))  # noqa: S311  repeatable, no secret
def test_killed_in_a_stage_and_resumed(whole: tuple[Desk, dict[str, str]], stage: str) -> None:
    desk, expected = whole
    out = "stage-" + stage.replace("/", "-")
    kill_when(desk, out, desk.folder / out / stage, 60)
    if (desk.folder / out / "INCOMPLETE").exists():
        goes_on(desk, out, expected)


def test_killed_by_the_clock_and_resumed(whole: tuple[Desk, dict[str, str]]) -> None:
    desk, expected = whole
    dice = random.Random(1120)  # noqa: S311  repeatable, no secret
    for number in range(4):
        out = f"clock-{number}"
        kill_when(desk, out, None, 0.3 + 1.5 * dice.random())
        if not (desk.folder / out).exists() or (desk.folder / out / "INCOMPLETE").exists():
            goes_on(desk, out, expected)


# ---- what may change between the start and the going on -------------------------------------------------------


def begun(desk: Desk, out: str = "run") -> None:
    """A run that died when its rows were converted."""
    town(desk)
    kill_when(desk, out, desk.folder / out / "data", 60)
    assert (desk.folder / out / "INCOMPLETE").exists()


def same_as_fresh(desk: Desk) -> None:
    assert desk.run("run", "--resume").code == 1
    assert desk.run("fresh").code == 1
    assert files(desk.folder / "run") == files(desk.folder / "fresh")
    assert desk.proven()


def test_a_mended_project_is_obeyed(desk: Desk) -> None:
    begun(desk)
    desk.put("project.toml", PROJECT.replace('"M" = "1"', '"M" = "9"').replace(', "xml"', ""))
    same_as_fresh(desk)
    assert "9" in desk.column("性別")


def test_new_answers_are_obeyed(desk: Desk) -> None:
    begun(desk)
    assert desk.run("first").code == 1
    desk.answers({("code_unknown", "00002"): ("値", "2")}, "first")
    same_as_fresh(desk)
    assert desk.rows()[2]["性別"] == "2"


def test_a_changed_dump_is_read_again(desk: Desk) -> None:
    begun(desk)
    path = desk.folder / "ATENA.csv"
    path.write_text(path.read_text("utf-8").replace("甲野", "乙野"), "utf-8")
    same_as_fresh(desk)
    assert set(desk.column("氏_日本人")) == {"乙野"}


def test_another_town_may_not_go_on_here(desk: Desk) -> None:
    begun(desk)
    desk.put("project.toml", PROJECT.replace("見本町", "隣村"))
    said = desk.run("run", "--resume")
    assert said.code == 2
    assert "another --out" in said.complaint


def test_a_run_that_is_there_is_not_written_over(desk: Desk) -> None:
    town(desk)
    assert desk.run().code == 1
    before = files(desk.folder / "run")
    assert desk.run().code == 2
    desk.put("project.toml", PROJECT.replace('"M" = "1"', '"M" = "9"'))
    assert desk.run("run", "--resume").code == 2
    assert files(desk.folder / "run") == before
    desk.put("project.toml", PROJECT)
    assert desk.run("run", "--resume").code == 1
    assert files(desk.folder / "run") == before


def test_answers_inside_the_run_folder_are_not_written_over(desk: Desk) -> None:
    town(desk)
    assert desk.run().code == 1
    desk.put("project.toml", PROJECT.replace('"decisions.csv"', '"run/decisions.csv"'))
    said = desk.run("run", "--resume")
    assert said.code == 2
    assert "decisions.csv" in said.complaint
    assert desk.run("second").code == 1
