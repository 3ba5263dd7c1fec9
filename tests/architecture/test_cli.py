"""The terminal keeps its promises: help with an example, documented exit codes, one document, one line of complaint.

Oracle: `yakuba --help`, which documents the exit codes, and our own statement. The commands are found by walking the
program, so a new one is held to the same promises.
"""

from __future__ import annotations

import json
import os
import pty
import shlex
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner
from tests.migration.pipeline.desk import GOOD, HEADER, PROJECT, TABLE, Desk, Said

from yakuba.cli import root
from yakuba.kernel.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def walk(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from walk(command, (*words, name))
        else:
            yield (*words, name), command


COMMANDS = dict(walk(root))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    folder = tmp_path / "town"
    folder.mkdir()
    return Desk(folder)


# ---- help -----------------------------------------------------------------------------------------------------


def test_the_program_has_the_promised_commands() -> None:
    assert {("migrate", "run"), ("migrate", "new"), ("check",), ("verify",), ("town", "make")} <= set(COMMANDS)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example_that_parses(words: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(root, [*words, "--help"], terminal_width=300)
    assert shown.exit_code == 0
    start = f"yakuba {' '.join(words)} "
    lines = [line[line.index(start) :] for line in shown.output.splitlines() if start in line and "Usage" not in line]
    assert lines, "no example"
    command = COMMANDS[words]
    for line in lines:
        rest = shlex.split(line.removeprefix(start))
        context = click.Context(command, info_name="yakuba")
        given, left, _ = command.make_parser(context).parse_args(rest)
        assert left == []
        needed = {parameter.name for parameter in command.params if parameter.required}
        assert needed <= {name for name, value in given.items() if value not in (None, ())}


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_says_what_every_option_is_in_both_languages(words: tuple[str, ...]) -> None:
    command = COMMANDS[words]
    assert command.help
    assert any(ord(char) > 0x3000 for char in command.help)
    assert any(char.isascii() and char.isalpha() for char in command.help)


def test_the_first_screen_names_every_group_and_exit_code() -> None:
    shown = CliRunner().invoke(root, []).output
    assert shown == CliRunner().invoke(root, ["--help"]).output
    for words in COMMANDS:
        assert words[0] in shown
    for code in Exit:
        assert f"{code.value} " in shown
    assert len(shown.splitlines()) <= 40


# ---- exit codes and streams -----------------------------------------------------------------------------------


def run_town(desk: Desk, data: str = GOOD, *arguments: str) -> Said:
    desk.town(data)
    return desk.yakuba("migrate", "run", "project.toml", "--out", "run", *arguments)


def test_clean(desk: Desk) -> None:
    said = run_town(desk)
    assert said.code == Exit.CLEAN
    assert "Every row and cell is accounted for" in said.out
    assert "run/report.html" in said.out
    assert desk.yakuba("verify", "run").code == Exit.CLEAN
    assert desk.yakuba("layouts", "list").code == Exit.CLEAN


def test_findings(desk: Desk) -> None:
    assert run_town(desk, GOOD.replace(",F,", ",Q,")).code == Exit.FINDINGS
    desk.put("bad/jutogaishaatenakihonjoho.csv", "宛名番号,性別\n1,9x\n")
    assert desk.yakuba("check", "bad").code == Exit.FINDINGS


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "migrate nonsense",
        "migrate run",
        "migrate run nowhere.toml --out x",
        "migrate run project.toml --what",
        "check",
        "check nowhere",
        "check . --layout nonsense",
        "verify",
        "verify nowhere",
        "migrate compare nowhere nowhere",
        "layouts show kihon/1999-01/001_x",
        "town make --form nonsense --out x",
        "town make --residents 3 --out x",
        "migrate collect nowhere nowhere.xlsx --into x.csv",
    ],
)
def test_usage(desk: Desk, line: str) -> None:
    desk.put("project.toml", "")
    said = desk.yakuba(*line.split())
    assert said.code == Exit.USAGE, said
    assert said.out == ""
    assert said.err
    assert sorted(path.name for path in desk.folder.iterdir()) == ["project.toml"]


