"""People and households of a fictitious town, before their lives are told row by row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yakuba.town.days import TODAY, age

if TYPE_CHECKING:
    from yakuba.town.addresses import Address, Outside
    from yakuba.town.names import ForeignName, Word

HEAD, HUSBAND, WIFE, CHILD = "02", "11", "12", "20"
FATHER, MOTHER, YOUNGER_BROTHER, YOUNGER_SISTER, RELATED, LODGER = "51", "52", "74", "84", "96", "99"

RELATION_TEXT = {
    HEAD: "世帯主",
    HUSBAND: "夫",
    WIFE: "妻",
    "13": "夫（未届）",
    "14": "妻（未届）",
    CHILD: "子",
    FATHER: "父",
    MOTHER: "母",
    YOUNGER_BROTHER: "弟",
    YOUNGER_SISTER: "妹",
    RELATED: "縁故者",
    LODGER: "同居人",
}
"""続柄表記 of a first-step code; chains (子の妻) carry their own text."""


@dataclass(slots=True, frozen=True)
class Relation:
    """続柄 from a day on: code of the first step and the whole text."""

    since: int
    code: str
    text: str


@dataclass(slots=True, eq=False)
class Person:
    """One person.

    Attributes:
        index: running number from 0; every number of the person (宛名番号 …) follows from it.
        sex: "1" 男, "2" 女. born: day number.
        surname, given: names of a Japanese resident; `old_surname` is the spelling before the 軽微な修正.
        foreign: name of a foreign resident, else None.
        relations: 続柄 by time, first to last.
        entered: day of becoming a resident; `reason` its 異動事由 code; `origin` the address before, if any.
        parents: (世帯番号, head's name) of the parents' household of a native who left it; else None.
        removed: day of removal (0 = live); `removal` its 異動事由 code; `target` the new address of a mover.
        planned: day a live person has announced to leave (転出予定); 0 = none.
        former: 旧氏 recorded beside the name; `former_since` its day (0 = none).
        birth_text: 生年月日 as recorded when it is not the calendar day `born`; birth_era the era as entered.
    """

    index: int
    sex: str
    born: int
    surname: Word
    given: Word
    foreign: ForeignName | None
    household: Household
    relations: list[Relation]
    old_surname: str = ""
    entered: int = 0
    reason: str = ""
    origin: Outside | None = None
    parents: tuple[str, str] | None = None
    removed: int = 0
    removal: str = ""
    target: Outside | None = None
    planned: int = 0
    former: Word | None = None
    former_since: int = 0
    birth_text: str = ""
    birth_era: str = ""
    birth_unknown: bool = False

    @property
    def name(self) -> str:
        """氏名: parts separated by one full-width space."""
        return self.foreign.roman.text if self.foreign else f"{self.surname.text}　{self.given.text}"

    @property
    def kana(self) -> str:
        """氏名_フリガナ."""
        return self.foreign.roman.kana if self.foreign else f"{self.surname.kana}　{self.given.kana}"

    @property
    def live(self) -> bool:
        """Whether the person is a resident today."""
        return not self.removed

    @property
    def recorded_alias(self) -> bool:
        """Whether a 通称 is recorded (30 days after entry)."""
        named = self.foreign is not None and bool(self.foreign.alias.text)
        return named and self.index % 2 == 1 and self.entered + 40 < (self.removed or TODAY)

    @property
    def age(self) -> int:
        """Full years on the town's day."""
        return age(self.born)

    def relation(self, day: int) -> Relation:
        """続柄 on a day."""
        return next((one for one in reversed(self.relations) if one.since <= day), self.relations[0])

    def name_on(self, day: int) -> str:
        """氏名 as it was written on a day."""
        if self.old_surname and day < self.household.corrected:
            return f"{self.old_surname}　{self.given.text}"
        return self.name


@dataclass(slots=True, eq=False)
class Household:
    """One household (世帯).

    Attributes:
        number: 世帯番号. formed: day it began in this town.
        addresses: (day, address) from the first to the present one.
        heads: (day, person) of each 世帯主 by time.
        corrected: day its surname's spelling was corrected (軽微な修正); 0 = never.
        register: (municipality code, place text, 町字, lot) of the 本籍 of its Japanese members.
    """

    number: str
    formed: int
    addresses: list[tuple[int, Address]]
    register: tuple[str, str, str, str]
    members: list[Person] = field(default_factory=list)
    heads: list[tuple[int, Person]] = field(default_factory=list)
    corrected: int = 0

    def address(self, day: int) -> tuple[int, Address]:
        """(住定日, address) on a day."""
        return next((one for one in reversed(self.addresses) if one[0] <= day), self.addresses[0])

    def head(self, day: int = TODAY) -> Person:
        """世帯主 on a day."""
        return next((person for since, person in reversed(self.heads) if since <= day), self.heads[0][1])
