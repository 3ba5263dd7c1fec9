"""What each step does, value by value; None = not converted. Two columns of `from` are shown as "甲|乙"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from yakuba.kernel.discover import discover
from yakuba.migration.mapping.vector import apply_step

if TYPE_CHECKING:
    from tests.migration.mapping.conftest import Prepared

CASES: list[tuple[str, Any, dict[str, str | None]]] = [
    ("codes", "sex", {"M": "1", "F": "2", "X": None, "m": None, "1": None}),
    ("codes", "sex_or_unknown", {"M": "1", "X": "0", "*": "0"}),
    ("codes", "with_empty", {"M": "1", "": "0", "X": None}),
    ("slice", [0, 2], {"020304": "02", "0": "0", "葛\U000e0100城市": "葛\U000e0100城"}),
    ("slice", [1, 99], {"葛\U000e0100城市": "城市", "甲": "", "甲\n乙": "\n乙"}),
    ("slice", [2, 4], {"020304": "03", "02": "", "020": "0", "𠮷野家東京": "家東"}),
    ("split", {"by": "　", "take": 0}, {"甲野　太郎": "甲野", "甲野": "甲野", "　太郎": ""}),
    ("split", {"by": "　", "take": 1}, {"甲野　太郎": "太郎", "甲野": None, "甲　乙　丙": "乙"}),
    ("split", {"by": "　", "take": 1, "parts": 2}, {"甲　乙　丙": "乙　丙", "甲": None}),
    ("split", {"by": "-", "take": "last"}, {"1-2-3": "3", "1": "1", "1-": ""}),
    ("split", {"by": ["　", " "], "take": 1}, {"甲　乙": "乙", "甲 乙": "乙"}),
    ("split", {"by": ["-", "--"], "take": 1}, {"1--2": "2", "1-2": "2"}),
    ("join", "　", {"甲|乙": "甲　乙", "甲|": "甲", "|乙": "乙", "|": "", "甲||丙": "甲　丙", "甲": "甲"}),
    ("join", "", {"甲|乙": "甲乙"}),
    ("join", "$1", {"甲|乙": "甲$1乙"}),
    ("constant", "990019", {"甲": "990019", "": "990019"}),
    ("constant", "", {"甲": ""}),
    ("default", "0", {"": "0", "1": "1", " ": " "}),
    ("pad", {"width": 3}, {"7": "007", "1234": "1234"}),
    ("pad", 3, {"7": "007"}),
    ("pad", {"width": 3, "with": "　"}, {"葛\U000e0100": "　　葛\U000e0100", "𠮷": "　　𠮷"}),
    ("strip", "both", {"　甲　野 ": "甲　野", "　 ": "", "\t甲": "\t甲"}),
    ("strip", "left", {" 甲 ": "甲 "}),
    ("strip", "right", {" 甲 ": " 甲"}),
    ("width", "half", {"１２Ａｂ－　ガヴパ。": "12Ab- ｶﾞｳﾞﾊﾟ｡", "甲ひヰ": "甲ひヰ", "ヷヺ": "ﾜﾞｦﾞ"}),
    ("width", "full", {"12Ab- ｶﾞｳﾞﾊﾟ｡": "１２Ａｂ－　ガヴパ。", "ｶﾟ": "カ゜", "ﾜﾞｰ": "ヷー"}),
    ("width", {"to": "half", "only": ["digits"]}, {"１Ａガ": "1Ａガ"}),
    ("width", {"to": "full", "only": "kana"}, {"1Aｶﾞ": "1Aガ"}),
    (
        "number",
        True,
        {"0000123": "123", "-0": "0", "+5": "5", "-007": "-7", "１": None, "1_0": None, "1.5": None, " 1": None},
    ),
    ("number", {"point": 2}, {"0012345": "123.45", "5": "0.05", "-5": "-0.05", "000": "0.00", "-0": "0.00"}),
    ("number", {"digits": 3}, {"007": "7", "-007": "-7", "7": None, "-000": None, "+007": None, "000": "0"}),
    ("when", {"in": ["31"], "else": ""}, {"甲|31": "甲", "甲|3": "", "甲|": "", "|31": "", "31": "31", "32": ""}),
    ("when", {"in": ["!", "31"], "else": "無"}, {"甲|31": "無", "甲|3": "甲", "甲|": "甲", "": ""}),
    ("when", {"in": ["1"], "else": ""}, {"甲|乙|1": "甲|乙"}),
    ("lookup", {"source": "juki", "key": "NO", "take": "NAME"}, {"1": "甲野　太郎", "2": "", "3": None}),
    ("replace", {"(株)": "株式会社", "$": "$1"}, {"(株)甲$": "株式会社甲$1", "株": "株"}),
    ("replace", {"ab": "X", "abc": "Y", "b": "ab"}, {"abcab": "YX", "bb": "abab"}),
    ("prefix", "99", {"1": "991"}),
    ("fushobi", "flag", {"昭和10年頃": "1", "年月日不詳": "1", "昭和10年3月1日": "0", "3100301": "0", "不明": "0"}),
    ("fushobi", "text", {"昭和10年 月日不詳": "昭和１０年　月日不詳", "昭和10年3月1日": "", "不明": ""}),
    ("suffix", "$0", {"1": "1$0"}),
    ("date", "era7", {"3640107": "1989-01-07", "3640108": None, "4310501": None, "9999999": "9999-12-31"}),
    ("date", "era7", {"4020229": "1990-02-29", "0000000": "", "       ": "", "3000000": None, "S640107": None}),
    (
        "date",
        "era7",
        {"1450730": "1912-07-30", "2010730": "1912-07-30", "2151225": "1926-12-25", "3011225": "1926-12-25"},
    ),
    ("date", "era8", {"03640107": "1989-01-07", "00000000": "", "3640107": None}),
    ("date", "era_letter", {"S64.01.07": "1989-01-07", "S640107": "1989-01-07", "S64.1.8": None, "H31.5.1": None}),
    (
        "date",
        "era_kanji",
        {"昭和64年1月7日": "1989-01-07", "平成元年1月8日": "1989-01-08", "昭和10年頃": None, "不明": None},
    ),
    (
        "date",
        "yyyymmdd",
        {"19890107": "1989-01-07", "99999999": "9999-12-31", "99991231": "9999-12-31", "19891301": None},
    ),
    ("date", "slash", {"1989/1/7": "1989-01-07", "0000/00/00": "", "1989/13/1": None, "1989/1": None}),
    ("date", "iso", {"1989-01-07": "1989-01-07", "1989-1-7": None, "9999-12-31": "9999-12-31"}),
    ("date", "auto", {"H1.1.8": "1989-01-08", "1989/1/8": "1989-01-08", "4010108": "1989-01-08", "不詳": None}),
    ("date", {"form": "era7", "past_era": True}, {"4310501": "2019-05-01", "3640108": "1989-01-08", "4311301": None}),
    ("date", {"form": "era7", "empty": "0000000"}, {"0000000": "", "       ": None, "": None}),
    ("date", {"form": "yyyymmdd", "end": "99999999"}, {"99999999": "9999-12-31", "99991231": None}),
    ("date", {"form": "yyyymmdd", "end": ""}, {"99999999": None, "99991231": "9999-12-31"}),
    ("date", {"form": "era7", "end": "5990101"}, {"5990101": "9999-12-31", "9999999": None}),
]


def parts(text: str) -> str:
    return text.replace("|", "\0")


@pytest.mark.parametrize(("word", "argument", "values"), CASES)
def test_value_by_value(prepared: Prepared, word: str, argument: Any, values: dict[str, str | None]) -> None:
    step = prepared(word, argument)
    asked = {parts(old): None if new is None else parts(new) for old, new in values.items()}
    assert {old: step.scalar(old) for old in asked} == asked


@pytest.mark.parametrize(("word", "argument", "values"), CASES)
def test_as_a_column(prepared: Prepared, word: str, argument: Any, values: dict[str, str | None]) -> None:
    """Failed cells keep their text and are marked; empty cells stay empty where the step does not want them."""
    step = prepared(word, argument)
    cells = [*map(parts, values), ""]
    asked = [step.scalar(cell) if cell or step.on_empty else "" for cell in cells]
    found, failed = apply_step(pl.Series("甲", cells), step)
    assert found.to_list() == [cell if new is None else new for cell, new in zip(cells, asked, strict=True)]
    assert failed.to_list() == [new is None for new in asked]


def test_every_step_has_a_case() -> None:
    assert {word for word, _, _ in CASES} == set(discover("yakuba.migration.mapping.steps"))
