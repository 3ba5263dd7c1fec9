"""How the values of a column become those of an item (変換の提案): dates, codes, lost zeros, widths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yakuba.layouts.model import DataType
from yakuba.migration.proposal.model import ColumnLook, ItemMatch

if TYPE_CHECKING:
    from yakuba.layouts.model import Item, Layout

NEEDS_TABLE = "a code table is needed"
_NUMBERS = {DataType.INTEGER, DataType.DECIMAL, DataType.SIGNED}
_USUAL_CODES = {
    "性別": {"男": "1", "女": "2", "M": "1", "F": "2", "不明": "0"},
    "最新フラグ": {"Y": "1", "N": "0"},
}


def convert(column: ColumnLook, item: Item, layout: Layout, score: float, reason: str) -> ItemMatch:
    """The pair with the steps its values need."""
    steps: dict[str, Any] = {}
    codes: dict[str, str] = {}
    held = False
    if item.type is DataType.DATE and column.form and column.form != "iso":
        steps["date"] = column.form
    elif item.codes and item.codes in layout.codes and column.values:
        steps, codes, remark = _codes(column, item, layout.codes[item.codes].values)
        held = remark.endswith(NEEDS_TABLE) and column.longest > (item.digits or column.longest)
        reason = f"{reason}; {remark}"
    elif "郵便番号" in item.name and column.kind == "postal code" and column.longest > (item.digits or 8):
        steps["replace"] = {"-": ""}
    elif "フリガナ" in item.name and "half_kana" in column.traits:
        steps["width"] = "full"
    elif item.type in _NUMBERS and "zeros" in column.traits:
        steps["number"] = True
    return ItemMatch(item.name, column.name, round(score, 2), reason, steps, codes, held)


def _codes(column: ColumnLook, item: Item, known: dict[str, str]) -> tuple[dict[str, Any], dict[str, str], str]:
    """Steps and code table for a coded item: nothing to do, lost zeros, meanings written out, or a person's work."""
    found = [value for value, _ in column.values]
    unknown = [value for value in found if value not in known]
    if not unknown:
        return {}, {}, "all values are in the standard code list"
    widths = {len(value) for value in known}
    if len(widths) == 1 and all(value.isascii() and value.isdigit() for value in found):
        width = widths.pop()
        if all(value.zfill(width) in known for value in found):
            return {"pad": {"width": width, "with": "0"}}, {}, "leading zeros are lost"
    meaning = {text: value for value, text in known.items()}
    usual = {old: new for old, new in _USUAL_CODES.get(item.name, {}).items() if new in known}
    table = {value: meaning.get(value) or usual.get(value) for value in found if value not in known}
    sure = {old: new for old, new in table.items() if new}
    if len(sure) == len(unknown):
        kept = {value: value for value in found if value in known}
        return {"codes": ""}, sure | kept, "values are the meanings of the standard codes"
    return {}, {}, f"{len(unknown)} of {len(found)} values are not in the standard code list: {NEEDS_TABLE}"
