"""個人住民税 of a town: income by age, tax by the rules of the year, parts that add up to it.

Rates and deductions: the national frame for 年度 2025 and 2026 as general knowledge has it; only what a plain
employee or pensioner meets. Deductions for dependants are left out, which changes amounts, never their agreement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from yakuba.town._frames import Table
from yakuba.town.addresses import AddressBook
from yakuba.town.days import age, iso
from yakuba.town.numbering import corporate
from yakuba.town.person_items import person_number

if TYPE_CHECKING:
    from yakuba.town.people import Person
    from yakuba.town.population import Population

YEARS = (2025, 2026)
BASIC = 430_000
_GAP = 50_000
"""人的控除差 of the basic deduction."""
_FLAT_FREE, _RATE_FREE = 380_000, 450_000
"""合計所得 up to which nothing, or no 所得割, is due (3級地, no dependants)."""
_DUE = ((6, 30), (8, 31), (10, 31), (13, 31))
"""納期限 of 普通徴収: month and day; 13 is January of the next year."""
_PENSION_AGE = 65


@dataclass(frozen=True, slots=True)
class Assessment:
    """One person's tax of one year. Amounts in yen; `parts` by 期別, together exactly `total`."""

    person: Person
    year: int
    salary: int
    pension: int
    income: int
    insurance: int
    base: int
    town_rate: int
    prefecture_rate: int
    town_credit: int
    prefecture_credit: int
    town: int
    prefecture: int
    flat: int
    total: int
    withheld: bool
    parts: tuple[int, ...]

    @property
    def kind(self) -> str:
        """課税区分."""
        if not self.total:
            return "3"
        return "1" if self.town + self.prefecture else "2"

    @property
    def notice(self) -> str:
        """通知書番号."""
        return f"{self.year}{self.person.index:08d}"


def assessments(population: Population, seed: int) -> list[Assessment]:
    """The 当初 decisions of both years for everybody who lived here on 1 January and was 20 or older."""
    rng = Random(seed ^ 0x7A)  # noqa: S311 - fiction
    found = []
    for year in YEARS:
        first = date(year, 1, 1).toordinal()
        for person in population.people:
            here = person.entered < first and (person.live or person.removed > first)
            if here and age(person.born, first) >= 20:  # noqa: PLR2004 - students below are left out
                found.append(_assess(person, year, rng, age(person.born, first)))
    return found


