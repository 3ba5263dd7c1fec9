"""Groups of people whom a disaster hits first (要配慮の区分), as far as a register of residents can tell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

INFANT, SCHOOL, ELDERLY, OLD, OLDEST = 3, 6, 65, 75, 200
"""Ages (満年齢) at which a group begins: 3 = no infant any more, 6 = goes to school, 65 高齢者, 75 後期高齢者."""


class Group(StrEnum):
    """Which people a list is about."""

    ALL = "all"
    ALONE = "alone"
    OLD_ONLY = "old_only"
    INFANTS = "infants"
    OLD = "old"

    @property
    def label(self) -> str:
        """Its word on screens and paper."""
        return _LABELS[self.value]


_LABELS = {
    "all": "世帯の名簿（全員）",
    "alone": "ひとり暮らしの高齢者（65歳以上）",
    "old_only": "高齢者だけの世帯（全員75歳以上、2人以上）",
    "infants": "乳幼児のいる世帯（3歳未満）",
    "old": "75歳以上の人",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a list.

    Attributes:
        district: 町字. age: whole years on the day of the list, None where the birth date says none.
        size: living members of the household. protected: 支援措置 holds.
    """

    district: str
    address: str
    household: str
    addressee: str
    name: str
    kana: str
    birth: str
    age: int | None
    sex: str
    relation: str
    size: int
    protected: bool


@dataclass(frozen=True, slots=True)
class District:
    """One district in numbers (地区別の人数): people by age, households, those who live alone and are 65 or older."""

    name: str
    people: int
    households: int
    infants: int
    preschool: int
    elderly: int
    old: int
    alone: int


def age(birth: str, on: date) -> int | None:
    """満年齢 on a day, in whole years; None where the birth date is none.

    >>> from datetime import date
    >>> age("1960-11-21", date(2026, 11, 20)), age("1960-11-21", date(2026, 11, 21)), age("", date(2026, 3, 1))
    (65, 66, None)
    """
    parts = birth.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):  # noqa: PLR2004 - year, month, day
        return None
    year, month, day = map(int, parts)
    years = on.year - year - ((on.month, on.day) < (month, day))
    return years if years >= 0 else None


def chosen(group: Group, home: list[Line]) -> list[Line]:
    """Those of a household (everybody in it, sized) who are on the list of a group."""
    if group is Group.OLD:
        return [line for line in home if (line.age or 0) >= OLD]
    return home if fits(group, home) else []


def fits(group: Group, home: Sequence[Line]) -> bool:
    """Whether a whole household is of the group."""
    match group:
        case Group.ALL:
            return True
        case Group.ALONE:
            return home[0].size == 1 and (home[0].age or 0) >= ELDERLY
        case Group.OLD_ONLY:
            return len(home) > 1 and all((line.age or 0) >= OLD for line in home)
        case Group.INFANTS:
            return any(line.age is not None and line.age < INFANT for line in home)
        case Group.OLD:
            raise UsageError("この名簿は世帯ごとではありません", remedy="名簿を選び直してください")


def district_of(name: str, lines: Sequence[Line]) -> District:
    """A district in numbers, from everybody who lives there."""
    ages = [line.age for line in lines if line.age is not None]

    def between(first: int, last: int) -> int:
        return sum(1 for one in ages if first <= one < last)

    return District(
        name=name,
        people=len(lines),
        households=len({line.household or line.addressee for line in lines}),
        infants=between(0, INFANT),
        preschool=between(INFANT, SCHOOL),
        elderly=between(ELDERLY, OLD),
        old=between(OLD, OLDEST),
        alone=sum(1 for line in lines if fits(Group.ALONE, [line])),
    )
