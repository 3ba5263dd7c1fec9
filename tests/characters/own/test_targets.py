"""Oracle: the rule of shrink.choose, read off the tables by hand for each example; and the words of the module."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from yakuba.characters import convert
from yakuba.characters.additions import read_additions
from yakuba.characters.decisions import read_decisions
from yakuba.characters.repertoire import Repertoire
from yakuba.characters.vendor import VendorTable
from yakuba.characters.walk import CHARACTERS

if TYPE_CHECKING:
    from pathlib import Path

SAME = "JIS包摂規準・UCS統合規則"


def _row(made: pl.DataFrame, code: str) -> dict[str, object]:
    return made.row(by_predicate=pl.col("character") == code, named=True)


def test_a_shape_that_jis_unifies_is_decided_with_its_ground() -> None:
    made = convert(["葛\U000e0102城", "葛飾", None], source="mj", target="jis0213")
    assert made.values.to_list() == ["葛城", "葛飾", None]
    assert made.changed.to_list() == [True, False, False]
    assert made.characters.schema == CHARACTERS
    assert made.characters.height == 1
    row = _row(made.characters, "U+845B U+E0102")
    assert (row["state"], row["result"], row["count"], row["rows"]) == ("decided", "葛", 1, [0])
    assert str(row["ground"]).startswith(SAME)


def test_two_that_became_one_are_not_told_back() -> None:
    made = convert(["葛\U000e0102城", "葛飾"], source="mj", target="jis0213")
    assert made.told_back().to_list() == [True, False]


def test_several_candidates_stay_for_a_person_unless_the_first_is_asked_for() -> None:
    from yakuba.characters import shrink, tables

    forms = tables.form_by_name()
    name = next(
        name
        for name, found in shrink.candidates_by_name().items()
        if len(forms.get(name, "--")) == 1
        and shrink.choose(found).state == "ambiguous"
        and forms[name] not in {one.text for one in found}
        and len({one.text for one in found}) > 1
    )
    char, texts = forms[name], shrink.choose(shrink.candidates_by_name()[name]).texts
    kept = convert([f"山{char}"], source="mj", target="jis0213")
    assert kept.values.to_list() == [f"山{char}"]
    row = kept.characters.row(0, named=True)
    assert (row["state"], row["kind"], row["candidates"]) == ("ambiguous", "several", list(texts))
    taken = convert([f"山{char}"], source="mj", target="jis0213", first=True)
    assert taken.values.to_list() == [f"山{texts[0]}"]
    assert taken.characters["state"].to_list() == ["ambiguous"]


def test_what_has_no_candidate_stays_and_is_listed_once() -> None:
    made = convert(["\U0001b002山", "\ue000川", "\U0001b002"], source="unicode", target="jis0213")
    assert made.values.to_list() == ["\U0001b002山", "\ue000川", "\U0001b002"]
    assert made.unresolved.rows() == [("U+1B002", "no_target", 2, [0, 2]), ("U+E000", "pua", 1, [1])]


def test_both_steps_of_a_character_are_on_the_list() -> None:
    made = convert(
        ["葛\U000e0100", "\ue000"],
        source="unicode",
        target="jis0213",
        vendor=VendorTable({"\ue000": "辻\U000e0102"}, frozenset()),
    )
    assert made.values.to_list() == ["葛", "辻"]
    grounds = dict(zip(made.characters["character"], made.characters["ground"], strict=True))
    assert grounds["U+845B U+E0100"] == "Adobe-Japan1 JIS X 0208:1990"
    assert grounds["U+E000"] == "外字対応表"
    assert grounds["U+845B U+E0102"].startswith(SAME)
    assert set(made.characters["state"]) == {"decided"}


@pytest.mark.parametrize(
    ("given", "target", "there"),
    [
        ("髙﨑", "cp932", "髙﨑"),  # IBM extensions
        ("髙﨑", "jis0213", "高﨑"),  # 髙 is not in JIS X 0213, 﨑 is
        ("1〜2", "cp932", "1～2"),
        ("1～2", "jis0213", "1〜2"),
        ("か\u309a", "jis0213", "か\u309a"),
        ("か\u3099", "jis0213", "が"),
        ("辻\U000e0102", "unicode", "辻"),
        ("欄\ufe00", "unicode", "\uf91d"),
        ("神", "jis0213", "神"),  # a 互換漢字 is not normalised
        ("佐々木", "juki", "佐\uad1d木"),
    ],
)
def test_examples(given: str, target: str, there: str) -> None:
    made = convert([given], source="unicode", target=target)  # type: ignore[arg-type]
    assert (made.values[0], made.unresolved.height) == (there, 0)


def test_a_font_gets_the_base_where_it_lacks_a_shape() -> None:
    font = Repertoire("font", frozenset("葛辻山"), frozenset({"辻\U000e0102"}), base=True)
    made = convert(["葛\U000e0102山", "辻\U000e0102", "髙"], source="mj", target=font)
    assert made.values.to_list() == ["葛山", "辻\U000e0102", "髙"]
    assert made.unresolved["character"].to_list() == ["U+9AD9"]


@pytest.mark.parametrize(
    ("source", "text", "code"),
    [("cp932", "𠮷田", "U+20BB7"), ("jis0208", "髙田", "U+9AD9"), ("jis0213", "葛\U000e0102", "U+845B U+E0102")],
)
def test_a_character_that_a_source_cannot_have_shows_that_it_was_misnamed(source: str, text: str, code: str) -> None:
    made = convert([text, "甲野　太郎"], source=source)  # type: ignore[arg-type]
    assert made.values.to_list() == [text, "甲野　太郎"]
    assert made.unresolved.rows() == [(code, "outside_source", 1, [0])]


def test_a_private_character_of_cp932_goes_by_the_vendors_table() -> None:
    table = VendorTable({"\ue000": "葛\U000e0102"}, frozenset({"\ue001"}))
    made = convert(["\ue000\ue001"], source="cp932", vendor=table)
    assert made.values.to_list() == ["葛\U000e0102\ue001"]
    assert made.unresolved["kind"].to_list() == ["pua"]


def test_decisions_are_obeyed_and_signed(tmp_path: Path) -> None:
    file = tmp_path / "characters.csv"
    file.write_text("文字,決定,決定者,決定日\n\U0001b002,あ,甲野,2026-11-21\n髙,,,\n", encoding="utf-8-sig")
    made = convert(["\U0001b002"], source="mj", target="jis0213", decisions=read_decisions(file))
    assert made.values.to_list() == ["あ"]
    assert made.characters["ground"].to_list() == ["決定 甲野 2026-11-21"]


def test_additions_are_known_and_may_be_shrunk(tmp_path: Path) -> None:
    file = tmp_path / "gj.csv"
    file.write_text(
        "文字名,符号位置,縮退文字,根拠\nGJ000001,U+100000,辻,表A\nGJ000002,U+100001,辺 邊,表A\nGJ000003,U+100002,,\n",
        encoding="utf-8",
    )
    known = read_additions(file)
    names = ["\U00100000", "\U00100001", "\U00100002", "\U00100003"]
    plain = convert(names, source="unicode", additions=known)
    assert plain.unresolved["character"].to_list() == ["U+100003"]
    there = convert(names, source="unicode", target="jis0213", additions=known)
    assert there.values.to_list() == ["辻", *names[1:]]
    states = dict(zip(there.characters["character"], there.characters["kind"], strict=True))
    assert states == {"U+100000": None, "U+100001": "several", "U+100002": "no_target", "U+100003": "pua"}