def _assess(person: Person, year: int, rng: Random, years: int) -> Assessment:
    salary = pension = 0
    dice = rng.random()
    if years >= _PENSION_AGE:
        pension = int(rng.gauss(1_650_000, 550_000)) // 1000 * 1000
    elif dice < 0.82:  # noqa: PLR2004 - share of people with a salary
        salary = int(rng.lognormvariate(14.9, 0.45)) // 1000 * 1000
    pension = max(0, pension)
    income = _salary_income(salary) + max(0, pension - 1_100_000)
    insurance = (salary * 15 // 100 + pension * 6 // 100) // 100 * 100
    base = max(0, income - insurance - BASIC) // 1000 * 1000 if income > _RATE_FREE else 0
    town_rate, prefecture_rate = base * 6 // 100, base * 4 // 100
    town_credit, prefecture_credit = _credits(base)
    town = max(0, town_rate - town_credit) // 100 * 100
    prefecture = max(0, prefecture_rate - prefecture_credit) // 100 * 100
    flat = 1 if income > _FLAT_FREE else 0
    total = town + prefecture + 5000 * flat
    withheld = salary > 0 and person.index % 7 != 0
    return Assessment(
        person, year, salary, pension, income, insurance, base, town_rate, prefecture_rate, town_credit,
        prefecture_credit, town, prefecture, flat, total, withheld, _parts(total, withheld=withheld),
    )  # fmt: skip


def _salary_income(salary: int) -> int:
    steps = ((550_999, 0, 0), (1_625_000, 0, 550_000), (1_800_000, 40, -100_000), (3_600_000, 30, 80_000),
             (6_600_000, 20, 440_000), (8_500_000, 10, 1_100_000))  # fmt: skip
    if salary <= steps[0][0]:
        return 0
    for limit, percent, plus in steps[1:]:
        if salary <= limit:
            return salary - salary * percent // 100 - plus
    return salary - 1_950_000


def _credits(base: int) -> tuple[int, int]:
    """調整控除 of town and prefecture."""
    if not base:
        return 0, 0
    if base <= 2_000_000:  # noqa: PLR2004 - the border named in the law
        least = min(_GAP, base)
        return least * 3 // 100, least * 2 // 100
    rest = max(0, _GAP - (base - 2_000_000))
    return max(1500, rest * 3 // 100), max(1000, rest * 2 // 100)


def _parts(total: int, *, withheld: bool) -> tuple[int, ...]:
    """Parts cut to 100 yen (12, 特別徴収) or 1,000 yen (4, 普通徴収); the remainder goes into the first."""
    if not total:
        return ()
    count, unit = (12, 100) if withheld else (4, 1000)
    each = total // count // unit * unit
    return (total - each * (count - 1), *[each] * (count - 1))


def due(year: int, part: int) -> date:
    """納期限 of a part (1–4) of 普通徴収."""
    month, day = _DUE[part - 1]
    return date(year + month // 13, (month - 1) % 12 + 1, day)


def frames(population: Population, found: list[Assessment]) -> dict[str, Table]:
    """賦課情報, 所得情報 and 期割情報."""
    town = population.municipality
    levy = Table("市区町村コード", "年度", "宛名番号", "更正回数", "最新フラグ", "世帯番号", "賦課決定年月日",
                 "課税区分", "申告区分", "賦課期日住所", "賦課期日_市区町村コード", "所得年", "合計所得金額",
                 "総所得金額等", "社会保険料控除額", "基礎控除額", "所得控除合計額", "人的控除差額合計",
                 "課税標準額_総所得", "市町村民税_算出所得割額", "道府県民税_算出所得割額", "市町村民税_調整控除額",
                 "道府県民税_調整控除額", "市町村民税_所得割額", "道府県民税_所得割額", "市町村民税_均等割額",
                 "道府県民税_均等割額", "森林環境税額", "年税額", "普通徴収税額", "給与特別徴収税額")  # fmt: skip
    income = Table("市区町村コード", "年度", "宛名番号", "更正回数", "所得種別", "収入金額", "所得金額")
    parts = Table("市区町村コード", "年度", "宛名番号", "更正回数", "徴収方法", "期別", "期別税額", "納期限",
                  "通知書番号")  # fmt: skip
    for one in found:
        _levy(levy, town, one)
        decided = date(one.year, 6, 1).toordinal()
        who = (town, str(one.year), person_number(one.person.index), "0")
        for kind, amount, left in (("01", one.salary, _salary_income(one.salary)),
                                   ("02", one.pension, max(0, one.pension - 1_100_000))):  # fmt: skip
            if amount:
                income.add(decided, *who, kind, str(amount), str(left))
        for part, amount in enumerate(one.parts, start=1):
            limit = "" if one.withheld else due(one.year, part).isoformat()
            notice = "" if one.withheld else one.notice
            parts.add(decided, *who, "2" if one.withheld else "1", str(part), str(amount), limit, notice)
    return {
        "個人住民税/賦課情報": levy,
        "個人住民税/所得情報": income,
        "個人住民税/期割情報": parts,
        "個人住民税/特別徴収義務者": _employers(population),
    }


def _employers(population: Population) -> Table:
    """特別徴収義務者: a few invented employers; one for about sixty residents."""
    table = Table("市区町村コード", "特別徴収義務者指定番号", "法人番号", "事業所名称", "事業所_住所",
                  "指定年月日")  # fmt: skip
    book, rng = AddressBook(), Random(population.residents)  # noqa: S311 - fiction
    day = date(2016, 4, 1).toordinal()
    for place in range(1, population.residents // 60 + 3):
        name = f"株式会社見本{_TRADES[place % len(_TRADES)]}{_full(place)}"
        address = book.draw(rng, flat=False).whole
        table.add(day, population.municipality, f"{place:08d}", corporate(place), name, address, iso(day))
    return table


_TRADES = ("製作所", "商店", "運輸", "建設", "農園", "食品", "電機", "介護サービス")


def _full(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _levy(table: Table, town: str, one: Assessment) -> None:
    decided = date(one.year, 6, 1).toordinal()
    person = one.person
    _, address = person.household.address(date(one.year, 1, 1).toordinal())
    filed = "1" if one.salary else "2" if one.pension else "5"
    amounts = (
        one.income, one.income, one.insurance, BASIC, one.insurance + BASIC, _GAP, one.base, one.town_rate,
        one.prefecture_rate, one.town_credit, one.prefecture_credit, one.town, one.prefecture, 3000 * one.flat,
        1000 * one.flat, 1000 * one.flat, one.total, 0 if one.withheld else one.total,
        one.total if one.withheld else 0,
    )  # fmt: skip
    table.add(
        decided, town, str(one.year), person_number(person.index), "0", "1", person.household.number, iso(decided),
        one.kind, filed, address.whole, town, str(one.year - 1), *map(str, amounts),
    )  # fmt: skip