@pytest.mark.parametrize("name", ["project.toml", "."])
def test_a_project_that_is_none(desk: Desk, name: str) -> None:
    """A folder, bytes, another encoding, TOML that is cut off."""
    for raw in (b"\xff\xfe\x00", "[project]\nname = '見本町'\n".encode("cp932"), b"[project\n", b"\0"):
        desk.put("project.toml", raw)
        said = desk.yakuba("migrate", "run", name, "--out", "run")
        assert said.code == Exit.USAGE
        assert name in said.err
        assert not (desk.folder / "run").exists()


def test_cannot_continue(desk: Desk) -> None:
    desk.town("")
    said = desk.run()
    assert said.code == Exit.CANNOT_CONTINUE
    assert said.out == ""
    assert "ATENA.csv" in said.complaint


def test_not_proven(desk: Desk) -> None:
    run_town(desk)
    path = desk.folder / "run" / f"{TABLE}.csv"
    path.write_bytes(path.read_bytes().replace("甲野".encode(), "乙野".encode()))
    said = desk.verify()
    assert said.code == Exit.NOT_PROVEN
    assert f"{TABLE}.csv" in said.out
    assert desk.yakuba("verify", "run", "--json").json["proven"] is False


def test_interrupted(desk: Desk) -> None:
    desk.town(HEADER + "".join(f"{n:06},甲野,太郎,M,3640107,備考{n}\n" for n in range(30_000)))
    program = subprocess.Popen(
        desk.command("migrate", "run", "project.toml", "--out", "run", "--json"),
        cwd=desk.folder,
        env=desk.env(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    until = time.monotonic() + 60
    while not (desk.folder / "run/work/stage/atena").exists() and time.monotonic() < until:
        time.sleep(0.001)
    program.send_signal(signal.SIGINT)
    out, err = program.communicate()
    assert program.returncode == Exit.INTERRUPTED, err.decode()
    assert out == b""
    assert "Traceback" not in err.decode()
    assert "--resume" in err.decode()
    said = desk.run("run", "--resume")
    assert (said.code, said.json["loaded"]) == (0, 30_000)


def test_progress_goes_to_stderr_as_plain_lines(desk: Desk) -> None:
    said = run_town(desk)
    assert "取り込み read atena" in said.err.splitlines()
    assert "取り込み" not in said.out
    assert "移した行 loaded\t4" in said.out.splitlines()
    for mark in "\x1b┏┃│":
        assert mark not in said.err + said.out


def test_on_a_terminal_the_result_is_still_on_stdout(desk: Desk) -> None:
    """stderr is a terminal and shows bars; stdout is a file and stays one JSON document."""
    desk.town()
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        desk.command("migrate", "run", "project.toml", "--out", "run", "--json"),
        cwd=desk.folder,
        env={**desk.env(), "TERM": "xterm-256color"},
        stdout=subprocess.PIPE,
        stderr=theirs,
    ) as program:
        os.close(theirs)
        shown = b""
        while chunk := _read(ours):
            shown += chunk
        assert program.stdout is not None
        document = json.loads(program.stdout.read())
    os.close(ours)
    assert document["loaded"] == 4
    assert b"\x1b[" in shown
    assert "取り込み".encode() in shown


def _read(terminal: int) -> bytes:
    """What the terminal got; closed at the other end, Linux answers with an error."""
    try:
        return os.read(terminal, 1 << 16)
    except OSError:
        return b""


def test_json_is_one_document(desk: Desk) -> None:
    said = run_town(desk, GOOD.replace(",F,", ",Q,"), "--json")
    assert said.json["findings"].keys() == {"stop", "error", "warning", "note"}
    assert (said.json["findings"]["error"], said.json["questions"]) == (2, 2)
    assert desk.yakuba("verify", "run", "--json").json["proven"] is True
    found = desk.yakuba("check", "run/data", "--json").json["findings"]
    assert {one["code"] for one in found} == {"code_unknown"}
    assert {"file", "line", "item", "value", "hint_ja", "hint_en", "severity"} <= found[0].keys()
    assert desk.yakuba("migrate", "compare", "run", "run", "--json").json
    assert desk.yakuba("layouts", "list", "--json").json
    assert desk.yakuba("layouts", "show", "kihon/2023-09/001_juminkihondaicho", "--json").json
    desk.put("dump/A.csv", GOOD)
    assert desk.yakuba("migrate", "new", "dump", "--json").json["sources"]


def test_a_reader_that_goes_away_is_no_fault(desk: Desk) -> None:
    """`yakuba layouts show … | head -1`"""
    show = desk.command("layouts", "show", "kihon/2023-09/001_juminkihondaicho", "--format", "markdown")
    with subprocess.Popen(show, env=desk.env(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.read(10)
        program.stdout.close()
        err = program.stderr.read().decode()
    assert "Traceback" not in err
    assert "BrokenPipe" not in err
    assert program.returncode == Exit.CLEAN


def test_a_full_standard_output_is_told(desk: Desk) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123  a device, no path of ours
        ended = subprocess.run(
            desk.command("layouts", "list", "--json"), env=desk.env(), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert b"Traceback" not in ended.stderr
    assert ended.returncode == Exit.CANNOT_CONTINUE


@pytest.mark.parametrize("encoding", ["cp932", "ascii"])
def test_a_terminal_that_does_not_know_a_character(desk: Desk, encoding: str) -> None:
    """𠮷 and the boxes of tables are not in CP932, the encoding of a Japanese Windows console."""
    desk.environment["PYTHONIOENCODING"] = encoding
    desk.environment["PYTHONUTF8"] = "0"
    desk.town(GOOD.replace(",F,", ",𠮷,"))
    lines = ["migrate run project.toml --out run", "check run/data", "verify run", "migrate run project.toml"]
    for line in [*lines, "check run/data --json"]:
        ended = subprocess.run(
            desk.command(*line.split()), cwd=desk.folder, env=desk.env(), capture_output=True, check=False
        )
        assert b"Traceback" not in ended.stderr, ended.stderr.decode("cp932", "replace")
    assert "𠮷" in {one["value"] for one in json.loads(ended.stdout)["findings"]}


def test_paths_with_spaces_and_japanese(desk: Desk) -> None:
    desk.town()
    folder = desk.folder.rename(desk.folder.parent / "見本町 旧　システム [1]")
    moved = Desk(folder)
    assert moved.run("結果 1").json["loaded"] == 4
    assert moved.verify("結果 1").code == 0
    assert moved.yakuba("check", "結果 1/data").code == 0


def test_the_default_folder_is_beside_the_project(desk: Desk) -> None:
    desk.town()
    elsewhere = desk.folder.parent / "elsewhere"
    elsewhere.mkdir()
    ended = subprocess.run(
        [sys.executable, "-m", "yakuba", "migrate", "run", "../town/project.toml"],
        cwd=elsewhere,
        env=desk.env(),
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 0
    assert (desk.folder / "run/report.html").exists()
    assert list(elsewhere.iterdir()) == []


def test_help_is_quick(desk: Desk) -> None:
    """No heavy library is loaded to show a screen of help."""
    program = (
        "import sys; sys.argv = ['yakuba', '--help']\ntry:\n import yakuba.__main__\nfinally:\n print(*sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", program], env=desk.env(), capture_output=True, check=False)
    loaded = set(ended.stdout.decode().split())
    assert "click" in loaded
    assert not {"polars", "numpy", "openpyxl", "lxml"} & loaded


def test_the_project_of_another_town_is_left_as_it_is(desk: Desk) -> None:
    """`migrate new` writes over nothing."""
    desk.town()
    said = desk.yakuba("migrate", "new", ".")
    assert said.code == Exit.USAGE
    assert (desk.folder / "project.toml").read_text("utf-8") == PROJECT
