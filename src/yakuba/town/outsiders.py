"""住登外者 of a town: people elsewhere who own something here, one for fifty residents, under numbers of their own."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from yakuba.town._draw import between
from yakuba.town._frames import Table
from yakuba.town.addresses import AddressBook
from yakuba.town.days import COMPUTERISED, TODAY
from yakuba.town.names import NameBook
from yakuba.town.numbering import household_or_person

if TYPE_CHECKING:
    from yakuba.town.population import Population

GROUP = "住登外者宛名番号管理/住登外者宛名基本情報"
_ONE_IN = 50


def numbers(population: Population) -> list[str]:
    """宛名番号 of the outsiders of a town."""
    return [household_or_person(300_000_001 + place) for place in range(population.residents // _ONE_IN + 2)]


def frames(population: Population, seed: int) -> dict[str, Table]:
    """住登外者宛名基本情報."""
    rng = Random(seed ^ 0x0517)  # noqa: S311 - fiction
    names, places = NameBook(), AddressBook()
    table = Table("宛名番号", "氏名", "氏_日本人", "名_日本人", "氏名_読み仮名", "氏_日本人_読み仮名",
                  "名_日本人_読み仮名", "性別", "生年月日", "住所_市区町村コード", "住所_都道府県", "住所_市区郡町村名",
                  "住所_町字", "住所_番地号表記", "業務ID", "独自施策システム等ID", "代表宛名フラグ")  # fmt: skip
    for number in numbers(population):
        sex, year = rng.choice("12"), between(rng, 1940, 1999)
        family, given, place = names.surname(rng), names.given(rng, sex, year), places.outside(rng)
        born = f"{year}-{between(rng, 1, 12):02d}-{between(rng, 1, 28):02d}"
        table.add(
            between(rng, COMPUTERISED, TODAY - 30), number, f"{family.text}　{given.text}", family.text, given.text,
            f"{family.kana}　{given.kana}", family.kana, given.kana, sex, born, place.municipality, place.prefecture,
            place.city, place.area, place.lot, "000", "000", "0",
        )  # fmt: skip
    return {GROUP: table}
