"""Display (表示): a cell as the layout writes it → as a person reads it, by the type the layout gives it."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from yakuba.kernel.dates.wareki import Wareki
from yakuba.kernel.errors import UsageError
from yakuba.layouts.model import DataType
from yakuba.layouts.read import layout as layout_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from yakuba.layouts.model import Group, Item, Layout
    from yakuba.registry.models import Ledger
    from yakuba.registry.veils import Veil

_WESTERN = ("在留期間の満了", "在留期間満了")
"""Dates that are shown in 西暦 only (住民記録システム標準仕様書 4.0.3)."""
_OPEN_END = {"0000-01-01", "9999-12-31"}
_CODE_OF_UNKNOWN = {"", "0"}
_NUMBERS = (DataType.INTEGER, DataType.SIGNED, DataType.DECIMAL)
_AMOUNT = re.compile(r"額|金額|保険料|税額|面積|排気量")


@dataclass(frozen=True, slots=True)
class Value:
    """One item as it is shown.

    Attributes:
        name: official item name. identifier: romaji. raw: as the layout writes it, "" when it is not handed out.
        text: for people: 和暦, names of codes, figures with commas; "" when empty or not handed out.
        masked: it may not be seen by this actor. withheld: it may, for a reason. number: right-aligned in tables.
    """

    name: str
    identifier: str
    raw: str
    text: str
    masked: bool = False
    number: bool = False
    withheld: bool = False

    @property
    def hidden(self) -> bool:
        """Whether there may be something that was not handed out."""
        return self.masked or self.withheld


@dataclass(frozen=True, slots=True)
class Section:
    """Items that belong together, in the order of the layout."""

    title: str
    values: tuple[Value, ...]


class Shape:
    """The layout's word about a ledger: items, codes, or nothing for the reserve area."""

    def __init__(self, ledger: Ledger) -> None:
        self.columns: Sequence[str] = ledger.columns
        self.layout: Layout | None = _layout(ledger.layout)
        self.group: Group | None = self.layout.by_name.get(ledger.title) if self.layout else None
        self.items = {name: self.group.by_name.get(name) if self.group else None for name in self.columns}

    @property
    def business(self) -> str:
        """Identifier of the business; "yobi" for the reserve area."""
        return self.layout.identifier if self.layout else "yobi"

    def raws(self, cells: Sequence[str | None]) -> dict[str, str]:
        """Cells by item name; cells beyond what was stored are left out."""
        return dict(zip(self.columns, (cell or "" for cell in cells), strict=False))

    def values(self, cells: Sequence[str | None], veil: Veil, *, foreign: bool = False) -> tuple[Value, ...]:
        """All items of a record, those behind the veil without what they hold."""
        raws = self.raws(cells)
        return tuple(self.value(name, raws, veil, foreign=foreign) for name in self.columns)

    def value(self, name: str, raws: dict[str, str], veil: Veil, *, foreign: bool = False) -> Value:
        """One item; the era of a date comes from the item beside it, where the layout has one."""
        item, raw = self.items[name], raws.get(name, "")
        identifier = item.identifier if item else name
        if veil.masks(name, raw):
            return Value(name, identifier, "", "", masked=True)
        if raw and name in veil.kept:
            return Value(name, identifier, "", "", withheld=True)
        if item is None:
            return Value(name, identifier, raw, raw)
        era = next((raws[beside] for beside in (f"{name}_元号", f"{name}_年号コード") if raws.get(beside)), "")
        unknown = next((raws[beside] for beside in (f"{name}_不詳フラグ", f"{name}_不詳区分") if raws.get(beside)), "")
        western = name.startswith(_WESTERN) or (foreign and name == "生年月日")
        text = self._text(item, raw, era, unknown, western=western)
        return Value(name, identifier, raw, text, number=item.type in _NUMBERS and not item.codes and not item.key)

    def _text(self, item: Item, raw: str, era: str, unknown: str, *, western: bool) -> str:
        if item.codes and self.layout:
            return self.layout.codes[item.codes].values.get(raw, raw)
        if item.type is DataType.DATE:
            return shown_date(raw, era, unknown, western=western)
        if item.type in _NUMBERS and _AMOUNT.search(item.name):
            return _with_commas(raw)
        return raw


def shown_date(raw: str, era: str = "", unknown: str = "", *, western: bool = False) -> str:
    """A date for people.

    Args:
        raw: YYYY-MM-DD. era: number or name of the era as entered, "" = that of the day. unknown: 不詳 flag.
        western: 西暦 instead of 和暦.

    >>> shown_date("1926-12-25", "2"), shown_date("1990-01-01", unknown="1"), shown_date("1990-05-07", western=True)
    ('大正15年12月25日', '平成2年1月1日（不詳）', '1990年5月7日')
    """
    if not raw or raw in _OPEN_END:
        return ""
    day = Wareki.from_iso(raw, era) if era else None
    day = day or Wareki.from_iso(raw)
    parts = raw.split("-")
    if western and len(parts) == 3:  # noqa: PLR2004 - year, month, day
        text = f"{int(parts[0])}年{int(parts[1])}月{int(parts[2])}日"
    else:
        text = day.text() if day else raw
    return text if unknown in _CODE_OF_UNKNOWN else f"{text}（不詳）"


def sections(values: Iterable[Value]) -> tuple[Section, ...]:
    """A resident's items by section (data/sections.csv), sections without an item left out."""
    found: dict[str, list[Value]] = {title: [] for title, _ in _sections()}
    for value in values:
        title = next(title for title, pattern in _sections() if pattern.search(value.name))
        found[title].append(value)
    return tuple(Section(title, tuple(inside)) for title, inside in found.items() if inside)


@cache
def _sections() -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = files("yakuba.registry").joinpath("data/sections.csv").read_text("utf-8")
    return tuple((row["section"], re.compile(row["pattern"])) for row in csv.DictReader(text.splitlines()))


@cache
def _layout(layout_id: str) -> Layout | None:
    """None for the reserve area, and for an edition that this installation's catalog no longer has."""
    try:
        return layout_named(layout_id)
    except UsageError:
        return None


def _with_commas(raw: str) -> str:
    whole, point, rest = raw.partition(".")
    digits = whole.removeprefix("-")
    return f"{int(whole):,}{point}{rest}" if digits.isascii() and digits.isdigit() else raw
