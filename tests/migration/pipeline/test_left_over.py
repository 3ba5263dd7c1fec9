"""What a dump holds and the project does not ask for is told to a person, once a file and once a column."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.migration.pipeline.desk import GOOD, HEADER, PROJECT, SOURCE, TABLE_OF_ATENA

from yakuba.migration.pipeline.left_over import MANY

if TYPE_CHECKING:
    from tests.migration.pipeline.desk import Desk

WITH_REPLAY = SOURCE + 'replay = "mended.csv"\ngaiji = "gaiji.csv"\n'


def told(desk: Desk, code: str, out: str = "run") -> list[tuple[str, str, str, str]]:
    """Severity, category, column and value of the findings of a code."""
    found = [row for row in desk.findings(out) if row["code"] == code]
    return sorted((row["severity"], row["category"], row["column"], row["value"]) for row in found)


def unread(desk: Desk, out: str = "run") -> list[str]:
    """Files that were told to be read by nobody."""
    return [value for *_, value in told(desk, "file_unread", out)]


def test_a_file_that_no_source_reads_is_a_note(desk: Desk) -> None:
    desk.town()
    desk.put("DOKUJI.CSV", "NO,KINGAKU\n1,5000\n")
    desk.put("sub/memo.txt", "覚え書き")
    outcome = desk.go()
    assert told(desk, "file_unread") == [("note", "C14", "", "DOKUJI.CSV"), ("note", "C14", "", "sub/memo.txt")]
    assert outcome.questions == 0


def test_files_of_the_program_are_no_part_of_the_dump(desk: Desk) -> None:
    desk.town(project=PROJECT.replace('dump = "."', 'dump = "."\ndictionary = "places.csv"'))
    desk.put("places.csv", "町字コード,町字,郵便番号\n")
    for name in ("truth.csv", ".hidden"):
        desk.put(name, "")
    desk.go("run")
    desk.put("decisions.csv", (desk.folder / "run" / "decisions.csv").read_bytes())
    desk.go("run2")
    assert unread(desk, "run2") == []


def test_mended_records_and_the_gaiji_table_are_known(desk: Desk) -> None:
    desk.town(project=PROJECT.replace(SOURCE, WITH_REPLAY))
    desk.put("mended.csv", f"元ファイル,元行,理由,{HEADER}ATENA.csv,2,x,0001,甲野,太郎,M,3640107,\n")
    desk.put("gaiji.csv", "外字コード,文字,MJ名,区分,決定者,決定日\n")
    desk.go()
    assert unread(desk) == []
    assert [column for _, _, column, _ in told(desk, "column_reserved")] == ["BIKO"]


@pytest.mark.parametrize(("count", "expected"), [(MANY, MANY), (MANY + 1, 1)])
def test_a_folder_of_images_is_told_in_one_line(desk: Desk, count: int, expected: int) -> None:
    desk.town()
    for number in range(count):
        desk.put(f"inei/IN{number:05}.tif", b"II*\0")
    desk.go()
    assert len(unread(desk)) == expected
    assert (unread(desk) == [f"inei/*.tif ({count})"]) is (expected == 1)


def test_members_of_a_zip_are_told_one_by_one(desk: Desk) -> None:
    desk.town(project=PROJECT.replace('"ATENA*.csv"', '"dump.zip/ATENA.csv"'))
    (desk.folder / "ATENA.csv").unlink()
    with zipfile.ZipFile(desk.folder / "dump.zip", "w") as archive:
        archive.writestr("ATENA.csv", GOOD)
        archive.writestr("DOKUJI.CSV", "a\n")
    desk.go()
    assert unread(desk) == ["dump.zip/DOKUJI.CSV"]


def test_a_column_that_no_item_takes_is_a_note(desk: Desk) -> None:
    desk.town()
    desk.go()
    assert told(desk, "column_reserved") == [("note", "C14", "BIKO", "")]


def test_a_column_that_is_left_behind_on_purpose_needs_no_word(desk: Desk) -> None:
    desk.town(project=PROJECT.replace(SOURCE, SOURCE + '[source.drop]\nBIKO = "空き領域"\n'))
    desk.go()
    assert told(desk, "column_reserved") == []


def test_a_reserve_table_of_the_project_is_told_too(desk: Desk) -> None:
    extra = '[[table]]\ngroup = "予備/atena"\nfrom = "atena"\n[table.columns]\n"NO" = "NO"\n"BIKO" = "BIKO"\n'
    desk.town(project=PROJECT.replace(TABLE_OF_ATENA, TABLE_OF_ATENA + extra))
    desk.go()
    assert [column for _, _, column, _ in told(desk, "column_reserved")] == ["BIKO"]


def test_notes_change_no_exit_code(desk: Desk) -> None:
    desk.town()
    desk.put("DOKUJI.CSV", "a\n")
    assert desk.run().code == 0
