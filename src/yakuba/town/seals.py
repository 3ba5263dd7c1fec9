"""印鑑登録 of a town: one 原票 for two grown-up people in five, its card, and removals by death or move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.town._frames import Table
from yakuba.town.days import TODAY, iso
from yakuba.town.insurance import birthday
from yakuba.town.person_items import person_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.town.people import Person
    from yakuba.town.population import Population

_REMOVED = {"23": "21", "21": "22", "22": "22"}
"""抹消事由 by the 異動事由 of the removal."""


def _holders(population: Population) -> Iterator[tuple[Person, int]]:
    """(person, day of registration)."""
    for person in population.people:
        first = max(birthday(person.born, 18), person.entered) + 100 + person.index * 37 % 2500
        last = person.removed or TODAY
        if person.index % 5 < 2 and first < last - 20:  # noqa: PLR2004 - two in five
            yield person, first


def frames(population: Population) -> dict[str, Table]:
    """印鑑登録原票 and 印鑑登録証."""
    town = population.municipality
    sheets = Table("市区町村コード", "印鑑登録番号", "履歴番号", "最新フラグ", "宛名番号", "印鑑登録証番号",
                   "印鑑登録状態", "申請年月日", "登録年月日", "登録方法", "代理人_有無", "氏名", "氏名_フリガナ",
                   "生年月日", "性別", "住所", "印影", "印影_解像度", "印影文字区分", "抹消年月日",
                   "抹消事由")  # fmt: skip
    cards = Table("市区町村コード", "印鑑登録証番号", "印鑑登録番号", "登録証交付年月日", "登録証状態",
                  "返納年月日")  # fmt: skip
    for place, (person, day) in enumerate(_holders(population), start=1):
        number, card = f"{place:08d}", f"C{place:08d}"
        removed = person.removed
        _, address = person.household.address(removed or TODAY)
        sheets.add(
            removed or day, town, number, "1", "1", person_number(person.index), card, "9" if removed else "2",
            iso(day), iso(day), "1", "0", person.name, person.kana, person.birth_text or iso(person.born), person.sex,
            address.whole, f"IN{number}.png", "400", "1" if place % 3 else "2", iso(removed),
            _REMOVED[person.removal] if removed else "",
        )  # fmt: skip
        cards.add(day, town, card, number, iso(day), "3" if removed else "1", iso(removed))
    return {"印鑑登録/印鑑登録原票": sheets, "印鑑登録/印鑑登録証": cards}
