"""What the pages on operation and API say can be typed, measured and read. Oracle: the program itself."""

from __future__ import annotations

import configparser
import json
import re
import shlex
from pathlib import Path

import click
import pytest
from tests.architecture.manual import Block, blocks, words
from tests.architecture.test_cli import COMMANDS
from tests.site.test_settings import PAGE

from yakuba.registry.jobs.chores import chores
from yakuba.site.environment import SETTINGS
from yakuba.site.metrics import _OURS, _now

API = PAGE.with_name("api.md")
LINES = [
    line.removeprefix("$ ")
    for page in (PAGE, API)
    for block in blocks(page)
    if block.language in ("console", "sh")
    for line in block.text.splitlines()
    if line.removeprefix("$ ").startswith("yakuba ")
]


def parses(line: str) -> bool:
    given = shlex.split(line)[1:]
    size = 2 if tuple(given[:2]) in COMMANDS else 1
    command = COMMANDS[tuple(given[:size])]
    context = click.Context(command, info_name="yakuba")
    _, left, _ = command.make_parser(context).parse_args(given[size:])
    return left == []


@pytest.mark.parametrize("line", LINES)
def test_every_command_line_parses(line: str) -> None:
    assert parses(line)


def test_every_command_in_the_text_exists() -> None:
    for page in (PAGE, API):
        for found in re.findall(r"`yakuba ([a-z]+)(?: ([a-z]+))?", page.read_text("utf-8")):
            assert found in COMMANDS or found[:1] in COMMANDS, found


@pytest.mark.usefixtures("database")
def test_every_measure_is_told() -> None:
    known = {family.name for registry in (_OURS, _now()) for family in registry.collect()}
    told = {word.removesuffix("_total") for word in words(PAGE, "見張る") if word.startswith("yakuba_")}
    assert told == known


def test_all_nightly_work_is_told() -> None:
    assert words(PAGE, "日次処理") == set(chores())


def one(language: str) -> Block:
    [found] = [block for block in blocks(PAGE) if block.language == language]
    return found


def test_the_unit_starts_the_program_and_ends_it_as_it_wants() -> None:
    unit = next(block.text for block in blocks(PAGE) if block.language == "ini" and "[Service]" in block.text)
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(unit)
    service = parser["Service"]
    assert parses(service["ExecStart"].replace("/opt/yakuba/bin/yakuba", "yakuba"))
    assert service["KillSignal"] == "SIGTERM"
    assert service["User"] != "root"


def test_the_environment_names_settings() -> None:
    text = next(block.text for block in blocks(PAGE) if block.language == "ini" and "[Service]" not in block.text)
    named = {line.partition("=")[0] for line in text.splitlines()}
    assert named - {"XDG_RUNTIME_DIR"} <= {setting.name for setting in SETTINGS}
    assert {"YAKUBA_PRODUCTION", "YAKUBA_SECRET_KEY", "YAKUBA_HOSTS"} <= named


@pytest.mark.parametrize("language", ["nginx", "caddy"])
def test_the_proxies_keep_measures_inside_and_balance(language: str) -> None:
    text = one(language).text
    assert "/metrics" in text
    assert text.count("{") == text.count("}")
    assert "127.0.0.1:8000" in text
    assert "X-Request-ID" in text


def test_the_line_of_the_log_is_one() -> None:
    assert {"time", "route", "staff", "municipality", "milliseconds"} <= json.loads(one("json").text).keys()


def test_the_pages_are_reached_from_the_first_one() -> None:
    first = (Path(PAGE).parent / "README.md").read_text("utf-8")
    assert "(operation.md)" in first
    assert "(api.md)" in first
