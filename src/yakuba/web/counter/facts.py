"""The line of facts below a name, and the items of a person as lists; what is withheld is marked as hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.web.components import Item, Items
from yakuba.web.counter.people import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from yakuba.registry.queries import Person, Section, Value

_BIRTH = ("生年月日",)
_SEX = ("性別表記", "性別", "性別コード")
_PLACE = re.compile("^(.+?)_(都道府県名?|市区郡町村名|市区町村名|町字名?|番地号表記|番地|方書|地番号または、街区符号)$")
"""Items that are parts of one address: they are shown put together, the parts below."""
_WITHIN = re.compile(
    "(_不詳フラグ|_不詳区分|_元号|_年号コード|(?<!住民票)コード[0-9]?|フラグ|確認状況|_日本人|_日本人_フリガナ|_氏|_名|性別表記|_郵便番号)$"
)
"""Items that another item already shows: flags, codes, parts of names."""
_QUIET = "管理"
"""The section of bookkeeping."""
_WIDE = 20
"""Letters from which a value takes the whole row."""
_PARTS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the page.

    Attributes:
        body: what a clerk reads. folded: the rest, to be unfolded: parts, codes, flags and what is empty.
        withheld: it has items that a reason would show.
    """

    id: str
    title: str
    body: Items
    folded: Items
    withheld: bool


def facts(person: Person) -> Iterator[tuple[str, str, str]]:
    """Label, value and what stands in brackets behind it."""
    values = {value.name: value for section in person.sections for value in section.values}
    birth = _first(values, _BIRTH)
    if birth:
        years = age(birth.raw, person.as_of or timezone.localdate())
        yield "", birth.text, "" if years is None or person.removed else f"{years}歳"
    if sex := _first(values, _SEX):
        yield "", sex.text, ""
    yield "宛名番号", person.addressee, ""
    if person.household:
        yield "世帯番号", person.household, ""
    if address := places(values).get("住所"):
        yield "", address, ""


def _first(values: dict[str, Value], names: Iterable[str]) -> Value | None:
    return next((values[name] for name in names if name in values and values[name].text), None)


def age(birth: str, on: date) -> int | None:
    """Years that a person born on `birth` (YYYY-MM-DD, also a day that no calendar has) is old; None before birth."""
    parts = birth.split("-")
    if len(parts) != _PARTS or not all(part.isdigit() for part in parts):
        return None
    year, month, day = (int(part) for part in parts)
    years = on.year - year - ((on.month, on.day) < (month, day))
    return years if years >= 0 else None


def parts(person: Person) -> list[Part]:
    """All sections."""
    return [_part(section, f"s{number}") for number, section in enumerate(person.sections)]


def _part(section: Section, identifier: str) -> Part:
    together = places({value.name: value for value in section.values})
    body: list[Item] = []
    folded: list[Item] = []
    told: set[str] = set()
    for value in section.values:
        match = _PLACE.match(value.name)
        whole = match[1] if match else value.name
        if whole in together:
            body.append(Item(whole, together.pop(whole), wide=True))
            told.add(whole)
        if value.name not in told:
            item = next(items([value]))
            plain = readable(value.name) and section.title != _QUIET
            (body if plain and (item.masked or item.value) else folded).append(item)
    withheld = any(value.withheld for value in section.values)
    return Part(identifier, section.title, Items(body), Items(folded), withheld)


def places(values: Mapping[str, Value]) -> dict[str, str]:
    """Addresses put together from their parts: 住所 → 見本県見本郡見本町中央一丁目１番１号　コーポ見本１０１."""
    found: dict[str, str] = {}
    for name, value in values.items():
        match = _PLACE.match(name)
        if match and value.text:
            own = values.get(match[1])
            start = found.get(match[1]) or (own.text if own else "")
            found[match[1]] = start + ("　" if match[2] == "方書" else "") + value.text
    return found


def readable(name: str) -> bool:
    """Whether an item says something to people that no other item says better."""
    return not _WITHIN.search(name) and not _PLACE.match(name)


def items(values: Iterable[Value]) -> Iterator[Item]:
    """Values as items; of what was not handed out only that it is not shown."""
    for value in values:
        yield Item(value.name, value.text, bool(NAMES.search(value.name)), value.hidden, wide=len(value.text) > _WIDE)
