"""支援措置 and 通称 of a town: few records, and the ones that may never get lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.town._frames import Table
from yakuba.town.addresses import PREFECTURE, TOWN
from yakuba.town.days import TODAY, iso
from yakuba.town.person_items import person_number

if TYPE_CHECKING:
    from yakuba.town.people import Person
    from yakuba.town.population import Population

_ONE_IN = 450
_YEAR = 365


def protected(population: Population) -> list[Person]:
    """Live grown-up women and a few men under 支援措置; at least two in any town."""
    grown = [one for one in population.people if one.live and 20 <= one.age < 70 and one.entered < TODAY - 900]  # noqa: PLR2004
    step = max(1, len(grown) // max(2, population.residents // _ONE_IN))
    return grown[step // 2 :: step]


def frames(population: Population) -> dict[str, Table]:
    """支援措置, 支援措置併支援者, 抑止, 通称履歴 and 旧氏履歴."""
    measures, family = _protection(population)
    return {
        "住民基本台帳/支援措置": measures,
        "住民基本台帳/支援措置併支援者": family,
        "住民基本台帳/抑止": _blocks(population),
        "住民基本台帳/通称履歴": _aliases(population),
        "住民基本台帳/旧氏履歴": _former_names(population),
    }


def _start(place: int) -> int:
    return TODAY - 20 - place * 53 % 330


def _protection(population: Population) -> tuple[Table, Table]:
    """Measures in force; every fourth is still provisional (仮支援措置): it has a start and no end."""
    table = Table("市区町村コード", "宛名番号", "支援措置番号", "様式区分", "申出年月日", "支援措置状態",
                  "仮支援措置有無", "仮支援措置開始年月日", "支援措置開始年月日", "支援措置終了年月日", "申出者_氏名",
                  "申出者_氏名_フリガナ", "申出者_生年月日", "申出者_性別", "申出者_住所", "被害の種別",
                  "求める支援_閲覧_現住所", "求める支援_住民票_現住所")  # fmt: skip
    family = Table("市区町村コード", "宛名番号", "支援措置番号", "併支援者番号", "併支援者_宛名番号", "併支援者_氏名",
                   "併支援者_氏名_フリガナ", "併支援者_生年月日", "併支援者_性別",
                   "併支援者_申出者との関係")  # fmt: skip
    for place, person in enumerate(protected(population)):
        start, town, number = _start(place), population.municipality, person_number(person.index)
        _, address = person.household.address(TODAY)
        provisional = place % 4 == 3  # noqa: PLR2004 - every fourth
        period = ("1", "1", iso(start), "", "") if provisional else ("2", "0", "", iso(start), iso(start + _YEAR - 1))
        table.add(
            start, town, number, "1", "1", iso(start - 6), *period, person.name, person.kana, birth(person),
            person.sex, address.whole, "1" if place % 3 else "2", "1", "1",
        )  # fmt: skip
        children = [one for one in person.household.members if one.live and one.age < 18 and one is not person]  # noqa: PLR2004
        for order, child in enumerate(children, start=1):
            family.add(
                start, town, number, "1", str(order), person_number(child.index), child.name, child.kana,
                birth(child), child.sex, "同一世帯の子",
            )  # fmt: skip
    return table, family


def _blocks(population: Population) -> Table:
    """A block on certificates for everybody under protection."""
    table = Table("市区町村コード", "宛名番号", "抑止番号", "抑止区分", "抑止対象処理", "抑止レベル",
                  "抑止開始年月日", "一時解除有無")  # fmt: skip
    for place, person in enumerate(protected(population)):
        start = _start(place)
        table.add(start, population.municipality, person_number(person.index), "1", "1", "2", "2", iso(start), "0")
    return table


def birth(person: Person) -> str:
    """生年月日 as recorded."""
    return person.birth_text or iso(person.born)


def _aliases(population: Population) -> Table:
    table = Table("市区町村コード", "宛名番号", "通称履歴番号", "通称", "通称_フリガナ", "通称_フリガナ確認状況",
                  "通称_記載年月日", "通称_記載市区町村コード", "通称_記載市区町村名", "最新フラグ")  # fmt: skip
    for person in population.people:
        if person.foreign and person.recorded_alias:
            day = person.entered + 30
            table.add(
                day, population.municipality, person_number(person.index), "1", person.foreign.alias.text,
                person.foreign.alias.kana, "1", iso(day), population.municipality, f"{PREFECTURE}{TOWN}", "1",
            )  # fmt: skip
    return table


def _former_names(population: Population) -> Table:
    table = Table("市区町村コード", "宛名番号", "旧氏履歴番号", "旧氏", "旧氏_フリガナ", "旧氏_フリガナ確認状況",
                  "旧氏_請求年月日", "旧氏_記載年月日", "最新フラグ")  # fmt: skip
    for person in population.people:
        if person.former is not None:
            day = person.former_since
            table.add(
                day, population.municipality, person_number(person.index), "1", person.former.text,
                person.former.kana, "1", iso(day), iso(day), "1",
            )  # fmt: skip
    return table
