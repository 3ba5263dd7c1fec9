"""Read the item tables and code lists of an official workbook (項目定義書, 基本データリスト, データ項目一覧表).

Tables are found by their headings, wherever they stand; legends and covers are passed over. Headings that the catalog
has no column for are kept beside it, so that every cell of the tables is held.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError
from yakuba.layouts import words
from yakuba.layouts.model import DataType
from yakuba.layouts.sheet import Sheet, Table, best_columns, find_table, read_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNKNOWN_ALLOWED = "不詳日を許容"


@dataclass(frozen=True)
class Workbook:
    """Tables of a workbook in the catalog's form.

    Attributes:
        file: name of the workbook. items: records of items.csv by column. extra: further columns, in order.
        codes: (コードID, コード名, 値, 内容, 備考). passed: sheets without a table.
    """

    file: str
    items: list[dict[str, str]]
    extra: list[str]
    codes: list[tuple[str, str, str, str, str]]
    passed: list[str]


def read_workbook(path: Path) -> Workbook:
    """Find and read the item tables and code lists of a workbook.

    Raises:
        CannotContinueError: no workbook. UsageError: no item table, or a cell that cannot be meant.
    """
    sheets = read_sheets(path)
    book = Workbook(path.name, [], [], [], [])
    for sheet in sheets:
        items = find_table(sheet, words.ITEM_WORDS, words.ITEM_REQUIRED)
        codes = find_table(sheet, words.CODE_WORDS, words.CODE_REQUIRED)
        if items:
            book.items.extend(_items(items))
            book.extra.extend(name for name in items.extra if name not in book.extra)
        elif codes:
            book.codes.extend(_code_rows(codes))
        else:
            book.passed.append(sheet.name)
    if not book.items:
        raise _no_table(path, sheets)
    return book


def _items(table: Table) -> Iterator[dict[str, str]]:
    seen: set[tuple[str, str]] = set()
    for row, cells in table.rows():
        if not table.cell(cells, "項目名"):
            continue
        item = _item(table, row, cells)
        for column in ("項目名", "識別名"):
            name = (item["グループ"], item[column])
            if name in seen:
                raise table.sheet.refused(row, "データ項目", f"{item[column]!r} is in {item['グループ']} twice")
            seen.add(name)
        yield item


def _item(table: Table, row: int, cells: tuple[str, ...]) -> dict[str, str]:
    def cell(column: str) -> str:
        return table.cell(cells, column)

    kind = words.data_type(cell("型"))
    if kind is None:
        raise table.sheet.refused(row, "データ型", f"{cell('型')!r} is no known data type")
    condition = words.output(cell("出力条件"))
    if condition is None:
        raise table.sheet.refused(row, "データ出力条件", f"{cell('出力条件')!r} is not 必須, 条件付き必須 or 任意")
    if not cell("グループ"):
        raise table.sheet.refused(row, "グループ", f"{cell('項目名')} belongs to no group")
    digits = words.digits(cell("桁数"), kind)
    if digits is None:
        raise table.sheet.refused(row, "桁数", f"{cell('桁数')!r} does not fit {kind.value}")
    repeat = words.digits(cell("繰り返し"), DataType.INTEGER)
    if repeat is None:
        raise table.sheet.refused(row, "繰り返し", f"{cell('繰り返し')!r} is no number")
    gaiji = words.mark(cell("外字")) if "外字" in table.columns else ("○" if kind == "Ｎ" else "")
    item = {name: cells[at] for name, at in table.extra.items()}
    return item | {
        "項目ID": _item_id(cell("項目ID")),
        "項目名": cell("項目名").replace("\n", ""),
        "識別名": words.half_width(cell("識別名")) or f"item{row + 1}",
        "グループ": cell("グループ").replace("\n", ""),
        "主キー": words.mark(cell("主キー")),
        "外部キー": cell("外部キー"),
        "型": kind,
        "桁数": digits,
        "コード": words.half_width(cell("コード")),
        "繰り返し": repeat,
        "出力条件": condition,
        "外字": gaiji,
        "不詳日": "○" if UNKNOWN_ALLOWED in cell("説明") + cell("定義") else "",
        "定義": cell("定義"),
        "説明": cell("説明"),
        "サンプル": cell("サンプル"),
    }


def _item_id(text: str) -> str:
    """データ項目ID: 3 digits of the business and 5 of the item, in one cell or two.

    >>> _item_id("031 1"), _item_id("03100001"), _item_id("")
    ('03100001', '03100001', '')
    """
    parts = words.half_width(text).split()
    return f"{parts[0].zfill(3)}{parts[1].zfill(5)}" if len(parts) == 2 else "".join(parts)  # noqa: PLR2004


def _code_rows(table: Table) -> list[tuple[str, str, str, str, str]]:
    """Rows of a code list; an empty コードID means the list above goes on."""
    rows, code, name = [], "", ""
    for _, cells in table.rows():
        given = words.half_width(table.cell(cells, "コードID"))
        if given and given != code:
            code, name = given, table.cell(cells, "コード名") or f"コード{given}"
        value = words.half_width(table.cell(cells, "値"))
        if code and value:
            rows.append((code, name, value, table.cell(cells, "内容"), table.cell(cells, "備考")))
    return rows


def _no_table(path: Path, sheets: list[Sheet]) -> UsageError:
    looks = [(len(columns), sheet, row, columns) for sheet in sheets for row, columns in [_look(sheet)]]
    count, sheet, row, columns = max(looks, key=lambda look: look[0])
    if not count:
        return UsageError(
            f"{path}: no sheet has an item table", remedy="give a 項目定義書 or 基本データリスト workbook"
        )
    missing = "、".join(column for column in words.ITEM_REQUIRED if column not in columns)
    place = f"{path}[{sheet.name}]:{row + 1}"
    return UsageError(f"{place}: the header has no column {missing}", remedy="add the column or its usual heading")


def _look(sheet: Sheet) -> tuple[int, frozenset[str]]:
    return best_columns(sheet, words.ITEM_WORDS)
