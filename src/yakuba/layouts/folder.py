"""A catalog folder (groups.csv, items.csv, codes.csv, SOURCE.toml) ⇄ a `Layout`."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, TypeVar

from yakuba.kernel.errors import UsageError
from yakuba.kernel.source import read_source
from yakuba.layouts import condition
from yakuba.layouts.model import CodeList, DataType, Group, Item, Layout, Output
from yakuba.layouts.reference import parse_foreign
from yakuba.layouts.table import Row, read_table

if TYPE_CHECKING:
    from pathlib import Path

Word = TypeVar("Word", DataType, Output)

GROUP_COLUMNS = ("グループ", "識別名", "説明")
ITEM_COLUMNS = (
    *("項目ID", "項目名", "識別名", "グループ", "主キー", "外部キー", "型", "桁数", "コード", "繰り返し"),
    *("出力条件", "条件", "外字", "不詳日", "定義", "説明", "サンプル", "由来"),
)
CODE_COLUMNS = ("コードID", "コード名", "値", "内容", "由来")
ANY_VALUE = "任意"
"""Only value of a list that the municipality fills itself (コード 999): such a list restricts nothing."""


def read_layout(folder: Path) -> Layout:
    """Read one business in one edition.

    Args:
        folder: `…/<family>/<edition>/<code>_<identifier>`.

    Raises:
        UsageError: a table cannot be read or says what cannot be meant; names file, line and column.
    """
    source = read_source(folder)
    business = _business(folder)
    codes = _read_codes(folder / "codes.csv")
    groups = _read_groups(folder, codes)
    return Layout(
        family=folder.parent.parent.name,
        edition=folder.parent.name,
        code=business["code"],
        business=business["name"],
        identifier=business["identifier"],
        source=source,
        groups=groups,
        codes={code_list.name: code_list for code_list in codes.values()},
    )


def _business(folder: Path) -> dict[str, str]:
    path = folder / "SOURCE.toml"
    business = tomllib.loads(path.read_text(encoding="utf-8")).get("business", {})
    for field in ("name", "code", "identifier"):
        if not isinstance(business.get(field), str):
            raise UsageError(f"{path}: [business] {field} is missing", remedy="name the business, its code and romaji")
    if folder.name != f"{business['code']}_{business['identifier']}":
        raise UsageError(f"{path}: [business] does not agree with the folder's name {folder.name}")
    return {str(key): str(value) for key, value in business.items()}


def _code_key(cell: str) -> str:
    """コードID without the zeros that one sheet writes and the other leaves out (002 and 2)."""
    return cell.lstrip("0") or cell


def _read_codes(path: Path) -> dict[str, CodeList]:
    lists: dict[str, CodeList] = {}
    for row in read_table(path, CODE_COLUMNS):
        key = _code_key(row["コードID"])
        code_list = lists.setdefault(key, CodeList(row["コードID"], row["コード名"], {}))
        if code_list.name != row["コード名"] or not row["コード名"]:
            raise row.refused("コード名", f"list {row['コードID']} has another name above: {code_list.name}")
        if row["値"] == ANY_VALUE:
            continue
        if row["値"] in code_list.values:
            raise row.refused("値", f"{row['値']!r} is in the list twice")
        code_list.values[row["値"]] = row["内容"]
    return lists


def _read_groups(folder: Path, codes: dict[str, CodeList]) -> tuple[Group, ...]:
    rows = {row["グループ"]: row for row in read_table(folder / "groups.csv", GROUP_COLUMNS)}
    item_rows = read_table(folder / "items.csv", ITEM_COLUMNS)
    by_group: dict[str, list[Row]] = {name: [] for name in rows}
    for row in item_rows:
        if row["グループ"] not in by_group:
            raise row.refused("グループ", f"{row['グループ']!r} is not in groups.csv")
        by_group[row["グループ"]].append(row)
    return tuple(
        Group(name, row["識別名"], row["説明"], _items(row, by_group[name], codes)) for name, row in rows.items()
    )


def _items(group: Row, rows: list[Row], codes: dict[str, CodeList]) -> tuple[Item, ...]:
    if not rows:
        raise group.refused("グループ", f"{group['グループ']} has no items")
    seen: set[str] = set()
    for row in rows:
        for column in ("項目名", "識別名"):
            if not row[column] or row[column] in seen:
                raise row.refused(column, f"{row[column]!r} is empty or twice in {row['グループ']}")
            seen.add(row[column])
    names = {row["項目名"] for row in rows}
    return tuple(_item(row, names, codes) for row in rows)


def _item(row: Row, names: set[str], codes: dict[str, CodeList]) -> Item:
    type_ = _one_of(row, "型", DataType)
    digits, fraction = _digits(row, type_)
    return Item(
        id=row["項目ID"],
        name=row["項目名"],
        identifier=row["識別名"],
        group=row["グループ"],
        key=row.mark("主キー"),
        foreign=_foreign(row),
        type=type_,
        digits=digits,
        fraction=fraction,
        codes=_codes(row, codes),
        repeat=_number(row, "繰り返し", 1),
        output=_one_of(row, "出力条件", Output),
        condition=_condition(row, names),
        gaiji=row.mark("外字"),
        unknown_date=row.mark("不詳日"),
        definition=row["定義"],
        note=row["説明"],
        sample=row["サンプル"],
        origin=row["由来"],
    )


def _one_of(row: Row, column: str, kind: type[Word]) -> Word:
    try:
        return kind(row[column])
    except ValueError as error:
        raise row.refused(column, f"{row[column]!r} is none of {'、'.join(kind)}") from error


def _number(row: Row, column: str, default: int) -> int:
    if not row[column]:
        return default
    if not row[column].isascii() or not row[column].isdigit():
        raise row.refused(column, f"{row[column]!r} is no whole number")
    return int(row[column])


def _digits(row: Row, type_: DataType) -> tuple[int | None, int]:
    if type_ is not DataType.DECIMAL:
        return (_number(row, "桁数", 0) or None, 0)
    whole, comma, fraction = row["桁数"].partition(",")
    if not (comma and whole.strip().isdigit() and fraction.strip().isdigit()):
        raise row.refused("桁数", f'{row["桁数"]!r} is not "n,m" as 9V needs')
    return int(whole), int(fraction)


def _foreign(row: Row) -> str:
    try:
        parse_foreign(row["外部キー"])
    except ValueError as error:
        raise row.refused("外部キー", str(error)) from error
    return row["外部キー"]


def _condition(row: Row, names: set[str]) -> str:
    if row["条件"]:
        if row["出力条件"] != Output.CONDITIONAL:
            raise row.refused("条件", f"only {Output.CONDITIONAL.value} has a condition")
        try:
            condition.parse(row["条件"], names)
        except UsageError as error:
            raise row.refused("条件", error.message) from error
    return row["条件"]


def _codes(row: Row, codes: dict[str, CodeList]) -> str:
    """Name of the closed list; empty when there is none, or the municipality or another business fills it."""
    if not row["コード"]:
        return ""
    found = codes.get(_code_key(row["コード"]))
    if found is None and row["コード"].isdigit():
        raise row.refused("コード", f"list {row['コード']} is not in codes.csv")
    return found.name if found and found.values else ""
