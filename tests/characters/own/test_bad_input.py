"""Oracle: our own statement that each kind of bad input is one clear sentence, and that nothing is guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from yakuba.characters import convert
from yakuba.characters.additions import read_additions
from yakuba.characters.collision import combined
from yakuba.characters.decisions import read_decisions
from yakuba.characters.naming import named
from yakuba.characters.utf16 import from_cesu8, joined
from yakuba.characters.vendor import VendorTable
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_pair_of_surrogates_is_one_character_and_a_half_is_refused() -> None:
    assert joined(["\ud842\udfb7田", None, ""]).to_list() == ["𠮷田", None, ""]
    with pytest.raises(UsageError, match=r"row 1: U\+D842 is half") as told:
        convert(["山", "\ud842田"], source="unicode")
    assert "田" not in str(told.value)
    with pytest.raises(UsageError, match=r"row 0: U\+DFB7"):
        joined(["\udfb7\ud842"])


def test_cesu8_is_read_and_a_half_in_it_is_refused() -> None:
    raw = "番号,氏名\n1,".encode() + "\ud842\udfb7".encode("utf-8", "surrogatepass") + "田\n".encode()
    assert from_cesu8(raw).decode() == "番号,氏名\n1,𠮷田\n"
    with pytest.raises(UsageError, match=r"line 2: U\+D842"):
        from_cesu8(b"a\n" + "\ud842".encode("utf-8", "surrogatepass"))
    with pytest.raises(UsageError, match="byte 0: not CESU-8"):
        from_cesu8("髙".encode("cp932"))


def test_two_vendors_that_mean_different_characters_by_one_code_collide() -> None:
    one = VendorTable({"\ue000": "辻", "\ue001": "葛"}, frozenset({"\ue002"}))
    other = VendorTable({"\ue000": "葛", "\ue001": "葛", "\ue003": "邊"}, frozenset())
    with pytest.raises(UsageError, match=r"A社 / B社: .*1 codes .*U\+E000 \(辻 / 葛\)"):
        combined({"A社": one, "B社": other})
    with pytest.raises(UsageError, match=r"U\+E002 \(未決定 / 辻\)"):
        combined({"A社": one, "B社": VendorTable({"\ue002": "辻"}, frozenset())})
    both = combined({"A社": one, "B社": VendorTable({"\ue001": "葛", "\ue003": "邊"}, frozenset())})
    assert both.forms == {"\ue000": "辻", "\ue001": "葛", "\ue003": "邊"}
    assert both.undecided == {"\ue002"}


@pytest.mark.parametrize(("source", "target"), [("ebcdic", "mj"), ("unicode", "koseki")])
def test_an_unknown_code_is_refused_with_the_known_ones(source: str, target: str) -> None:
    with pytest.raises(UsageError, match=r"is not known → .*jis0213"):
        convert(["山"], source=source, target=target)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("文字,決定\n髙,高\n", "column 決定者, 決定日 is missing"),
        ("文字,決定,決定者,決定日\n髙,高,,2026-01-01\n", "2: 決定 is not signed"),
        ("文字,決定,決定者,決定日\n髙,高,甲,1日\n髙,低,乙,2日\n", "3: 髙 is decided twice"),
    ],
)
def test_decisions_that_cannot_be_meant(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=complaint):
        read_decisions(tmp_path / "list.csv")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("GJ1,U+100000,,", "GJ and six digits"),
        ("GJ000001,U+845B,,", "not in a private-use area"),
        ("GJ000001,U+100000,辻,", "no 根拠"),
        ("GJ000009,U+100008,,\nGJ000001,U+100008,,", "3: U\\+100008 is there twice"),
    ],
)
def test_additions_that_cannot_be_meant(tmp_path: Path, line: str, complaint: str) -> None:
    (tmp_path / "gj.csv").write_text(f"文字名,符号位置,縮退文字,根拠\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=complaint):
        read_additions(tmp_path / "gj.csv")


@pytest.mark.parametrize("words", ["", "渡邉", "U+110000", "U+D800", "MJ999999", "J+FFFF", "000000", "あ", "3-01-01"])
def test_a_name_of_no_character_is_refused(words: str) -> None:
    with pytest.raises(UsageError, match=r"names no character|is not in MJ文字情報一覧表"):
        named(words)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    for reader in (read_decisions, read_additions):
        with pytest.raises(UsageError, match="cannot be read as CSV"):
            reader(tmp_path / "none.csv")
