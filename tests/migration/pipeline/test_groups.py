"""Where rows go: several sources in one group, records no table takes, rows merged, columns nobody asked for.

Oracle: our own statement; the sums are those of the signed evidence.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from tests.migration.pipeline.desk import (
    CODES,
    COLUMNS,
    GOOD,
    GROUP,
    HEAD,
    HEADER,
    PROJECT,
    SOURCE,
    TABLE,
    TABLE_OF_ATENA,
)

if TYPE_CHECKING:
    from tests.migration.pipeline.desk import Desk

SECOND = SOURCE.replace('"atena"', '"gai"').replace("ATENA*", "GAI*")
BOTH = HEAD + SOURCE + SECOND + TABLE_OF_ATENA + f'\n[[table]]\ngroup = "{GROUP}"\nfrom = "gai"\n{COLUMNS}' + CODES

MEMO_OF_ATENA = """
[[table]]
group = "住民基本台帳/メモ"
from = "atena"
where = { BIKO = ["!", ""] }
[table.columns]
"市区町村コード" = { constant = "990019" }
"宛名番号" = "NO"
"メモ番号" = { constant = "1" }
"メモ内容" = "BIKO"
"登録年月日" = { constant = "2026-11-20" }
"登録者ID" = { constant = "ikou" }
"操作者ID" = { constant = "ikou" }
"操作年月日" = { constant = "2026-11-20" }
"操作時刻" = { constant = "09:00:00" }
"""


def account(desk: Desk, source: str) -> dict[str, Any]:
    evidence = json.loads((desk.folder / "run/evidence/evidence.json").read_text("utf-8"))
    found = [entry["content"] for entry in evidence["entries"] if entry["kind"] == "account"]
    return next(content for content in found if content["source"] == source)


def test_two_sources_feed_one_group(desk: Desk) -> None:
    desk.town(project=BOTH)
    desk.put("GAI1.csv", HEADER + "9001,外山,一,M,3640107,a\n9002,外川,二,X,3640107,b\n")
    desk.put("GAI2.csv", HEADER + "9003,外田,三,F,3640107,c\n,外木,四,F,3640107,d\n")
    outcome = desk.go()
    assert (outcome.records, outcome.loaded, outcome.rejected) == (8, 7, 1)
    assert desk.column("宛名番号") == ["0001", "0002", "0003", "0004", "9001", "9002", "9003"]
    lineage = pl.read_parquet(desk.folder / "run/lineage" / f"{TABLE.removeprefix('data/')}.parquet")
    assert lineage.rows() == [(n, "atena") for n in range(1, 5)] + [(n, "gai") for n in range(1, 4)]
    assert [(file["path"], file["records"], file["rejected"]) for file in account(desk, "gai")["files"]] == [
        ("GAI1.csv", 2, 0),
        ("GAI2.csv", 2, 1),
    ]
    assert {row["file"] for row in desk.findings() if row["code"] == "code_unknown"} == {"GAI1.csv"}
    assert desk.proven()


def weights(desk: Desk) -> list[tuple[str, str, str]]:
    """Severity, file and line of all that was said about doubled keys."""
    found = [row for row in desk.findings() if row["code"] in ("key_duplicate", "row_merged")]
    return [(row["severity"], row["file"], row["line"]) for row in found]


def keys_are_unique(desk: Desk) -> bool:
    numbers = desk.column("宛名番号")
    return len(numbers) == len(set(numbers))


def test_the_same_key_in_two_sources_is_told(desk: Desk) -> None:
    """Nothing is merged across sources: the first stays, the other is handed back, and a person decides."""
    desk.town(project=BOTH)
    desk.put("GAI1.csv", HEADER + 2 * "0002,乙山,花子,F,4010203,\n" + "0003,別人,三郎,M,3640107,\n")
    outcome = desk.go()
    assert (outcome.merged, outcome.rejected) == (0, 3)
    assert sorted(weights(desk)) == [
        ("error", "ATENA.csv", "3"),
        ("error", "ATENA.csv", "4"),
        ("stop", "GAI1.csv", "2"),
        ("stop", "GAI1.csv", "3"),
        ("stop", "GAI1.csv", "4"),
    ]
    assert keys_are_unique(desk)
    assert desk.proven()


def test_one_source_feeds_two_groups(desk: Desk) -> None:
    """A record is one thing: when one of its rows cannot be carried over, none of its rows is."""
    desk.town(GOOD + ",戊山,五郎,M,3640107,番号なし\n", HEAD + SOURCE + TABLE_OF_ATENA + MEMO_OF_ATENA + CODES)
    outcome = desk.go()
    assert (outcome.records, outcome.loaded, outcome.rejected, outcome.written) == (5, 4, 1, 7)
    memos = desk.rows("data/001_juminkihondaicho/memo")
    assert [(row["宛名番号"], row["メモ内容"]) for row in memos] == [
        ("0001", "メモ"),
        ("0003", "改行\nあり"),
        ("0004", "葛\U000e0102飾"),
    ]
    assert desk.proven()


SPLIT = (
    HEAD
    + SOURCE
    + TABLE_OF_ATENA.replace('from = "atena"', 'from = "atena"\nwhere = { SEX = "M" }')
    + TABLE_OF_ATENA.replace('from = "atena"', 'from = "atena"\nwhere = { SEX = ["F"], MEI = ["!", "幽霊"] }')
    + CODES
)


def test_two_tables_of_one_source_share_its_records(desk: Desk) -> None:
    desk.town(GOOD + "0008,戊山,五郎,X,3640107,\n0009,己川,幽霊,F,3640107,\n", SPLIT)
    outcome = desk.go()
    assert (outcome.loaded, outcome.rejected) == (4, 2)
    assert desk.column("宛名番号") == ["0001", "0003", "0002", "0004"]
    stopped = [row for row in desk.findings() if row["severity"] == "stop"]
    asked = [(row["code"], row["value"], row["column"], row["line"]) for row in stopped]
    assert asked == [
        ("no_table", "SEX=X|MEI=五郎", "SEX+MEI", "7"),
        ("no_table", "SEX=F|MEI=幽霊", "SEX+MEI", "8"),
    ]
    assert desk.rejected()["reason"].to_list() == ["no_table"] * 2
    assert desk.proven()


def test_what_is_left_behind_on_purpose_is_not_in_the_reserve_area(desk: Desk) -> None:
    desk.town(project=PROJECT.replace(SOURCE, SOURCE + '[source.drop]\nBIKO = "空き領域"\n'))
    outcome = desk.go()
    assert outcome.loaded == 4
    assert not (desk.folder / "run/data/yobi").exists()
    evidence = (desk.folder / "run/evidence/evidence.json").read_text("utf-8")
    assert "空き領域" in evidence


def test_the_reserve_area_holds_what_nobody_asked_for_with_its_key(desk: Desk) -> None:
    """Every cell of the source that no item takes is there, whatever it holds; no rule looks at it."""
    text = '0001,甲野,太郎,M,3640107,"a,""b""\n 〓\x1f "\n'
    desk.town(HEADER + text)
    outcome = desk.go()
    assert outcome.questions == 0
    filled = [{name: text for name, text in row.items() if text} for row in desk.rows("data/yobi/atena")]
    assert filled == [{"NO": "0001", "BIKO": 'a,"b"\n 〓\x1f '}]


def test_a_source_without_table_goes_to_the_reserve_area_whole(desk: Desk) -> None:
    desk.town(project=HEAD + SOURCE + SECOND + TABLE_OF_ATENA + CODES)
    desk.put("GAI1.csv", "KEY,URI\n1,甲\n2,\n,\n")
    outcome = desk.go()
    assert (outcome.records, outcome.loaded, outcome.questions) == (7, 7, 0)
    assert desk.rows("data/yobi/gai") == [{"KEY": "1", "URI": "甲"}, {"KEY": "2", "URI": ""}, {"KEY": "", "URI": ""}]
    assert desk.proven()


def test_a_reserve_area_named_in_the_project(desk: Desk) -> None:
    named = '\n[[table]]\ngroup = "予備/atena"\nfrom = "atena"\n[table.columns]\n"NO" = "NO"\n"SEX" = "SEX"\n'
    desk.town(project=HEAD + SOURCE + TABLE_OF_ATENA + named + CODES)
    desk.go()
    assert [row["SEX"] for row in desk.rows("data/yobi/atena")] == ["M", "F", "M", "F"]


@pytest.mark.parametrize("copies", [2, 5])
def test_identical_rows_are_one_row_and_the_first_is_kept(desk: Desk, copies: int) -> None:
    desk.town(GOOD + copies * "0009,戊山,五郎,M,3640107,同\n" + "0010,己川,六郎,M,3640107,\n")
    outcome = desk.go()
    assert (outcome.loaded, outcome.merged, outcome.questions) == (6, copies - 1, 0)
    gone = pl.read_parquet(desk.folder / "run/dispositions.parquet")
    assert gone.select("#record", "into").rows() == [(5 + n, 5) for n in range(1, copies)]
    assert account(desk, "atena")["merged"] == copies - 1
    assert desk.proven()


def test_rows_equal_in_the_standard_but_not_in_the_reserve_area_are_not_merged_away(desk: Desk) -> None:
    """The second record's own remark would be lost with it: a person decides which of the two stays."""
    desk.town(GOOD + "0009,戊山,五郎,M,3640107,一つ目\n0009,戊山,五郎,M,3640107,二つ目\n")
    outcome = desk.go()
    assert (outcome.merged, outcome.rejected, outcome.loaded) == (0, 1, 5)
    assert "一つ目" in {row["BIKO"] for row in desk.rows("data/yobi/atena")}
    assert desk.rejected()["BIKO"].to_list() == ["二つ目"]
    assert weights(desk) == [("error", "ATENA.csv", "7"), ("stop", "ATENA.csv", "8")]


