"""Forms (表記): how raw values of items become the words on the paper.

Dates are 和暦, those of the birth and the end of stay of a foreign resident 西暦, never both. Empty, 「なし」 and
「不明」 stay three different values. A date that is not fully known is printed in the words that were recorded for it:
where only a sortable day is held, nothing may be printed, because that day would be taken for the real one.

Source: 住民記録システム標準仕様書【第1.0版】1.1.8, 4.0.3, 5.x.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.kernel.absent import Absence, absence
from yakuba.kernel.dates.calendar import OPEN_END, OPEN_START, is_calendar_date
from yakuba.kernel.dates.eras import eras
from yakuba.kernel.dates.fushobi import Fushobi
from yakuba.kernel.dates.wareki import Wareki, year_text
from yakuba.layouts.read import layout

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

_NO_DAY = frozenset({"", OPEN_START, OPEN_END})
_CERTAIN = frozenset({"", "0"})
_FULL_WIDTH_SPACE = "\u3000"
_SEXES = {"1": "男", "2": "女", "0": "", "": ""}
_NUMBER = re.compile(r"-?[0-9]+")
_GROUP = 4
"""Digits of a group of 個人番号."""


class UnreadableError(Exception):
    """A value that cannot be printed; the argument is the code of the finding."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One row as a form sees it.

    Attributes:
        row: raw values by item name. items: those the field names, in order.
        layout: id of the standard layout; group: the group the row is of. issued_on: 発行年月日.
    """

    row: Mapping[str, str]
    items: tuple[str, ...]
    layout: str
    group: str
    issued_on: date

    @property
    def values(self) -> tuple[str, ...]:
        """Raw values of the items; what the row does not have is empty."""
        return tuple(self.row.get(item, "") for item in self.items)

    @property
    def first(self) -> str:
        """The first value that is not empty."""
        return next((value for value in self.values if value), "")


def _text(reading: Reading) -> str:
    return reading.first


def _joined(reading: Reading) -> str:
    """Pieces written one after the other; 「なし」 or 「不明」 stands alone."""
    first = reading.values[0]
    return first if absence(first) in (Absence.NONE, Absence.UNKNOWN) else "".join(reading.values)


def _address(reading: Reading) -> str:
    """都道府県, 市区郡町村, 町字, 番地, then 方書 after a space: the last of the items."""
    *place, katagaki = reading.values
    written = "".join(place)
    return f"{written}{_FULL_WIDTH_SPACE}{katagaki}" if katagaki else written


def _both(reading: Reading) -> str:
    """氏名 of a foreign resident: アルファベット first, then 漢字."""
    found = dict.fromkeys(value for value in reading.values if value)
    return _FULL_WIDTH_SPACE.join(found)


def _day(reading: Reading, *, western: bool) -> str:
    item, raw = reading.items[0], reading.values[0]
    if raw in _NO_DAY or absence(raw):
        return "" if raw in _NO_DAY else raw.strip()
    recorded = reading.row.get(f"{item}_不詳表記", "")
    unknown = next(
        (value for flag in ("不詳フラグ", "不詳区分") if (value := reading.row.get(f"{item}_{flag}", ""))), ""
    )
    if recorded or Fushobi.parse(raw):
        return recorded or raw
    if unknown not in _CERTAIN:
        raise UnreadableError("unknown_date_words")
    return _western(raw) if western else _japanese(raw, _era(reading, item))


def _era(reading: Reading, item: str) -> str:
    """The era as entered, which alone tells 大正15 from 昭和元 on a border day."""
    return next((value for beside in ("元号", "年号コード") if (value := reading.row.get(f"{item}_{beside}", ""))), "")


def _japanese(raw: str, era: str) -> str:
    day = (Wareki.from_iso(raw, era) if era else None) or Wareki.from_iso(raw)
    if day is None:
        raise UnreadableError("date_unreadable")
    return day.text()


def _western(raw: str) -> str:
    if Wareki.from_iso(raw) is None and not is_calendar_date(raw):
        raise UnreadableError("date_unreadable")
    year, month, day = (int(part) for part in raw.split("-"))
    return f"{year}年{month}月{day}日"


def _date(reading: Reading) -> str:
    return _day(reading, western=False)


def _western_date(reading: Reading) -> str:
    return _day(reading, western=True)


def japanese_date(day: date) -> str:
    """A day of today's calendar in 和暦, for 発行年月日.

    >>> from datetime import date
    >>> japanese_date(date(2026, 11, 21))
    '令和8年11月21日'
    """
    return _japanese(day.isoformat(), "")


def _code(reading: Reading) -> str:
    """What a code means, by the code list of the layout; one of these meanings in words stays as it is."""
    raw = reading.first
    found = layout(reading.layout)
    item = found.by_name[reading.group].by_name[reading.items[0]]
    meanings = found.codes[item.codes].values if item.codes else {}
    if not raw or raw in meanings.values():
        return raw
    if raw not in meanings:
        raise UnreadableError("code_unknown")
    return meanings[raw]


def _relation(reading: Reading) -> str:
    """続柄: the words where they are recorded, else the meaning of the first code."""
    words, code = reading.values
    return words or _code(Reading({reading.items[1]: code}, reading.items[1:], *_where(reading)))


def _sex(reading: Reading) -> str:
    """性別: as recorded in words, else 男 or 女; 0 (不明) prints nothing, as an empty one does."""
    words, code = reading.values
    if code not in _SEXES and not words:
        raise UnreadableError("code_unknown")
    return words or _SEXES[code]


def _where(reading: Reading) -> tuple[str, str, date]:
    return reading.layout, reading.group, reading.issued_on


def _amount(reading: Reading) -> str:
    """Yen with commas; △ for a loss, as tax papers write it. Nothing recorded is not 0."""
    raw = reading.first
    if not raw:
        return ""
    if not _NUMBER.fullmatch(raw):
        raise UnreadableError("not_a_number")
    number = int(raw)
    return f"△{-number:,}" if number < 0 else f"{number:,}"


def _count(reading: Reading) -> str:
    raw = reading.first
    return f"{_amount(reading)}人" if raw else ""


def _fiscal_year(reading: Reading) -> str:
    """年度 in 和暦: 2026 → 令和8年度."""
    raw = reading.first
    return f"{_era_year(raw)}度" if raw else ""


def _income_year(reading: Reading) -> str:
    raw = reading.first
    return f"{_era_year(raw)}分" if raw else ""


def _era_year(raw: str) -> str:
    """A year in the era that held on its last day: 2019 → 令和元年."""
    found = [era for era in eras() if _NUMBER.fullmatch(raw) and era.year_one <= int(raw)]
    if not found:
        raise UnreadableError("date_unreadable")
    return f"{found[-1].name}{year_text(int(raw) - found[-1].year_one + 1)}年"


def _stay(reading: Reading) -> str:
    """在留期間: years, months and days as numbers with leading zeros; 0 is left out."""
    if any(value and not _NUMBER.fullmatch(value) for value in reading.values):
        raise UnreadableError("code_unknown")
    units = zip(reading.values, ("年", "月", "日"), strict=True)
    return "".join(f"{int(value)}{unit}" for value, unit in units if int(value or "0"))


def _grouped(reading: Reading) -> str:
    """個人番号 in groups of four."""
    raw = reading.first
    return " ".join(raw[at : at + _GROUP] for at in range(0, len(raw), _GROUP))


def _dated_note(reading: Reading) -> str:
    """A statement of 統合記載欄 (記載年月日, 記載内容)."""
    day = Reading(reading.row, reading.items[:1], *_where(reading))
    return f"{_date(day)} {reading.values[1]}".strip()


def _alias(reading: Reading) -> str:
    """通称の記載・削除に関する事項: 通称, day and municipality of both."""
    name, entered, where, removed, removed_where = reading.values
    text = f"通称「{name}」{_on(reading, 1, entered)} {where}で記載"
    return f"{text}、{_on(reading, 3, removed)} {removed_where}で削除" if removed else text


def _noted(reading: Reading) -> str:
    """備考 of a seal: the katakana reading it was registered with, then free remarks."""
    kana, remark = reading.values
    return "\n".join(line for line in (f"片仮名表記　{kana}" if kana else "", remark) if line)


def _on(reading: Reading, at: int, value: str) -> str:
    return _date(Reading({reading.items[at]: value}, reading.items[at : at + 1], *_where(reading)))


def _overdue(reading: Reading) -> str:
    """未納額 whose day of payment has passed: amount, 納期限."""
    return _amount_of(reading, reading.values[0] if _is_due(reading) else "0")


def _not_due(reading: Reading) -> str:
    """未納額 whose day of payment has not come (納期未到来額)."""
    return _amount_of(reading, "0" if _is_due(reading) else reading.values[0])


def _is_due(reading: Reading) -> bool:
    if not is_calendar_date(reading.values[1]):
        raise UnreadableError("date_unreadable")
    return reading.values[1] < reading.issued_on.isoformat()


def _amount_of(reading: Reading, value: str) -> str:
    return _amount(Reading({reading.items[0]: value}, reading.items[:1], *_where(reading)))


def _presence(reading: Reading) -> str:
    """有無: a flag and the day it is about (資格有無, 資格取得年月日)."""
    if reading.values[0] != "1":
        return ""
    day = _on(reading, 1, reading.values[1]) if len(reading.values) > 1 else ""
    return f"有　{day}取得" if day else "有"


FORMS: Mapping[str, Callable[[Reading], str]] = {
    "text": _text,
    "joined": _joined,
    "address": _address,
    "both": _both,
    "date": _date,
    "western": _western_date,
    "code": _code,
    "relation": _relation,
    "sex": _sex,
    "amount": _amount,
    "count": _count,
    "fiscal_year": _fiscal_year,
    "income_year": _income_year,
    "stay": _stay,
    "grouped": _grouped,
    "dated_note": _dated_note,
    "alias": _alias,
    "noted": _noted,
    "overdue": _overdue,
    "not_due": _not_due,
    "presence": _presence,
}
"""Forms by the name certificate.toml uses."""
