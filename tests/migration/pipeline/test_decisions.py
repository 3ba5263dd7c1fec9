"""Decisions: what a person answers is obeyed by the next run. Oracle: our own statement, answer by answer."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from tests.migration.pipeline.desk import GOOD, HEADER, PROJECT, table

from yakuba.kernel.errors import UsageError
from yakuba.migration.pipeline.decisions import read_decisions

if TYPE_CHECKING:
    from tests.migration.pipeline.desk import Desk

PEOPLE = HEADER + (
    "0001,甲野,太郎,M,3640107,\n"
    "0002,乙山,花子,X,4010203,\n"
    "0003,丙川,ABC,M,3501231,\n"
    "0004,丁田,四郎,Z,5010501,\n"
    "0005,戊山,五郎,Z,3640231,\n"
)
"""Unknown sex codes in 2, 4 and 5, half-width letters in the name of 3, the 31st of February in 5."""


@pytest.fixture
def asked(desk: Desk) -> Desk:
    desk.town(PEOPLE)
    assert desk.go().questions == 6
    return desk


def test_each_question_has_its_place(asked: Desk) -> None:
    rows = table(asked.folder / "run/decisions.csv")
    assert len({row["指摘ID"] for row in rows}) == len(rows) == 6
    assert {(row["規則"], row["キー"], row["項目"], row["値"], row["行"]) for row in rows} == {
        ("code_unknown", "0002", "性別", "X", "3"),
        ("character_class", "0003", "名_日本人", "ABC", "4"),
        ("character_class", "0003", "氏名", "丙川　ABC", "4"),
        ("code_unknown", "0004", "性別", "Z", "5"),
        ("code_unknown", "0005", "性別", "Z", "6"),
        ("date_form", "0005", "生年月日", "3640231", "6"),
    }
    assert {row["提案"] for row in rows if row["項目"] == "名_日本人"} == {"ＡＢＣ"}
    assert {row["判断"] for row in rows} == {""}


def test_every_answer_is_obeyed(asked: Desk) -> None:
    asked.answers(
        {
            ("code_unknown", "0002"): ("値", "2"),
            ("character_class", "0003"): ("採用", ""),
            ("code_unknown", "0004"): ("そのまま", ""),
            ("code_unknown", "0005"): ("差し戻し", ""),
        }
    )
    outcome = asked.go("second")
    assert outcome.proven
    assert (outcome.loaded, outcome.rejected) == (4, 1)
    assert asked.column("性別", out="second") == ["1", "2", "1", "Z"]
    assert asked.column("氏名", out="second") == ["甲野　太郎", "乙山　花子", "丙川　ＡＢＣ", "丁田　四郎"]
    rejected = asked.rejected(out="second")
    assert rejected["NO"].to_list() == ["0005"]
    assert rejected["SEX"].to_list() == ["Z"]
    assert {row["キー"] for row in table(asked.folder / "second/decisions.csv")} == {"0005"}
    changed = [row for row in asked.corrections("second") if row["rule"] == "decision"]
    assert {(row["item"], row["before"], row["after"]) for row in changed} == {
        ("性別", "X", "2"),
        ("名_日本人", "ABC", "ＡＢＣ"),
        ("氏名", "丙川　ABC", "丙川　ＡＢＣ"),
    }
    assert asked.proven("second")


def test_answers_hold_when_the_lines_come_in_another_order(asked: Desk) -> None:
    answers = {
        ("code_unknown", "0002"): ("値", "2"),
        ("character_class", "0003"): ("採用", ""),
        ("code_unknown", "0004"): ("そのまま", ""),
        ("date_form", "0005"): ("値", "1989-02-28"),
        ("code_unknown", "0005"): ("値", "1"),
    }
    asked.answers(answers)
    assert asked.go("second").questions == 0
    first = {row["宛名番号"]: row for row in asked.rows(out="second")}
    lines = PEOPLE.removeprefix(HEADER).splitlines(keepends=True)
    random.Random(3).shuffle(lines)  # noqa: S311  repeatable, no secret
    asked.put("ATENA.csv", HEADER + "0009,新人,一郎,M,3640107,\n" + "".join(lines))
    assert asked.go("third").questions == 0
    third = {row["宛名番号"]: row for row in asked.rows(out="third")}
    assert third.pop("0009")
    assert third == first


def test_the_same_questions_have_the_same_names_in_another_order(asked: Desk) -> None:
    before = {row["指摘ID"]: row["値"] for row in table(asked.folder / "run/decisions.csv")}
    lines = PEOPLE.removeprefix(HEADER).splitlines(keepends=True)
    asked.put("ATENA.csv", HEADER + "".join(reversed(lines)))
    asked.go("second")
    assert {row["指摘ID"]: row["値"] for row in table(asked.folder / "second/decisions.csv")} == before


def test_an_answer_to_a_value_is_no_answer_to_another(asked: Desk) -> None:
    """The old system now says something else in the same cell: the question is asked again."""
    asked.answers({("code_unknown", "0002"): ("値", "2"), ("code_unknown", "0004"): ("そのまま", "")})
    asked.put("ATENA.csv", PEOPLE.replace("花子,X", "花子,Y").replace("四郎,Z", "四郎,W"))
    asked.go("second")
    rows = table(asked.folder / "second/decisions.csv")
    assert {("code_unknown", "0002", "Y"), ("code_unknown", "0004", "W")} <= {
        (row["規則"], row["キー"], row["値"]) for row in rows
    }


def test_one_broken_record_answered_is_not_all_of_them(desk: Desk) -> None:
    desk.town(GOOD + "0008,戊山\n0009,己川\n")
    desk.go()
    rows = table(desk.folder / "run/decisions.csv")
    assert [row["規則"] for row in rows] == ["record_fields"] * 2
    desk.answers({("record_fields", rows[0]["キー"]): ("そのまま", "")})
    outcome = desk.go("second")
    assert (outcome.questions, outcome.rejected) == (1, 2)


def test_what_no_table_takes_is_asked_once_for_each_kind(desk: Desk) -> None:
    people = GOOD + "0008,戊山,五郎,A,3640107,\n0009,己川,六郎,A,3640107,\n0010,庚,七郎,B,3640107,\n"
    desk.town(people, PROJECT.replace('from = "atena"\n', 'from = "atena"\nwhere = { SEX = ["M", "F"] }\n'))
    outcome = desk.go()
    assert (outcome.loaded, outcome.rejected, outcome.questions) == (4, 3, 3)
    rows = table(desk.folder / "run/decisions.csv")
    assert [(row["規則"], row["値"]) for row in rows] == [("no_table", "SEX=A")] * 2 + [("no_table", "SEX=B")]
    assert len({row["指摘ID"] for row in rows}) == 2
    rows[0]["判断"] = "そのまま"
    desk.put_table("decisions.csv", rows[:1])
    second = desk.go("second")
    assert (second.rejected, second.questions) == (3, 1)
    assert [row["値"] for row in table(desk.folder / "second/decisions.csv")] == ["SEX=B"]
    assert desk.rejected(out="second")["NO"].to_list() == ["0008", "0009", "0010"]


def test_secret_values_are_not_in_the_questions(desk: Desk) -> None:
    desk.town(
        PEOPLE.replace("0002,乙山", "123456789012,乙山"), PROJECT.replace('"操作者ID"', '"個人番号" = "NO"\n"操作者ID"')
    )
    desk.go()
    rows = table(desk.folder / "run/decisions.csv")
    assert "check_digit_kojin" in {row["規則"] for row in rows}
    for row in rows:
        if row["項目"] == "個人番号":
            assert set(row["値"]) == {"*"}
            assert row["提案"] == ""


WRONG = {
    "no heading": ("指摘ID,規則\n1,2\n", ":1: ", "headings"),
    "unknown word": ("{head}\na,code_unknown,,,,,X,,,,たぶん,,,,\n", ":2: ", "そのまま"),
    "a value that is missing": ("{head}\na,code_unknown,,,,,X,,,,値,,,,\n", ":2: ", "新しい値"),
    "a proposal that is missing": ("{head}\na,b,,,,,,,,,,,,,\na,code_unknown,,,,,X,,,,採用,,,,\n", ":3: ", "新しい値"),
    "not UTF-8": ("{head}\n甲\n", "", "UTF-8"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_decisions_file_is_named_with_line_and_remedy(asked: Desk, name: str) -> None:
    text, place, remedy = WRONG[name]
    head = (asked.folder / "run/decisions.csv").read_text("utf-8-sig").splitlines()[0]
    data = text.replace("{head}", head)
    path = asked.put("decisions.csv", data, "cp932" if name == "not UTF-8" else "utf-8")
    with pytest.raises(UsageError) as refused:
        read_decisions(path)
    assert f"{path}{place}" in refused.value.message
    assert remedy in refused.value.remedy


def test_a_file_of_a_spreadsheet_is_read(asked: Desk) -> None:
    """Spreadsheets add empty rows, quote everything and end lines with CRLF."""
    rows = table(asked.folder / "run/decisions.csv")
    rows[0]["判断"] = " そのまま "
    asked.put_table("decisions.csv", rows)
    text = asked.folder / "decisions.csv"
    asked.put(
        "decisions.csv", text.read_text("utf-8-sig").replace("\n", "\r\n") + ",,,,,,,,,,,,,,\r\n\r\n", "utf-8-sig"
    )
    assert len(read_decisions(text).kept) == 1


def test_a_record_that_cannot_be_loaded_stays_handed_back_when_answered(desk: Desk) -> None:
    desk.town(GOOD + "0008,戊山,五郎,M,3640107,\n,己川,六郎,M,3640107,\n")
    asked = desk.go()
    rows = [row for row in table(desk.folder / "run/decisions.csv") if row["規則"] == "key_empty"]
    assert (asked.rejected, len(rows)) == (1, 1)
    rows[0]["判断"] = "そのまま"
    desk.put_table("decisions.csv", rows)
    second = desk.go("second")
    assert (second.rejected, second.proven) == (1, True)
    assert "key_empty" not in {row["規則"] for row in table(desk.folder / "second/decisions.csv")}


def test_a_very_long_value_is_asked_and_answered(desk: Desk) -> None:
    desk.town(HEADER + f"0001,甲野,太郎,{'長' * 200_000},3640107,\n")
    assert desk.go().questions > 0
    key = [(row["規則"], row["キー"]) for row in table(desk.folder / "run/decisions.csv") if row["項目"] == "性別"]
    desk.answers(dict.fromkeys(key, ("値", "1")))
    assert desk.go("second").questions == 0
    assert desk.column("性別", out="second") == ["1"]