def test_rows_equal_in_one_group_but_not_in_another_are_not_merged_away(desk: Desk) -> None:
    people = GOOD + 2 * "0009,戊山,五郎,M,3640107,同じ\n" + "0010,己川,六郎,M,3640107,甲\n0010,己川,六郎,M,3640107,乙\n"
    desk.town(people, HEAD + SOURCE + TABLE_OF_ATENA + MEMO_OF_ATENA + CODES)
    outcome = desk.go()
    assert (outcome.merged, outcome.rejected, outcome.loaded) == (1, 1, 6)
    memos = {row["メモ内容"] for row in desk.rows("data/001_juminkihondaicho/memo")}
    assert {"同じ", "甲"} <= memos
    assert desk.rejected()["BIKO"].to_list() == ["乙"]
    assert keys_are_unique(desk)
    assert desk.proven()


def test_two_equal_and_one_different(desk: Desk) -> None:
    """The equal one is merged, the different one is handed back, and the kept one waits for a person."""
    desk.town(GOOD + 2 * "0009,戊山,五郎,M,3640107,\n" + "0009,戊山,六郎,M,3640107,\n")
    outcome = desk.go()
    assert (outcome.merged, outcome.rejected, outcome.loaded) == (1, 1, 5)
    assert weights(desk) == [("error", "ATENA.csv", "7"), ("note", "ATENA.csv", "8"), ("stop", "ATENA.csv", "9")]
    assert keys_are_unique(desk)
    assert desk.proven()


def test_two_tables_that_take_the_same_records_double_no_row(desk: Desk) -> None:
    """A mistake of the project: the record's two rows have one key, so it is handed back and told."""
    desk.town(project=HEAD + SOURCE + TABLE_OF_ATENA + TABLE_OF_ATENA + CODES)
    outcome = desk.go()
    assert outcome.rejected == 4
    assert {severity for severity, _, _ in weights(desk)} == {"error", "stop"}
    assert desk.rows() == []


def test_only_the_forms_that_are_asked_for_are_written(desk: Desk) -> None:
    desk.town(GOOD, PROJECT.replace('write = ["csv", "parquet"]', 'write = ["csv"]'))
    assert desk.go().proven
    written = {path.suffix for path in (desk.folder / "run/data").rglob("*") if path.is_file()}
    assert written == {".csv"}
