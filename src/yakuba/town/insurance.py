"""Who is insured where (国保・後期高齢者医療・介護・年金・児童手当), and the 資格 records of those businesses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from yakuba.town._frames import Table
from yakuba.town.days import TODAY, iso
from yakuba.town.person_items import person_number

if TYPE_CHECKING:
    from yakuba.town.people import Household, Person
    from yakuba.town.population import Population

_KOKUHO_SHARE = 4
"""One household in so many is insured by the town (self-employed, farmers, pensioners under 75)."""
_FIRST_KOKUHO = date(1995, 4, 1).toordinal()
_KAIGO_START = date(2000, 4, 1).toordinal()
_KOKI_START = date(2008, 4, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Cover:
    """One insurance of one person: first day and its reason, day of loss (0 = none) and its reason."""

    person: Person
    start: int
    reason: str
    end: int
    lost: str


def birthday(born: int, years: int) -> int:
    """Day number of the `years`-th birthday (29 February counts as 28)."""
    day = date.fromordinal(born)
    return date(day.year + years, day.month, min(day.day, 28) if day.month == 2 else day.day).toordinal()  # noqa: PLR2004


def _in_kokuho(home: Household) -> bool:
    return int(home.number[:-1]) // 2 % _KOKUHO_SHARE == 0


def kokuho(population: Population) -> list[Cover]:
    """国民健康保険: whole households under 75; a death, a move or the 75th birthday ends it."""
    covers = []
    for person in population.people:
        if not _in_kokuho(person.household):
            continue
        start = max(person.entered, _FIRST_KOKUHO)
        old = birthday(person.born, 75)
        ends = [(day, why) for day, why in ((old, "05"), (person.removed, _end(person))) if 0 < day <= TODAY]
        end, why = min(ends, default=(0, ""))
        if not end or end > start:
            covers.append(Cover(person, start, "03" if person.reason == "13" else "01", end, why))
    return covers


def _end(person: Person) -> str:
    return "03" if person.removal == "23" else "01"


def by_age(population: Population, years: int, first: int) -> list[Cover]:
    """Insurance from an age on (75: 後期, 65: 介護); death is reason 01, a move 02."""
    covers = []
    for person in population.people:
        reached = max(birthday(person.born, years), first)
        start = max(reached, person.entered)
        if start <= TODAY and (person.live or start < person.removed):
            lost = "" if person.live else "01" if person.removal == "23" else "02"
            covers.append(Cover(person, start, "02" if start > reached else "01", person.removed, lost))
    return covers


def pension(population: Population) -> list[Cover]:
    """国民年金第1号: insured in 国保, live, 20 to 59 years old."""
    covers = []
    for person in population.people:
        young = birthday(person.born, 20)
        if person.live and _in_kokuho(person.household) and young <= TODAY < birthday(person.born, 60):
            start = max(young, person.entered)
            covers.append(Cover(person, start, "01" if start == young else "04", 0, ""))
    return covers


def pension_number(person: Person) -> str:
    """基礎年金番号 (10 digits), fictitious: begins with 99."""
    return f"99{person.index:08d}"


@dataclass(frozen=True, slots=True)
class Allowance:
    """児童手当 of one head: the children it is paid for, oldest first, and the first month."""

    person: Person
    children: tuple[Person, ...]
    start: str


def allowances(population: Population) -> list[Allowance]:
    """児童手当: live heads with live children of the household who are 17 or younger."""
    found = []
    for home in population.households:
        head = home.head()
        children = [one for one in home.members if one.live and one.age < 18 and one is not head]  # noqa: PLR2004
        children = [one for one in children if one.relations[-1].text == "子"]
        if head.live and children:
            children.sort(key=lambda child: (child.born, child.index))
            first = max(head.entered, children[0].entered) + 31
            found.append(Allowance(head, tuple(children), iso(min(first, TODAY))[:7]))
    return found


def frames(population: Population) -> dict[str, Table]:
    """資格 records of the five businesses."""
    return {
        "国民健康保険/資格情報": _kokuho(population),
        "後期高齢者医療/資格情報": _aged(population, "後期高齢者医療/資格情報", by_age(population, 75, _KOKI_START)),
        "介護保険/資格情報": _aged(population, "介護保険/資格情報", by_age(population, 65, _KAIGO_START)),
        "国民年金/資格情報": _pension(population),
        **_allowances(population),
    }  # fmt: skip


def _kokuho(population: Population) -> Table:
    table = Table("市区町村コード", "宛名番号", "資格履歴番号", "最新フラグ", "世帯番号", "世帯主_宛名番号", "記号",
                  "番号", "枝番", "擬制世帯主有無", "資格取得年月日", "資格取得事由", "資格取得届出年月日",
                  "資格喪失年月日", "資格喪失事由", "資格喪失届出年月日")  # fmt: skip
    for cover in kokuho(population):
        home, person = cover.person.household, cover.person
        head = home.head(min(cover.end or TODAY, TODAY) - 1 if cover.end else TODAY)
        table.add(
            cover.start, population.municipality, person_number(person.index), "1", "1", home.number,
            person_number(head.index), "99", home.number[2:-1],
            f"{home.members.index(person) + 1:02d}", "0", iso(cover.start), cover.reason,
            iso(min(cover.start + 5, TODAY)), iso(cover.end), cover.lost,
            iso(min(cover.end + 5, TODAY)) if cover.end else "",
        )  # fmt: skip
    return table


def _aged(population: Population, group: str, covers: list[Cover]) -> Table:
    digits = 8 if group.startswith("後期") else 10
    names = ["市区町村コード", "被保険者番号", "履歴番号", "最新フラグ", "宛名番号", "資格取得年月日", "資格取得事由",
             "資格喪失年月日", "資格喪失事由"]  # fmt: skip
    extra = {"個人区分": "1"} if digits == 8 else {"被保険者区分": "1", "住所地特例区分": "0"}  # noqa: PLR2004
    table = Table(*names, *extra)
    for cover in covers:
        insured = f"99{cover.person.index:0{digits - 2}d}"
        table.add(
            cover.start, population.municipality, insured, "1", "1", person_number(cover.person.index),
            iso(cover.start), cover.reason, iso(cover.end), cover.lost, *extra.values(),
        )  # fmt: skip
    return table


def _pension(population: Population) -> Table:
    table = Table("市区町村コード", "宛名番号", "資格履歴番号", "最新フラグ", "基礎年金番号", "資格種別",
                  "資格取得年月日", "資格取得事由", "付加保険料有無")  # fmt: skip
    for cover in pension(population):
        table.add(
            cover.start, population.municipality, person_number(cover.person.index), "1", "1",
            pension_number(cover.person), "1", iso(cover.start), cover.reason, "0",
        )  # fmt: skip
    return table


def _allowances(population: Population) -> dict[str, Table]:
    heads = Table("市区町村コード", "認定番号", "履歴番号", "最新フラグ", "宛名番号", "認定請求年月日", "認定年月日",
                  "受給者区分", "受給開始年月", "加入年金区分", "手当月額")  # fmt: skip
    children = Table("市区町村コード", "認定番号", "児童_宛名番号", "児童_氏名", "児童_生年月日", "児童_続柄",
                     "同居別居区分", "児童区分", "算定対象開始年月", "第何子", "手当月額")  # fmt: skip
    for place, one in enumerate(allowances(population), start=1):
        number, town = f"{place:010d}", population.municipality
        total = 0
        for order, child in enumerate(one.children, start=1):
            young = child.age < 3  # noqa: PLR2004 - the higher rate of the youngest
            amount = 30_000 if order >= 3 else 15_000 if young else 10_000  # noqa: PLR2004 - third child
            total += amount
            begin = max(child.entered, one.person.entered)
            children.add(
                begin, town, number, person_number(child.index), child.name, child.birth_text or iso(child.born),
                "子", "1", "1" if young else "2", max(iso(min(begin + 31, TODAY))[:7], one.start), str(order),
                str(amount),
            )  # fmt: skip
        asked = max(one.person.entered, one.children[0].entered)
        heads.add(
            asked, town, number, "1", "1", person_number(one.person.index), iso(asked), iso(min(asked + 10, TODAY)),
            "1", one.start, "1" if _in_kokuho(one.person.household) else "2", str(total),
        )  # fmt: skip
    return {"児童手当/受給者情報": heads, "児童手当/児童情報": children}


def reference_items(population: Population) -> dict[int, dict[str, str]]:
    """Items of 住民情報 that come from the insurances, by person index; only of live people."""
    items: dict[int, dict[str, str]] = {
        person.index: {"国保資格有無": "0", "後期高齢資格有無": "0", "介護資格有無": "0", "年金資格有無": "0",
                       "児童手当資格区分": "0"}
        for person in population.people if person.live
    }  # fmt: skip
    for name, covers in (
        ("国保", kokuho(population)),
        ("後期高齢", by_age(population, 75, _KOKI_START)),
        ("介護", by_age(population, 65, _KAIGO_START)),
        ("年金", pension(population)),
    ):
        for cover in covers:
            cells = items.get(cover.person.index)
            if cells is not None and not cover.end:
                cells |= {f"{name}資格有無": "1", f"{name}資格取得年月日": iso(cover.start)}
                if name == "年金":
                    cells |= {"基礎年金番号": pension_number(cover.person), "年金資格種別": "1"}
    for one in allowances(population):
        items[one.person.index] |= {"児童手当資格区分": "1", "児童手当受給開始年月": one.start}
    return items
