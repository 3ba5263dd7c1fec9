"""Kinds are folders: what they name exists in the standard layouts, and one more needs no other file."""

from __future__ import annotations

import doctest
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.certificates.drawing.conftest import bench

from yakuba.certificates import compose as composing
from yakuba.certificates import forms, glyphs, problems
from yakuba.certificates.drawing import render
from yakuba.certificates.fields import Field
from yakuba.certificates.forms import FORMS
from yakuba.certificates.kinds import KINDS, kind, kinds
from yakuba.kernel.errors import UsageError
from yakuba.layouts.read import layout

if TYPE_CHECKING:
    from pathlib import Path

EIGHT = {"juminhyo", "kisai", "johyo", "inkan", "shotoku_kazei", "nozei", "fuhyo", "tenshutsu"}
OWN_ITEMS = {"世帯員数"}
"""Facts of a household that no layout has."""
PARTS = [(made.identifier, field, part) for made in kinds().values() for field in made.fields for part in field.parts]


def test_there_are_eight() -> None:
    assert set(kinds()) == EIGHT


@pytest.mark.parametrize("identifier", sorted(EIGHT))
def test_every_item_is_one_of_the_standard_layout(identifier: str) -> None:
    made = kind(identifier)
    unknown = [
        (group, item)
        for group, item in made.needs
        if group != "household" and item not in layout(made.layouts[group]).by_name[group].by_name
    ]
    assert unknown == []


def test_every_form_is_known() -> None:
    assert {part.form for _, _, part in PARTS} <= set(FORMS)


def test_every_form_is_used() -> None:
    assert {part.form for _, _, part in PARTS} == set(FORMS)


@pytest.mark.parametrize("identifier", sorted(EIGHT))
def test_a_kind_says_where_it_stands(identifier: str) -> None:
    made = kind(identifier)
    assert "独自" in made.standing
    assert made.source
    assert made.statements


def test_secret_items_are_chosen_never_given(subtests: pytest.Subtests) -> None:
    """個人番号 and 住民票コード: only 転出証明書, which goes to another municipality, has them unasked."""
    for identifier, field, part in PARTS:
        if {"個人番号", "住民票コード"} & set(part.items) and identifier != "tenshutsu":
            with subtests.test(kind=identifier, field=field.name):
                choice = kind(identifier).choice(field.choice or part.choice)
                assert choice is not None
                assert choice.secret
                assert not choice.default


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A house of kinds of its own, with the shared library beside it."""
    shutil.copytree(KINDS.parent / "page", tmp_path / "page")
    shutil.copytree(KINDS / "kisai", tmp_path / "kinds" / "kisai")
    return tmp_path / "kinds"


def test_one_more_kind_is_one_more_folder(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(tree / "kisai", tree / "fuzai")
    path = tree / "fuzai" / "certificate.toml"
    path.write_text(path.read_text("utf-8").replace("住民票記載事項証明書", "不在住証明書"), "utf-8")
    found = kinds(tree)
    assert list(found) == ["fuzai", "kisai"]
    monkeypatch.setattr(composing, "kind_named", lambda _: found["fuzai"])
    case = bench("kisai", "外国人")
    composed = case.compose()
    assert composed.view["title"] == "不在住証明書"
    assert render(composed).pdf.startswith(b"%PDF-")


def test_the_digest_tells_a_changed_form(tree: Path) -> None:
    before = kinds(tree)["kisai"].digest
    kinds.cache_clear()
    (tree / "kisai" / "cases.yaml").write_text("[]", "utf-8")
    assert kinds(tree)["kisai"].digest == before
    for path in (tree / "kisai" / "page.typ", tree.parent / "page" / "certificate.typ"):
        path.write_text(path.read_text("utf-8") + "\n", "utf-8")
        kinds.cache_clear()
        after = kinds(tree)["kisai"].digest
        assert after != before
        before = after


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("width = 150", "width = 149", "mm"),
        ('choice = "katagaki"', 'choice = "nonsense"', "nonsense"),
        ('like = "zokugara"', 'like = "nonsense"', "nonsense"),
        ('label = "方　書"', 'lable = "方　書"', "lable"),
        ('subject = "household"', 'subject = "town"', "town"),
        ('title = "', "titel = ", "certificate.toml"),
        ('version = "2026-11-21"\n', "", "version"),
    ],
)
def test_a_mistake_in_the_file_is_told(tree: Path, old: str, new: str, says: str) -> None:
    path = tree / "kisai" / "certificate.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    kinds.cache_clear()
    with pytest.raises(UsageError, match=says):
        kinds(tree)
    kinds.cache_clear()


def test_no_such_kind() -> None:
    with pytest.raises(UsageError, match="juminhyo"):
        kind("nonsense")


def test_a_field_without_a_name_is_told() -> None:
    assert Field(name="x", label="", parts=()).items == ()


def test_the_manual_names_every_kind_and_every_reason_not_to_draw() -> None:
    manual = (KINDS.parents[3] / "docs" / "ja" / "certificates.md").read_text("utf-8")
    codes = {*problems._HINTS, *glyphs._HINTS}
    assert {name for name in (*kinds(), *codes) if f"`{name}`" not in manual} == set()
    assert {made.label for made in kinds().values() if made.label not in manual} == set()


def test_a_folder_without_its_file_is_no_kind(tree: Path) -> None:
    (tree / "empty").mkdir()
    assert list(kinds(tree)) == ["kisai"]


def test_the_examples_in_the_text_are_true() -> None:
    result = doctest.testmod(forms)
    assert result.attempted > 0
    assert result.failed == 0
