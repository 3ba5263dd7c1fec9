"""Official workbooks. Oracle: the workbook of デジタル庁 with the CSV beside it, and workbooks made here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.kernel.source import Standing
from yakuba.layouts.importing import Facts, import_workbook
from yakuba.layouts.model import DataType, Output
from yakuba.layouts.read import layout
from yakuba.layouts.workbook import read_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

REAL = Path(__file__).parents[2].parent / "shared" / "reference" / "digital_agency"
FACTS = Facts("kihon", "2026-10", "098", "試験", "shiken", "試しの定義書", "第1版", "2026-10", "none")
HEADER = (
    *("データ項目ＩＤ", "データ項目", "データ項目（ローマ字）", "グループ\n名称", "主キー", "データ型", "桁数"),
    *("コード", "データ出力条件", "項目説明", "改定履歴"),
)
ROWS: list[tuple[object, ...]] = [
    ("０９８００００１", "番号", "ｂａｎｇｏ", "人", "〇", "Ｘ", "５", None, "必須", None, "初版"),
    ("09800002", "生年月日", "seinengappi", "人", None, "DATE", 10, None, "条件付き\n必須", "・不詳日を許容する", None),
    ("09800003", "区分", "kubun", "人", None, "９", 1, "１", None, None, None),
    ("09800004", "率", "ritsu", "人", None, "９Ｖ", "３,２", None, "任意", None, None),
    ("09800005", "氏名", "shimei", "人", None, "N", 100, "9", "任意", "氏と名の間は全角空白", None),
]


def book(path: Path, header: Sequence[str] = HEADER, rows: Sequence[Sequence[object]] = ROWS) -> Path:
    """A workbook with legends first, the item table in column B under a title, and merged code lists."""
    made = Workbook()
    legend = made.active
    assert legend is not None
    legend.title = "凡例）列項目説明"
    legend.append(["項番", "項目名", "記載内容", "備考"])
    legend.append([1, "データ項目ID", "データ項目毎に一意に付与するID", None])
    items = made.create_sheet("項目定義書")
    items["B1"] = "■項目定義書"
    for column, heading in enumerate(header, 2):
        items.cell(3, column, heading)
        items.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
    for row, record in enumerate(rows, 5):
        for column, value in enumerate(record, 2):
            items.cell(row, column).value = value
    if all(record[3] for record in rows):
        items.merge_cells("E5:E9")
    codes = made.create_sheet("コード一覧（個別）")
    codes.append(["コードＩＤ", "コード名", "コード値", "コード値の内容"])
    for code in (["１", "区分", 1, "甲"], [None, None, 2, "乙"]):
        codes.append(code)
    codes.merge_cells("A2:A3")
    made.save(path)
    return path


def test_round_trip(tmp_path: Path) -> None:
    found = import_workbook(book(tmp_path / "book.xlsx"), tmp_path, replace(FACTS, groups={"人": "hito"}))
    assert found.id == "kihon/2026-10/098_shiken"
    assert found.source.standing is Standing.OFFICIAL
    (group,) = found.groups
    assert (group.name, group.identifier) == ("人", "hito")
    number, born, kind, rate, name = group.items
    assert (number.id, number.identifier, number.key, number.type, number.digits) == (
        *("09800001", "bango", True, DataType.HALF, 5),
    )
    assert (born.output, born.unknown_date) == (Output.CONDITIONAL, True)
    assert (kind.type, kind.codes, kind.output) == (DataType.INTEGER, "区分", Output.OPTIONAL)
    assert (rate.digits, rate.fraction) == (3, 2)
    assert (name.type, name.gaiji, name.codes) == (DataType.FULL, True, "")
    assert found.codes["区分"].values == {"1": "甲", "2": "乙"}
    header, first, *_ = (tmp_path / found.id / "items.csv").read_text(encoding="utf-8").splitlines()
    assert header.endswith(",改定履歴")
    assert first.endswith(",初版")


def test_shuffled_columns_give_the_same_items(tmp_path: Path) -> None:
    straight = read_workbook(book(tmp_path / "a.xlsx")).items
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for record in (HEADER, *ROWS):
        sheet.append(list(reversed(record)))
    made.save(tmp_path / "b.xlsx")
    assert read_workbook(tmp_path / "b.xlsx").items == straight


@pytest.mark.parametrize("heading", ["データ型", "桁数", "データ項目"])
def test_a_missing_column_is_named(tmp_path: Path, heading: str) -> None:
    header = tuple("何か" if word == heading else word for word in HEADER)
    with pytest.raises(UsageError, match=r"\[項目定義書\]:3: the header has no column") as refused:
        read_workbook(book(tmp_path / "book.xlsx", header))
    assert {"データ型": "型", "桁数": "桁数", "データ項目": "項目名"}[heading] in refused.value.message


@pytest.mark.parametrize(
    ("row", "column", "value", "why"),
    [
        (0, 5, "Z", "データ型"),
        (1, 8, "たぶん", "データ出力条件"),
        (0, 3, None, "グループ"),
        (0, 6, "多め", "桁数"),
        (3, 6, "3", "桁数"),
        (2, 1, "番号", "データ項目"),
        (2, 2, "bango", "データ項目"),
    ],
)
def test_a_cell_that_cannot_be_meant_is_named(
    tmp_path: Path, row: int, column: int, value: str | None, why: str
) -> None:
    record = list(ROWS[row])
    record[column] = value
    with pytest.raises(UsageError) as refused:
        read_workbook(book(tmp_path / "book.xlsx", rows=[*ROWS[:row], tuple(record), *ROWS[row + 1 :]]))
    assert f"[項目定義書]:{row + 5}: {why}" in refused.value.message


def test_a_workbook_without_a_table_is_refused(tmp_path: Path) -> None:
    made = Workbook()
    made.save(tmp_path / "empty.xlsx")
    with pytest.raises(UsageError, match="no sheet has an item table"):
        read_workbook(tmp_path / "empty.xlsx")


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 not a workbook"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "x.xlsx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CannotContinueError, match="not readable as a workbook"):
        read_workbook(path)


def test_the_real_workbook_gives_the_folder_of_the_catalog(tmp_path: Path) -> None:
    path = REAL / "2026-08_digital-agency_atenabango-kanri_item-definition.xlsx"
    if not path.exists():
        pytest.skip(f"{path} is not here: the reference data are not shipped")
    shipped = layout("kihon/2026-08/031_jutogaishaatenabangokanri")
    facts = Facts(
        *("kihon", "2026-08", "031", shipped.business, shipped.identifier),
        *(shipped.source.title, shipped.source.edition, shipped.source.date, shipped.source.licence),
        groups={"住登外者宛名基本情報": "jutogaishaatenakihonjoho"},
    )
    assert import_workbook(path, tmp_path, facts) == shipped
    assert read_workbook(path).passed == ["凡例）列項目説明", "凡例）データ型"]


def test_a_refused_workbook_leaves_nothing(tmp_path: Path) -> None:
    path = book(tmp_path / "book.xlsx", rows=[*ROWS, ("09800006", "六", "roku", "人", None, "X", 1, "区分？", "必須")])
    import_workbook(path, tmp_path / "good", FACTS)
    bad = book(tmp_path / "bad.xlsx", rows=[*ROWS, ("1", "六", "roku", "人", None, "BLOB?", 1, None, "必須")])
    with pytest.raises(UsageError):
        import_workbook(bad, tmp_path / "standards", FACTS)
    assert not (tmp_path / "standards").exists()


def test_a_group_that_the_workbook_does_not_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no group '物' → its groups: 人"):
        import_workbook(book(tmp_path / "book.xlsx"), tmp_path, replace(FACTS, groups={"物": "mono"}))


@pytest.mark.parametrize(
    "fields",
    [{"edition": "../x"}, {"code": "0 1"}, {"identifier": "Shiken"}, {"identifier": "a/b"}, {"groups": {"人": "人"}}],
)
def test_facts_that_cannot_name_a_folder_are_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="cannot be used"):
        replace(FACTS, **fields)
