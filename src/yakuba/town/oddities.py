"""Hard but legal people of a town: days no calendar has, unknown days, eras of a border day, coming moves, 旧氏."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from yakuba.town._draw import between
from yakuba.town.days import TODAY

if TYPE_CHECKING:
    from random import Random

    from yakuba.town.names import NameBook
    from yakuba.town.people import Person
    from yakuba.town.population import Population

_BORDER = date(1926, 12, 25)
"""Last day of 大正 and first of 昭和: only the era as entered tells which."""
_FORMER_NAMES = date(2019, 11, 5).toordinal()
"""Day from which a 旧氏 can be recorded."""


def make_hard(population: Population, names: NameBook, rng: Random) -> None:
    """Give a few people of a town what is hard to migrate; at least one of each kind from 300 residents on."""
    each = max(1, population.residents // 800) if population.residents >= 300 else 0  # noqa: PLR2004 - see above
    old = [one for one in population.people if one.live and one.reason == "11" and 62 <= one.age < 90]  # noqa: PLR2004
    old = [one for one in old if not one.foreign]
    rng.shuffle(old)
    for person in old[:each]:
        _impossible_birthday(person)
    for person in old[each : 2 * each]:
        person.birth_unknown = True
    _border_birthday(population, each)
    single = [one for one in population.people if one.live and len(one.household.members) == 1 and one.age < 60]  # noqa: PLR2004
    rng.shuffle(single)
    for person in single[:each]:
        person.planned = TODAY + between(rng, 3, 25)
    _former_names(population, names, rng, 2 * each)


def _impossible_birthday(person: Person) -> None:
    """29 February of a year that is not a leap year, near the real one."""
    year = date.fromordinal(person.born).year
    year += year % 4 == 0
    person.born = date(year, 2, 28).toordinal()
    person.birth_text = f"{year}-02-29"


def _border_birthday(population: Population, each: int) -> None:
    oldest = sorted((one for one in population.people if one.live and not one.foreign), key=lambda one: one.born)
    for person, era in zip(oldest[:2] if each else (), "23", strict=False):
        if person.entered == person.born:
            person.entered = _BORDER.toordinal()
        person.born = _BORDER.toordinal()
        person.birth_era = era


def _former_names(population: Population, names: NameBook, rng: Random, count: int) -> None:
    wives = [one for one in population.people if one.live and one.relations[-1].text == "妻" and not one.foreign]
    rng.shuffle(wives)
    for person in wives[:count]:
        first = max(_FORMER_NAMES, person.entered + 60, person.household.formed + 60)
        if first < TODAY - 30:
            person.former = names.surname(rng)
            person.former_since = between(rng, first, TODAY - 20)
