"""`yakuba migrate new` on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from yakuba.cli.migrate_new import command
from yakuba.kernel.errors import UsageError
from yakuba.migration.project import read_project

if TYPE_CHECKING:
    from tests.migration.proposal.conftest import Bench


def invoke(*arguments: object) -> str:
    result = CliRunner().invoke(command, [str(argument) for argument in arguments], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.stdout


def test_it_says_what_it_saw_and_what_is_next(bench: Bench) -> None:
    bench.put("a.csv", "NO,GAKU\n1,100\n2,200\n")
    said = invoke(bench.folder)
    assert "予備/a" in said
    assert f"yakuba migrate run {bench.folder / 'project.toml'}" in said
    assert read_project(bench.folder / "project.toml").name == "dump"


def test_a_project_that_is_there_is_never_replaced_unasked(bench: Bench) -> None:
    bench.put("a.csv", "NO,GAKU\n1,100\n")
    bench.put("project.toml", "mine")
    with pytest.raises(UsageError, match="already there"):
        invoke(bench.folder)
    assert (bench.folder / "project.toml").read_text(encoding="utf-8") == "mine"
    invoke(bench.folder, "--force")
    assert read_project(bench.folder / "project.toml").sources[0].name == "a"


def test_a_project_elsewhere_finds_the_dump(bench: Bench) -> None:
    bench.put("a.csv", "NO,GAKU\n1,100\n")
    target = bench.folder.parent / "plans" / "p.toml"
    target.parent.mkdir()
    invoke(bench.folder, "--out", target, "--municipality", "990019", "--name", "見本町")
    project = read_project(target)
    assert project.dump == bench.folder.resolve()
    assert (project.name, project.municipality) == ("見本町", "990019")


def test_json(bench: Bench) -> None:
    bench.put("a.csv", "NO,GAKU\n1,100\n2,200\n")
    document = json.loads(invoke(bench.folder, "--json"))
    assert document["sources"][0]["keys"] == ["NO", "GAKU"]
