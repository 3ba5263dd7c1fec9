"""Entering (入力): what a clerk typed for an item → the cells a record gets, by the type the layout gives the item."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from yakuba.characters.lengths import length
from yakuba.kernel.dates.calendar import DateKind, iso_text, legal_date_kind
from yakuba.kernel.dates.wareki import FULL_TO_HALF, Wareki
from yakuba.kernel.errors import UsageError
from yakuba.layouts.model import DataType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.layouts.model import Item
    from yakuba.registry.display import Shape

_WESTERN = re.compile(r"([0-9]{4})[-./年]?([0-9]{1,2})[-./月]?([0-9]{1,2})日?")
_HALF_TO_FULL = {half: full for full, half in FULL_TO_HALF.items()} | {ord(" "): "\u3000"}
_PLAIN = re.compile(r"[ -~]*")
_HALF_KANA = re.compile("[\uff61-\uff9f]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NUMBERS = {
    DataType.INTEGER: re.compile(r"[0-9]+"),
    DataType.SIGNED: re.compile(r"-?[0-9]+"),
    DataType.DECIMAL: re.compile(r"-?[0-9]+(\.[0-9]+)?"),
    DataType.YEAR: re.compile(r"[0-9]{4}"),
    DataType.TIME: re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?"),
}
_ERAS = ("元号", "年号コード")
DATE_HELP = "R8.4.1 や 2026-04-01 のように入れてください"


def entered(shape: Shape, name: str, typed: str) -> dict[str, str]:
    """Cells that the text gives: of the item, and of the era beside a date; "" empties the item.

    Args:
        shape: of the ledger. name: official item name. typed: by a clerk, any width; dates in 和暦 or 西暦.

    Raises:
        UsageError: the item is unknown, or the text is nothing that it can hold.
    """
    if name not in shape.items:
        raise UsageError(f"項目「{name}」はありません", remedy="項目の一覧から選んでください")
    item, text = shape.items[name], typed.strip()
    if _CONTROL.search(text):
        raise UsageError(f"項目「{name}」に改行などの制御文字があります", remedy="1行で入力してください")
    if item is None:
        return {name: text}
    if item.type is DataType.DATE and not item.codes:
        return _date(shape, item, text)
    cell = _cell(shape, item, text)
    if item.digits is not None and length(cell) > item.digits:
        raise UsageError(f"項目「{name}」は{item.digits}文字までです", remedy="短くしてください")
    return {name: cell}


def _cell(shape: Shape, item: Item, text: str) -> str:
    if not text:
        return ""
    if item.codes and shape.layout:
        if text not in shape.layout.codes[item.codes].values:
            raise UsageError(f"項目「{item.name}」のコードにない値です", remedy="一覧から選んでください")
        return text
    if item.type is DataType.FULL:
        if _HALF_KANA.search(text):
            raise UsageError(f"項目「{item.name}」に半角カタカナがあります", remedy="全角で入力してください")
        return text.translate(_HALF_TO_FULL)
    half = text.translate(FULL_TO_HALF)
    if pattern := _NUMBERS.get(item.type):
        number = half.replace(",", "") if item.type not in (DataType.YEAR, DataType.TIME) else half
        if not pattern.fullmatch(number):
            raise UsageError(f"項目「{item.name}」は数字で入れる項目です", remedy="数字だけを入れてください")
        return number
    if not _PLAIN.fullmatch(half):
        raise UsageError(f"項目「{item.name}」は半角の英数字で入れる項目です", remedy="英数字で入力してください")
    return half


def _date(shape: Shape, item: Item, text: str) -> dict[str, str]:
    """The day, and the era as it was entered: 大正15年12月25日 and 昭和元年12月25日 are one day and two values."""
    era_item = next((name for end in _ERAS if (name := f"{item.name}_{end}") in shape.items), "")
    if not text:
        return {item.name: ""} | ({era_item: ""} if era_item else {})
    found = typed_date(text)
    if found is None:
        raise UsageError(f"項目「{item.name}」の日付が読めません", remedy=DATE_HELP)
    day, era = found
    kind = legal_date_kind(day)
    if kind is not DateKind.CALENDAR and not (kind is DateKind.IMPOSSIBLE and item.unknown_date):
        raise UsageError(f"項目「{item.name}」は暦にない日です", remedy="日付を確かめてください")
    return {item.name: day} | ({era_item: _era_code(shape, era_item, era)} if era_item else {})


def typed_date(text: str) -> tuple[str, Wareki | None] | None:
    """A day as YYYY-MM-DD, days that no calendar has included, and its era; None when the text is none.

    >>> [typed_date(text)[0] for text in ("大正15年12月25日", "20260401", "２０２６－４－１")], typed_date("昨日")
    (['1926-12-25', '2026-04-01', '2026-04-01'], None)
    """
    plain = text.translate(FULL_TO_HALF).strip()
    if found := Wareki.parse(plain):
        return (found.iso(), found) if found.is_in_era() else None
    match = _WESTERN.fullmatch(plain)
    day = iso_text(*(int(part) for part in match.groups())) if match else None
    return (day, Wareki.from_iso(day)) if day else None


def _era_code(shape: Shape, era_item: str, era: Wareki | None) -> str:
    item = shape.items[era_item]
    if era is None or item is None or not item.codes or shape.layout is None:
        return ""
    codes = shape.layout.codes[item.codes].values
    return next((code for code, words in codes.items() if words == era.era.name), "")


def as_typed(shape: Shape, name: str, raws: Mapping[str, str]) -> str:
    """The cell as a clerk would type it: what stands in the field to begin with."""
    item, raw = shape.items[name], raws.get(name, "")
    if item is None or item.codes or item.type is not DataType.DATE or not raw:
        return raw
    era = next((raws[beside] for end in _ERAS if raws.get(beside := f"{name}_{end}")), None)
    found = (Wareki.from_iso(raw, era) if era else None) or Wareki.from_iso(raw)
    return found.text() if found else raw
