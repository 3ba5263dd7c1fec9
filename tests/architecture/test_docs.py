"""What the manuals say is true: commands and TOML run, conversions convert, and nothing is left out.

Oracle: the program itself. A fenced block with a file name (```csv town/A.CSV) is written to that file; a `console`
block is run line by line in one folder per manual, each command ending with the exit code that the line tells
(`# 終了コード 1`, `# exit code 1`; 0 when it tells none). Towns are made smaller than printed.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from openpyxl import load_workbook
from tests.architecture.manual import (
    CHANGE,
    CONTRIBUTING,
    HOUSE,
    MANUAL,
    README,
    README_JA,
    VAULT,
    Block,
    blocks,
    tables,
    words,
)

from yakuba.cli import root
from yakuba.kernel.dates.forms import FORMS
from yakuba.kernel.discover import discover
from yakuba.kernel.errors import Exit, UsageError
from yakuba.kernel.fingerprint import fingerprint
from yakuba.migration import project as grammar
from yakuba.migration.contracts import Column, SourceSpec, Staged
from yakuba.migration.intake.encodings import ENCODINGS, encoding
from yakuba.migration.mapping.arguments import PARTS
from yakuba.migration.mapping.step import StepContext
from yakuba.migration.pipeline.prepare import prepare
from yakuba.migration.ruling import fixes
from yakuba.migration.verification.signing import public_bytes, signing_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yakuba.migration.mapping.step import Step

RUN = (README, CONTRIBUTING, MANUAL, VAULT, CHANGE)
MAKE = ("test", "check", "bench")
"""`make` targets that a manual may name without this test starting them: they start this test, or cost too much."""
RESIDENTS = 150


def commands() -> dict[str, click.Command]:
    """Every command by its words: "yakuba migrate run"."""

    def walk(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
        if not isinstance(command, click.Group):
            yield name, command
            return
        for word in command.list_commands(click.Context(command)):
            child = command.get_command(click.Context(command), word)
            assert child is not None
            yield from walk(child, f"{name} {word}")

    return dict(walk(root, "yakuba"))


# ---------------------------------------------------------------- commands run


@pytest.mark.parametrize("manual", RUN, ids=lambda path: path.name)
def test_every_command_of_a_manual_runs(manual: Path, tmp_path: Path) -> None:
    if manual == CHANGE:
        _copy_of_the_house(tmp_path)
    for block in blocks(manual):
        if block.file:
            file = tmp_path / block.file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            for at, line in enumerate(block.text.splitlines(), start=block.line + 1):
                assert line.startswith("$ "), f"{manual.name}:{at}: a console block holds commands only"
                _run(f"{manual.name}:{at}", line.removeprefix("$ "), tmp_path)


def test_the_example_of_the_manual_ends_as_it_says(tmp_path: Path) -> None:
    shown = {Path(block.file).name: block.text for block in blocks(MANUAL) if block.file}
    for name, text in shown.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    project = shown["project.toml"].replace("[[table]]", 'replay = "jido-naoshi.csv"\n\n[[table]]')
    (tmp_path / "project.toml").write_text(project, encoding="utf-8")
    _run("manual", "yakuba migrate run project.toml --out run", tmp_path)
    outcome = json.loads((tmp_path / "run/run.json").read_text("utf-8"))
    assert [outcome[name] for name in ("records", "loaded", "merged", "rejected")] == [6, 5, 1, 0]
    assert outcome["questions"] == 0


def test_both_readmes_give_the_same_commands() -> None:
    english, japanese = (
        [
            line.partition("#")[0].strip()
            for block in blocks(path)
            if block.language == "console"
            for line in block.text.splitlines()
        ]
        for path in (README, README_JA)
    )
    assert english == japanese


def _copy_of_the_house(folder: Path) -> None:
    """A page that changes the program does so in a copy; `PYTHONPATH` makes the commands use it."""
    for name in ("src", "tools", "docs", "tests/migration/checks"):
        shutil.copytree(HOUSE / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(HOUSE / "pyproject.toml", folder / "pyproject.toml")
    for name in ("browser", "conftest", "figures", "installation"):
        shutil.copyfile(HOUSE / "tests" / f"{name}.py", folder / "tests" / f"{name}.py")
    (folder / "catalog").symlink_to(HOUSE / "catalog")


def _run(where: str, line: str, folder: Path) -> None:
    told = re.search(r"#.*(?:終了コード|exit code) (\d+)", line)
    small = re.sub(r"--residents (\d+)", lambda found: f"--residents {min(int(found[1]), RESIDENTS)}", line)
    if making := re.match(r"make (\w+)", line):
        assert re.search(rf"^{making[1]}:", (HOUSE / "Makefile").read_text("utf-8"), re.MULTILINE), where
        if making[1] in MAKE:
            return
        assert making[1] == "demo", where
        small = f"{HOUSE / 'tools/demo.sh'} demo {RESIDENTS}"
    environment = _environment() | ({"PYTHONPATH": str(folder / "src")} if (folder / "src").is_dir() else {})
    outcome = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", small],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    wanted = int(told[1]) if told else 0
    assert outcome.returncode == wanted, f"{where}: {line}\n{outcome.stdout[-3000:]}\n{outcome.stderr[-3000:]}"


def _environment() -> dict[str, str]:
    """Ours first on the path, and the fingerprint that the receiver got over another channel."""
    return {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "SHIMON": fingerprint(public_bytes(signing_key())),
    }


def test_the_decisions_of_the_manual_are_what_a_filled_workbook_gives(tmp_path: Path) -> None:
    shown = {Path(block.file).name: block.text for block in blocks(MANUAL) if block.file}
    (tmp_path / "JIDO.CSV").write_text(shown["JIDO.CSV"], encoding="utf-8")
    (tmp_path / "project.toml").write_text(shown["project.toml"], encoding="utf-8")
    _run("manual", "yakuba migrate run project.toml --out run  # exit code 1", tmp_path)
    with (tmp_path / "run/findings.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert {row["code"] for row in csv.DictReader(stream)} == words(MANUAL, "手順4 不正データの抽出")
    answers = {row["指摘ID"]: row for row in csv.DictReader(shown["decisions.csv"].splitlines())}
    book = load_workbook(tmp_path / "run/findings.xlsx")
    del book["凡例"]
    for sheet in book.worksheets:
        heads = [str(cell.value) for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            answer = answers.get(str(row[heads.index("指摘ID")].value), {})
            for head in ("判断", "新しい値", "判断者", "判断日", "理由"):
                row[heads.index(head)].value = answer.get(head)
    book.save(tmp_path / "kodomoka.xlsx")
    _run("manual", "yakuba migrate collect run kodomoka.xlsx --into decisions.csv", tmp_path)
    with (tmp_path / "decisions.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert {row["指摘ID"]: row for row in csv.DictReader(stream)} == answers


def test_every_command_is_in_the_manual() -> None:
    manuals = sorted(MANUAL.parent.glob("*.md"))
    told = set[str]().union(*(words(manual, "コマンドと終了コード") for manual in manuals))
    assert told - {str(code) for code in range(256)} == set(commands())


def test_every_option_that_a_document_names_exists() -> None:
    known = {option for command in commands().values() for param in command.params for option in param.opts}
    known |= {"--help", "--version"}
    named = {
        (path.name, option)
        for path in RUN
        for line in re.findall(r"yakuba [^`\n]*", path.read_text(encoding="utf-8"))
        for option in re.findall(r"(?<=\s)--[a-z-]+", line)
    }
    assert {option for _, option in named} <= known, sorted(named)


def test_every_exit_code_is_in_the_manual() -> None:
    listed = {row[0] for name, rows in tables(MANUAL) if name == "コマンドと終了コード" for row in rows}
    assert {str(int(code)) for code in Exit} == {code for code in listed if code.isdigit()}


def test_everything_in_a_run_folder_is_in_the_manual(tmp_path: Path) -> None:
    _run("town", "yakuba town make --residents 100 --form vendor-a --defects realistic --out town", tmp_path)
    outcome = subprocess.run(
        [Path(sys.executable).parent / "yakuba", "migrate", "run", "town/project.toml", "--out", "run"],
        cwd=tmp_path, env=_environment(), capture_output=True, check=False,
    )  # fmt: skip
    assert outcome.returncode in {Exit.CLEAN, Exit.FINDINGS}, outcome.stderr
    there = {path.name + "/" * path.is_dir() for path in (tmp_path / "run").iterdir()}
    assert there <= words(MANUAL, "実行フォルダー")


# ---------------------------------------------------------------- the grammar


def test_every_key_of_a_project_is_in_the_manual() -> None:
    assert words(MANUAL, "[project]") == set(grammar._PROJECT)
    assert words(MANUAL, "[target]") == set(grammar._TARGET)
    assert words(MANUAL, "[[source]]") == set(grammar._SOURCE)
    assert words(MANUAL, "[[table]]") == set(grammar._TABLE)
    headings = re.findall(r"^### \[+([a-z]+)", MANUAL.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(headings) == set(grammar._TOP)


def test_every_encoding_is_in_the_manual() -> None:
    (told,) = [
        row[2] for name, rows in tables(MANUAL) if name == "[[source]]" for row in rows if row[0] == "`encoding`"
    ]
    assert set(re.findall(r"`([^`]+)`", told)) == set(ENCODINGS)


def test_every_cleansing_rule_is_in_the_manual() -> None:
    assert words(MANUAL, "[cleansing]") == {"rules", *fixes()}


def test_every_option_of_a_rule_is_in_the_manual() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (HOUSE / "src/yakuba/migration").rglob("*.py"))
    rules = set(re.findall(r'options(?:", \{\}\))?\.get\("([a-z_]+)"', code)) & {
        *discover("yakuba.migration.checks"),
        "departments",
    }
    assert {"text_overflow", "retention_over", "departments"} <= rules
    told = words(MANUAL, "[options.規則名]")
    assert {word[len("[options.") : -1] for word in told if word.startswith("[options.")} == rules


@pytest.mark.parametrize("block", [block for block in blocks(MANUAL) if block.language == "toml"], ids=lambda b: b.line)
def test_every_toml_of_the_manual_is_a_project(block: Block, tmp_path: Path) -> None:
    data = tomllib.loads(block.text)
    text = block.text
    if "project" not in data:
        text = f'[project]\nname = "n"\nmunicipality = "990019"\n[target]\nlayout = "kihon@2023-09"\n{text}'
    if "source" not in data:
        used = {table["from"] for table in data.get("table", [])} or {"made"}
        text += "".join(f'\n[[source]]\nname = "{name}"\nfiles = ["x"]\n' for name in sorted(used))
    path = tmp_path / "project.toml"
    path.write_text(text, encoding="utf-8")
    project = grammar.read_project(path)
    for source in project.sources:
        encoding(source.encoding)
    prepared = prepare(project, [_as_if_staged(source, data, tmp_path) for source in project.sources])
    assert len(prepared.plans) >= len(data.get("table", []))
    assert set(project.cleansing) <= set(fixes())


def _as_if_staged(source: SourceSpec, data: Mapping[str, Any], folder: Path) -> Staged:
    """A source without records whose header has just the columns that the text names."""
    named = [column.name for column in source.columns]
    for table in data.get("table", []):
        specs = table.get("columns", {}).values()
        made = [spec if isinstance(spec, str) else spec.get("from", []) for spec in specs]
        named += [*table.get("where", {}), *(name for one in made for name in ([one] if isinstance(one, str) else one))]
    columns = tuple(dict.fromkeys(named)) or tuple(column.name for column in (Column("A"),))
    return Staged(source, columns, (), (), 0, folder / "rejects.parquet")


# ---------------------------------------------------------------- the steps


@cache
def _codes() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for block in blocks(MANUAL):
        if block.language == "toml":
            found |= tomllib.loads(block.text).get("codes", {})
    return found


CONTEXT = StepContext(codes=_codes(), lookup=lambda *_: {"1000000015": "町田　花子"})
ROWS = [row for name, rows in tables(MANUAL) if name == "変換の手順" for row in rows]


def _step(written: str) -> tuple[str, Any, Step]:
    ((word, argument),) = tomllib.loads(f"x = {{ {written.strip('`')} }}")["x"].items()
    return word, argument, discover("yakuba.migration.mapping.steps")[word].prepare(argument, CONTEXT)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[1]} {row[2]}")
def test_every_conversion_of_the_manual_converts(row: list[str]) -> None:
    _, written, old, new, _ = row
    _, _, step = _step(written)
    value = PARTS.join(part.strip("`") for part in old.split(" ＋ ")) if old != "（空）" else ""
    assert value or step.on_empty or new == "（空）"
    expected = {"（空）": "", "（変換しない）": None}.get(new, new.strip("`"))
    assert (step.scalar(value) if value or step.on_empty else value) == expected


def test_every_step_with_every_option_is_in_the_manual() -> None:
    told: dict[str, set[str]] = {}
    for row in ROWS:
        word, argument, _ = _step(row[1])
        told.setdefault(word, set()).update(argument if isinstance(argument, dict) else ())
    steps = discover("yakuba.migration.mapping.steps")
    assert set(told) == set(steps)
    for word, kind in steps.items():
        with pytest.raises(UsageError) as refused:
            kind.prepare({"no such option": 1}, CONTEXT)
        if "unknown option" in refused.value.message:
            options = set(refused.value.remedy.removeprefix("use ").split(", "))
            short = {"codes": "", "join": "by", "number": "", "pad": "", "date": "", "width": ""}.get(word, "")
            assert options - {short} <= told[word] | {short}, word


def test_every_spelling_of_a_date_is_in_the_manual() -> None:
    told = {
        argument
        for word, argument, _ in (_step(row[1]) for row in ROWS)
        if word == "date" and isinstance(argument, str)
    }
    assert told == set(FORMS)
