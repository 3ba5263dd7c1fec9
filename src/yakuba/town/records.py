"""All standard records of a town: group by group, each in the columns of the catalog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from yakuba.town import collection, insurance, outsiders, protection, seals, taxes, vehicles
from yakuba.town._frames import Records, iso_date, stamped
from yakuba.town.addresses import AddressBook
from yakuba.town.days import MY_NUMBER
from yakuba.town.numbering import individual
from yakuba.town.person_items import person_number
from yakuba.town.population import make_population
from yakuba.town.residents import GROUP, resident_frame

if TYPE_CHECKING:
    from yakuba.town.population import Population


@dataclass(frozen=True)
class Town:
    """A made town: its people, its standard records, its address dictionary (町字コード, 町字, 郵便番号)."""

    population: Population
    records: Records
    dictionary: list[tuple[str, str, str]]


def make_town(residents: int, seed: int) -> Town:
    """Make a town of `residents` live residents. The same arguments give the same town."""
    population = make_population(residents, seed)
    return Town(population, standard_records(population, seed), AddressBook().dictionary())


def standard_records(population: Population, seed: int) -> Records:
    """The records of every business for a population."""
    levied = taxes.assessments(population, seed)
    tables = {
        **protection.frames(population),
        **seals.frames(population),
        **taxes.frames(population, levied),
        **collection.frames(population, levied, seed),
        **insurance.frames(population),
        **outsiders.frames(population, seed),
        **vehicles.frames(population, seed),
    }
    return {
        GROUP: resident_frame(population, seed, insurance.reference_items(population)),
        "住民基本台帳/個人番号管理": individual_number_frame(population),
        **{group: table.frame(salt) for salt, (group, table) in enumerate(tables.items(), start=20)},
    }


def individual_number_frame(population: Population) -> pl.DataFrame:
    """個人番号管理: the 個人番号 of everybody who lived here on or after its start, kept apart from the rest."""
    holders = [person for person in population.people if not person.removed or person.removed > MY_NUMBER]
    given = [max(person.entered, MY_NUMBER) for person in holders]
    frame = pl.DataFrame(
        {
            "市区町村コード": [population.municipality] * len(holders),
            "宛名番号": [person_number(person.index) for person in holders],
            "個人番号": [individual(person.index + 1) for person in holders],
            "given": given,
        },
        schema_overrides={"given": pl.Int64()},
    )
    frame = frame.with_columns(iso_date(pl.col("given")).alias("個人番号_指定年月日"), pl.lit("1").alias("最新フラグ"))
    return stamped(frame, pl.col("given"), 3).drop("given")
