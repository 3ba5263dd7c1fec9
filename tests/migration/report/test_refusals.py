"""Every refusal of the migration has its Japanese, and a screen's sentence is whole. Oracle: the source itself."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from yakuba.kernel.errors import UsageError
from yakuba.kernel.home import yakuba_home
from yakuba.migration import project as room
from yakuba.migration.project import read_project
from yakuba.migration.report.refusals import in_japanese, table

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOM = Path(room.__file__).parent
KINDS = {"UsageError", "CannotContinueError", "NotProvenError"}
HANDED_ON = {"{}", "{}: {}", "{}:{}: {}", "{}{}", "step {}: {} {}"}
"""Sentences that only put a place before another's."""
_JAPANESE = re.compile("[ぁ-ん]")
_ENGLISH = re.compile(r"\b(the|is|are|no|not|of|with|write|choose|use|needs)\b")


def _text(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def _written() -> Iterator[str]:
    """Sentences and remedies of every refusal, also those that are given a name first."""
    for path in sorted(ROOM.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        named: dict[str, list[ast.expr]] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                named.setdefault(node.targets[0].id, []).append(node.value)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in KINDS:
                given = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "remedy")]
                for one in given:
                    several = named.get(one.id, []) if isinstance(one, ast.Name) else [one]
                    yield from (text for part in several if (text := _text(part)) is not None)


def test_every_refusal_has_its_japanese() -> None:
    written = {text for text in _written() if not _JAPANESE.search(text)}
    assert len(written) > 150
    assert written - set(table()) - HANDED_ON == set()


def test_every_place_in_the_japanese_is_there_in_the_english() -> None:
    for english, japanese in table().items():
        places = {int(place) for place in re.findall(r"\{(\d)\}", japanese)}
        there = set(range(english.count("{}")))
        # What Python says of a broken TOML file is English and tells a clerk less than the place.
        assert places == there - ({0} if "TOML として" in japanese else set()), english
        assert not _ENGLISH.search(re.sub(r"\"[^\"]*\"|\{[^}]*\}|\w+ =", "", japanese)), japanese


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[project\nname", "TOML として読めません（1行目の"),
        ('[project]\nname = 3\nmunicipality = "990019"', "[project.name] は文字ではありません"),
        ('[project]\nnamae = "x"', "[project] に namae という指定はありません → 使えるのは：as_of、"),
        ('[project]\nname = "x"\nmunicipality = "990019"', "が要ります"),
        (
            (
                '[project]\nname = "x"\nmunicipality = "990019"\n[target]\nlayout = "kihon"\n'
                '[[source]]\nname = "a"\nfiles = ["a"]\nformat = "dbf"'
            ),
            "使えません",
        ),
    ],
)
def test_a_definition_that_cannot_be_used_is_told_in_japanese(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "project.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError) as refused:
        read_project(path)
    shown = in_japanese(str(refused.value).replace(f"{path}: ", ""))
    assert said.replace("、", ", ") in shown.replace("、", ", ")
    assert not _ENGLISH.search(shown), shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "表 住民情報: step pad: with = '00' is not one character → write with = \"0\"",
            "表 住民情報：手順 pad：with = '00' は1文字ではありません → with = \"0\" のように書いてください",
        ),
        (
            'JUKI.CSV: declared utf-8, looks like cp932 → set encoding = "cp932" for source juki',
            (
                "JUKI.CSV：文字コードは utf-8 とされていますが、cp932 のようです → source juki の encoding を "
                '"cp932" にしてください'
            ),
        ),
        ("住民基本台帳 は取込み済みです already loaded from other evidence", "住民基本台帳 は取込み済みです"),
        ("5,000行を書き出しました", "5,000行を書き出しました"),
        ("something nobody has translated → do it", "something nobody has translated → do it"),
        ("", ""),
    ],
)
def test_what_a_screen_says(said: str, shown: str) -> None:
    assert in_japanese(said) == shown


def test_the_servers_folders_are_no_screens_business() -> None:
    home = yakuba_home()
    assert in_japanese(f"{home}/moves/990019/0123/dump/JUKI.CSV: the sheet is empty") == "JUKI.CSV：シートが空です"
