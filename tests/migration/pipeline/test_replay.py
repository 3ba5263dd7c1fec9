"""Replay: what was handed back is mended and takes its old place. Oracle: our own statement, and the accounts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.migration.pipeline.desk import GOOD, HEADER, PROJECT, SOURCE, table

from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from tests.migration.pipeline.desk import Desk

PEOPLE = GOOD + (
    ",戊山,五郎,M,3640107,無番\n"  # no key: readable, handed back
    "0006,己川,六郎\n"  # too few fields: cannot be read
    '0007,"庚,七郎,F,4010203,x\n'  # quote not closed: cannot be read
    "0008,辛,八郎,M,3640107,最後\n"
)
REPLAYING = PROJECT.replace(SOURCE, SOURCE + 'replay = "mended.csv"\n')


@pytest.fixture
def handed_back(desk: Desk) -> Desk:
    desk.town(PEOPLE)
    outcome = desk.go()
    assert (outcome.records, outcome.loaded, outcome.rejected) == (8, 5, 3)
    desk.put("project.toml", REPLAYING)
    return desk


def form(desk: Desk) -> list[dict[str, str]]:
    return table(desk.folder / "run/rejected/atena.csv")


def mend(desk: Desk) -> list[dict[str, str]]:
    rows = form(desk)
    rows[0] |= {"NO": "0005"}
    rows[1] |= {"NO": "0006", "SEI": "己川", "MEI": "六郎", "SEX": "M", "UMARE": "3640107"}
    rows[2] |= {"NO": "0007", "SEI": "庚", "MEI": "七郎", "SEX": "F", "UMARE": "4010203", "BIKO": "x"}
    return rows


def test_the_form_to_mend_names_every_rejected_record(handed_back: Desk) -> None:
    assert [(row["元ファイル"], row["元行"], row["理由"], row["SEI"]) for row in form(handed_back)] == [
        ("ATENA.csv", "7", "key_empty", "戊山"),
        ("ATENA.csv", "8", "record_fields", ""),
        ("ATENA.csv", "9", "quote_unclosed", ""),
    ]
    raw = (handed_back.folder / "run/rejected/atena.unread.dat").read_text("utf-8")
    assert raw == "".join(PEOPLE.splitlines(keepends=True)[7:9])


def test_mended_records_are_loaded(handed_back: Desk) -> None:
    handed_back.put_table("mended.csv", mend(handed_back))
    outcome = handed_back.go("second")
    assert outcome.questions == 0
    assert sorted(handed_back.column("宛名番号", out="second")) == [f"{n:04}" for n in range(1, 9)]
    assert (outcome.records, outcome.loaded, outcome.merged, outcome.rejected) == (11, 8, 1, 2)
    evidence = json.loads((handed_back.folder / "second/evidence/evidence.json").read_text("utf-8"))
    accounts = {
        entry["content"]["source"]: entry["content"] for entry in evidence["entries"] if entry["kind"] == "account"
    }
    fields = ("records", "loaded", "merged", "rejected", "unread")
    assert [accounts["atena"][name] for name in fields] == [8, 5, 1, 2, 2]
    assert [accounts["atena-replay"][name] for name in fields] == [3, 3, 0, 0, 0]
    assert [row["BIKO"] for row in handed_back.rows("data/yobi/atena-replay", "second")] == ["無番", "", "x"]
    assert handed_back.proven("second")


def test_a_form_that_was_not_mended_is_handed_back_again(handed_back: Desk) -> None:
    handed_back.put_table("mended.csv", form(handed_back))
    outcome = handed_back.go("second")
    assert outcome.loaded == 5
    assert handed_back.rejected("atena-replay", "second")["reason"].to_list() == ["key_empty"] * 3
    assert outcome.questions == 3


def test_part_of_the_form_is_enough(handed_back: Desk) -> None:
    handed_back.put_table("mended.csv", mend(handed_back)[1:2])
    outcome = handed_back.go("second")
    assert (outcome.loaded, outcome.questions) == (6, 2)
    assert "0006" in handed_back.column("宛名番号", out="second")


def test_a_loaded_record_can_be_replaced_too(handed_back: Desk) -> None:
    row = mend(handed_back)[0] | {"元行": "2", "NO": "0001", "SEI": "改姓"}
    handed_back.put_table("mended.csv", [row])
    outcome = handed_back.go("second")
    assert outcome.merged == 1
    rows = {row["宛名番号"]: row["氏_日本人"] for row in handed_back.rows(out="second")}
    assert rows["0001"] == "改姓"
    assert len(rows) == 5


def test_look_ups_see_the_mended_record(handed_back: Desk) -> None:
    """8 points to the mended 5, and to the mended copy of 1, not to what they were."""
    lookup = (
        '"住所_方書" = { from = "BIKO", lookup = { source = "atena", key = "NO", take = "SEI" } }\n"代表宛名フラグ"'
    )
    handed_back.put("project.toml", REPLAYING.replace('"代表宛名フラグ"', lookup))
    handed_back.put("ATENA.csv", PEOPLE.replace("最後", "0005").replace("メモ", "0001"))
    first = form(handed_back)[0] | {"元行": "2", "NO": "0001", "SEI": "改姓", "BIKO": "0001"}
    handed_back.put_table("mended.csv", [mend(handed_back)[0], first])
    handed_back.go("second")
    places = {row["宛名番号"]: row["住所_方書"] for row in handed_back.rows(out="second")}
    assert places["0008"] == "戊山"
    assert places["0001"] == "改姓"


def test_characters_of_the_vendor_are_converted_in_mended_records(handed_back: Desk) -> None:
    handed_back.put("gaiji.csv", "外字コード,文字,区分\nU+E000,髙,字形一致\n")
    handed_back.put("project.toml", REPLAYING.replace(SOURCE, SOURCE + 'gaiji = "gaiji.csv"\n'))
    handed_back.put_table("mended.csv", [mend(handed_back)[0] | {"SEI": "\ue000山"}])
    handed_back.go("second")
    assert "髙山" in handed_back.column("氏_日本人", out="second")


def test_one_broken_record_may_have_been_several(handed_back: Desk) -> None:
    """A quote that is not closed swallows what follows; the form may then hold several rows for one place."""
    row = mend(handed_back)[2]
    handed_back.put_table("mended.csv", [row, row | {"NO": "0010", "MEI": "十郎"}])
    outcome = handed_back.go("second")
    assert outcome.loaded == 7
    assert {"0007", "0010"} <= set(handed_back.column("宛名番号", out="second"))


WRONG = {
    "no such line": ([{"元行": "99"}], "ATENA.csv:99"),
    "no such file": ([{"元ファイル": "X.csv"}], "X.csv:7"),
    "no number": ([{"元行": "七"}], "ATENA.csv:七"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_replay_file_is_refused(handed_back: Desk, name: str) -> None:
    changes, place = WRONG[name]
    handed_back.put_table("mended.csv", [mend(handed_back)[0] | change for change in changes])
    said = handed_back.run("second")
    assert said.code == 2
    assert place in said.complaint
    assert "mended.csv" in said.complaint
    assert not (handed_back.folder / "second/evidence").exists()


def test_a_replay_file_without_its_first_columns_is_refused(handed_back: Desk) -> None:
    handed_back.put("mended.csv", HEADER + "0005,戊山,五郎,M,3640107,\n")
    with pytest.raises(CannotContinueError, match="元ファイル"):
        handed_back.go("second")


def test_a_replay_file_that_lacks_a_used_column_is_refused(handed_back: Desk) -> None:
    rows = [{key: value for key, value in row.items() if key != "SEX"} for row in mend(handed_back)]
    handed_back.put_table("mended.csv", rows)
    with pytest.raises(CannotContinueError, match="SEX"):
        handed_back.go("second")


def test_a_missing_replay_file_is_refused(handed_back: Desk) -> None:
    with pytest.raises(CannotContinueError, match=r"mended\.csv"):
        handed_back.go("second")
