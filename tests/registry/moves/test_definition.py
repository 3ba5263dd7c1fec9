"""The definition on the screen: proposed once, never lost, never pointing out of its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.world import TOWN_A, TOWN_B

from yakuba.registry.moves.definition import definition, discard, propose, save
from yakuba.registry.moves.store import Move, begin, place

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def move(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Move:
    monkeypatch.setenv("YAKUBA_HOME", str(tmp_path))
    folder = place(TOWN_A) / "0123456789abcdef"
    (folder / "dump").mkdir(parents=True)
    (folder / "dump" / "JITE.CSV").write_text("ATENA_NO,NAMAE\n1000000015,町田　花子\n", "utf-8")
    return begin(folder, "児童手当", "丁田　四郎")


def test_a_dump_without_a_definition_gets_one(move: Move) -> None:
    propose(move, TOWN_A)
    found = definition(move, TOWN_A)
    assert f'municipality = "{TOWN_A}"' in found.text
    assert found.problem == ""
    assert [row["source"] for row in move.sources()] == ["jite"]


def test_a_definition_that_came_along_is_kept_and_told_where_answers_go(move: Move) -> None:
    propose(move, TOWN_A)
    own = move.project.read_text("utf-8").replace('decisions = "decisions.csv"\n', "").replace("児童手当", "わが町")
    move.project.write_text(own, "utf-8")
    propose(move, TOWN_A)
    text = move.project.read_text("utf-8")
    assert 'decisions = "decisions.csv"' in text
    assert text.replace('\ndecisions = "decisions.csv"', "", 1) == own


def test_a_text_that_cannot_be_run_is_kept_as_a_draft(move: Move) -> None:
    propose(move, TOWN_A)
    before = definition(move, TOWN_A)
    assert "[project" in save(move, TOWN_A, "[project", before.mark) or definition(move, TOWN_A).problem
    after = definition(move, TOWN_A)
    assert (after.text, after.draft, after.mark) == ("[project", True, before.mark)
    discard(move)
    assert definition(move, TOWN_A) == before


def test_the_second_of_two_clerks_is_told_and_loses_nothing(move: Move) -> None:
    propose(move, TOWN_A)
    seen = definition(move, TOWN_A)
    assert save(move, TOWN_A, seen.text + "# 一人目\n", seen.mark) == ""
    assert "ほかの職員" in save(move, TOWN_A, seen.text + "# 二人目\n", seen.mark)
    now = definition(move, TOWN_A)
    assert "# 二人目" in now.text
    assert "# 一人目" in move.project.read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('dump = "."', 'dump = "/etc"'),
        ('dump = "."', 'dump = "../../.."'),
        ('decisions = "decisions.csv"', 'decisions = "../../../x.csv"'),
        ('decisions = "decisions.csv"', 'decisions = "decisions.csv"\ndictionary = "/etc/passwd"'),
        ('decisions = "decisions.csv"', ""),
        (f'municipality = "{TOWN_A}"', f'municipality = "{TOWN_B}"'),
        ("[[source]]\n", '[[source]]\ngaiji = "../../../../gaiji.csv"\n'),
        ("[[source]]\n", '[[source]]\nreplay = "/tmp/x.csv"\n'),
    ],
)
def test_a_definition_that_reaches_out_of_its_folder_is_not_used(move: Move, old: str, new: str) -> None:
    propose(move, TOWN_A)
    seen = definition(move, TOWN_A)
    assert old in seen.text
    assert save(move, TOWN_A, seen.text.replace(old, new, 1), seen.mark) != ""
    assert move.project.read_text("utf-8") == seen.text
