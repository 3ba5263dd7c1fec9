"""Makes the people of a town: households by kind, names, days of birth, entry and removal, from one `Random`."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from yakuba.town._draw import between
from yakuba.town.addresses import AddressBook, Outside
from yakuba.town.days import COMPUTERISED, FOREIGN_START, TODAY
from yakuba.town.kinds import DYING, KINDS, LEAVING, Role
from yakuba.town.names import NameBook, Word
from yakuba.town.numbering import MUNICIPALITY, household_or_person
from yakuba.town.oddities import make_hard
from yakuba.town.people import HEAD, HUSBAND, WIFE, Household, Person, Relation

YEAR = 365.2425
_KEPT = int(5 * YEAR) - 20
"""除票 older than five years have left the main register (標準仕様書 9.3)."""
_LATEST = TODAY - 16
"""Last day something happened: everything is notified and processed by today."""
_MOVED_OUT = 0.16
_DIED_ALONE = 0.03
_FOREIGN = 0.022
_FLAT = 0.3


@dataclass
class Population:
    """What a town is made of before it is written down.

    Attributes:
        municipality: 団体コード (6 digits). people: in order of their numbers. households: in order of formation here.
    """

    municipality: str
    people: list[Person] = field(default_factory=list)
    households: list[Household] = field(default_factory=list)

    @property
    def residents(self) -> int:
        """People living here today."""
        return sum(person.live for person in self.people)


class Maker:
    """Adds households to a population. One maker per town; `rng` is its only source of chance."""

    def __init__(self, seed: int, municipality: str = MUNICIPALITY) -> None:
        self.rng = Random(seed)  # noqa: S311 - fiction, not secrets
        self.names = NameBook()
        self.places = AddressBook()
        self.town = Population(municipality)
        self._serial = 500_000_000
        self._seen: set[tuple[str, int, str]] = set()

    def number(self) -> str:
        """A new 世帯番号."""
        self._serial += 1
        return household_or_person(self._serial)

    def household(self, plan: list[Role], *, foreign: bool = False) -> Household:
        """A household of the planned members, all live but the late ones."""
        rng = self.rng
        head_age = plan[0].age
        born_head = TODAY - int((head_age + rng.random()) * YEAR)
        first = born_head + int(19 * YEAR)
        latest = _LATEST - 3000 if any(role.late for role in plan) else _LATEST - 500
        formed = min(latest, first + int(rng.expovariate(1 / (11 * YEAR))))
        if foreign:
            formed = max(FOREIGN_START, formed, TODAY - int(7 * YEAR) + between(rng, 0, 2000))
            formed = min(formed, latest)
        native = not foreign and rng.random() < 0.5  # noqa: PLR2004 - half of the people were born here
        children = [role.age for role in plan if role.code == "20" and "妻" not in role.text]
        if native and children:
            formed = min(formed, TODAY - int((max(children) + 1.2) * YEAR))
        home = Household(self.number(), formed, [], self._register(native=native))
        surname = self._surname(foreign=foreign)
        for role in plan:
            self._member(home, role, born_head if role is plan[0] else 0, surname, foreign=foreign)
        self._addresses(home)
        self._enter(home, native=native, foreign=foreign)
        self._late(home, plan)
        self._correction(home)
        self.town.households.append(home)
        return home

    def _surname(self, *, foreign: bool) -> Word:
        """By frequency; every ninth household in turn one with a variant character, until each had its turn."""
        turn, rest = divmod(len(self.town.households), 9)
        if rest == 0 and turn < len(self.names.hard) and not foreign:
            return self.names.hard[turn]
        return self.names.surname(self.rng)

    def _register(self, *, native: bool) -> tuple[str, str, str, str]:
        if native or self.rng.random() < 0.3:  # noqa: PLR2004 - newcomers who moved their 本籍 here
            address = self.places.draw(self.rng, flat=False)
            return self.town.municipality, "見本県見本郡見本町", address.area, address.lot.replace("番地", "番")
        away = self.places.outside(self.rng)
        return away.municipality, f"{away.prefecture}{away.city}", away.area, away.lot.replace("号", "")

    def _member(self, home: Household, role: Role, born: int, surname: Word, *, foreign: bool) -> Person:
        rng = self.rng
        name = surname if role.shares else self.names.surname(rng)
        while True:
            day = born or TODAY - int((role.age + rng.random() * 0.99) * YEAR) - 20
            given = self.names.given(rng, role.sex, 1970 + int((day - 719163) / YEAR))
            alien = self.names.foreign(rng, role.sex) if foreign else None
            kana = alien.roman.kana if alien else name.kana + given.kana
            if (kana, day, role.sex) not in self._seen:
                break
        self._seen.add((kana, day, role.sex))
        person = Person(
            index=len(self.town.people),
            sex=role.sex,
            born=day,
            surname=name,
            given=given,
            foreign=alien,
            household=home,
            relations=[Relation(0, role.code, role.text)],
        )
        home.members.append(person)
        self.town.people.append(person)
        return person

    def _addresses(self, home: Household) -> None:
        rng, day = self.rng, home.formed
        home.addresses.append((day, self.places.draw(rng, flat=rng.random() < _FLAT)))
        while True:
            day += 200 + int(rng.expovariate(1 / (14 * YEAR)))
            if day >= _LATEST:
                return
            home.addresses.append((day, self.places.draw(rng, flat=rng.random() < _FLAT)))

    def _enter(self, home: Household, *, native: bool, foreign: bool) -> None:
        origin = self.places.outside(self.rng)
        head = home.members[0]
        home.heads.append((0, head))
        abroad = foreign and self.rng.random() < 0.7  # noqa: PLR2004 - foreign residents straight from abroad
        parents = (self.number(), f"{head.surname.text}　{self.names.given(self.rng, '1', 1940).text}")
        for person in home.members:
            if person.born > home.formed:
                person.entered, person.reason = person.born, "13"
            elif native:
                person.entered, person.reason = person.born, "13"
                if home.formed > COMPUTERISED and person is head:
                    person.parents = parents
                elif home.formed > COMPUTERISED:
                    self._arrive(person, home.formed, origin)
            else:
                self._arrive(person, home.formed, None if abroad else origin)

    @staticmethod
    def _arrive(person: Person, day: int, origin: Outside | None) -> None:
        person.entered, person.origin = day, origin
        person.reason = "11" if origin else "12"

    def _late(self, home: Household, plan: list[Role]) -> None:
        for role, person in zip(plan, list(home.members), strict=True):
            if not role.late:
                continue
            died = between(self.rng, max(TODAY - _KEPT, home.formed + 400), _LATEST)
            person.removed, person.removal = died, "23"
            survivor = home.members[0]
            if role.code == HEAD:
                home.heads = [(0, person), (died, survivor)]
                person.relations = [Relation(0, HEAD, "世帯主")]
                before = Relation(0, WIFE, "妻") if survivor.sex == "2" else Relation(0, HUSBAND, "夫")
                survivor.relations = [before, Relation(died, HEAD, "世帯主")]
            else:
                person.relations = [Relation(0, WIFE, "妻")]

    def _correction(self, home: Household) -> None:
        bases = self.names.bases
        head = home.members[0]
        base = bases.get(head.surname.text, "")
        if head.foreign or not base or self.rng.random() < 0.5:  # noqa: PLR2004 - half were right from the start
            return
        first = max(home.formed, COMPUTERISED) + 60
        if first >= _LATEST:
            return
        home.corrected = between(self.rng, first, _LATEST)
        for person in home.members:
            if person.surname.text == head.surname.text:
                person.old_surname = base

    def leave(self, home: Household, removal: str) -> None:
        """Take a whole household out of the town: everybody moves away (21 or 22) or its last member dies (23)."""
        rng = self.rng
        first = max([TODAY - _KEPT, *(max(person.entered, home.formed) + 120 for person in home.members)])
        day = min(between(rng, first, _LATEST), _LATEST)
        target = None if removal != "21" else self.places.outside(rng)
        for person in home.members:
            if person.live:
                person.removed, person.removal, person.target = day, removal, target
        home.addresses = [one for one in home.addresses if one[0] < day] or home.addresses[:1]


def make_population(residents: int, seed: int) -> Population:
    """The people of a town with exactly `residents` live residents, and those who left within five years."""
    maker = Maker(seed)
    live = 0
    while live < residents:
        foreign = maker.rng.random() < _FOREIGN
        plan = KINDS.draw(maker.rng)(maker.rng) if not foreign else _foreign_plan(maker.rng)
        if live + sum(not role.late for role in plan) > residents:
            plan = plan[:1]
        maker.household(plan, foreign=foreign)
        live += sum(not role.late for role in plan)
    for _ in range(int(residents * _MOVED_OUT / 1.6)):
        foreign = maker.rng.random() < 2 * _FOREIGN
        plan = _foreign_plan(maker.rng) if foreign else LEAVING.draw(maker.rng)(maker.rng)
        plan = [role for role in plan if role.age]
        maker.leave(maker.household(plan, foreign=foreign), "22" if foreign and maker.rng.random() < 0.6 else "21")  # noqa: PLR2004 - share of foreign movers who leave Japan
    for _ in range(int(residents * _DIED_ALONE)):
        maker.leave(maker.household(DYING(maker.rng)[:1]), "23")
    make_hard(maker.town, maker.names, maker.rng)
    return maker.town


def _foreign_plan(rng: Random) -> list[Role]:
    sex, age = rng.choice("12"), between(rng, 20, 45)
    plan = [Role(HEAD, "世帯主", sex, age)]
    if rng.random() < 0.2:  # noqa: PLR2004 - couples
        other = Role(WIFE, "妻", "2", age) if sex == "1" else Role(HUSBAND, "夫", "1", age)
        plan.append(other)
    return plan
