"""The examples in the docstrings of this room, and those of docs/ja/characters.md, are true."""

from __future__ import annotations

import doctest
import shlex
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from tests.architecture.manual import HOUSE, blocks

from yakuba.cli import main

if TYPE_CHECKING:
    from pathlib import Path

PAGE = HOUSE / "docs/ja/characters.md"


@pytest.mark.parametrize("name", ["fold", "lengths", "vendor"])
def test_examples(name: str) -> None:
    outcome = doctest.testmod(import_module(f"yakuba.characters.{name}"))
    assert outcome.attempted > 0
    assert outcome.failed == 0


def test_every_command_of_the_manual_ends_as_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = 0
    for block in blocks(PAGE):
        if block.file:
            (tmp_path / block.file).write_text(block.text, encoding="utf-8")
        for line in block.text.splitlines() if block.language == "console" else ():
            words, _, told = line.removeprefix("$ ").partition("  # exit code ")
            with pytest.raises(SystemExit) as ended:
                main(shlex.split(words)[1:])
            assert ended.value.code == int(told or 0), line
            ran += 1
    assert ran == 3


def test_the_program_of_the_manual_says_what_it_says() -> None:
    (block,) = (block for block in blocks(PAGE) if block.language == "python")
    made: dict[str, Any] = {}
    exec(block.text, made)  # noqa: S102 our own page
    assert made["made"].values.to_list() == ["葛城"]
    assert made["made"].told_back().all()
