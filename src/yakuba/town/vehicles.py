"""軽自動車税 of a town: small vehicles of households and of people elsewhere, and the tax of the year on each."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

from yakuba.town import outsiders
from yakuba.town._draw import Weighted, between
from yakuba.town._frames import Table
from yakuba.town.days import TODAY, iso
from yakuba.town.person_items import person_number

if TYPE_CHECKING:
    from yakuba.town.population import Population

YEAR = 2026
_BASE_DAY = date(YEAR, 4, 1).toordinal()
_KINDS = Weighted(
    (("31", 10_800), ("33", 5_000), ("01", 2_000), ("11", 3_600), ("12", 6_000), ("21", 2_400)),
    (52, 22, 10, 4, 3, 9),
)
"""(車種区分, yearly tax in yen); general knowledge of the rates from 2016 on."""
_SIZES = {"31": "0.658", "33": "0.658", "01": "0.049", "11": "0.249", "12": "0.399", "21": "1.123"}
"""車種区分 → 総排気量 in litres, as such vehicles have it."""
_OLD_RATE, _OLDER_RATE = 7_200, 12_900
"""四輪乗用 first inspected before April 2015, and 13 years after it."""


def frames(population: Population, seed: int) -> dict[str, Table]:
    """車両台帳 and 賦課情報."""
    rng = Random(seed ^ 0xCA2)  # noqa: S311 - fiction
    town = population.municipality
    book = Table("市区町村コード", "標識番号", "履歴番号", "最新フラグ", "納税義務者_宛名番号", "所有形態", "車種区分",
                 "車台番号", "総排気量", "定置場", "取得年月日", "申告年月日", "減免区分")  # fmt: skip
    levy = Table("市区町村コード", "年度", "標識番号", "更正回数", "最新フラグ", "納税義務者_宛名番号", "税率区分",
                 "年税額", "課税区分", "納期限", "通知書番号")  # fmt: skip
    away = outsiders.numbers(population)
    for place, home in enumerate(population.households, start=1):
        head = home.head()
        if not head.live or rng.random() < 0.55 or head.entered > _BASE_DAY - 40:  # noqa: PLR2004 - without one
            continue
        owner = person_number(head.index) if place % 40 else away[place // 40 % len(away)]
        plate = f"見本５８０{'あいうえかきくけこ'[place // 10_000 % 9]}{_full(place % 10_000)}"
        kind, amount = _KINDS.draw(rng)
        got = between(rng, max(head.entered, TODAY - 5800), _BASE_DAY - 20)
        rate, amount = _rate(kind, amount, got)
        _, address = home.address(TODAY)
        book.add(
            got + 5, town, plate, "1", "1", owner, "1", kind, f"MH{place:08d}", _SIZES[kind], address.whole,
            iso(got), iso(got + 5), "0",
        )  # fmt: skip
        day = date(YEAR, 5, 1).toordinal()
        levy.add(
            day, town, str(YEAR), plate, "0", "1", owner, rate, str(amount), "1", f"{YEAR}-06-01",
            f"K{YEAR}{place:08d}",
        )  # fmt: skip
    return {"軽自動車税/車両台帳": book, "軽自動車税/賦課情報": levy}


def _rate(kind: str, amount: int, got: int) -> tuple[str, int]:
    """税率区分 and tax; only passenger cars keep an older rate."""
    if kind != "31" or got >= date(2015, 4, 1).toordinal():
        return "1", amount
    return ("3", _OLDER_RATE) if got < date(2013, 4, 1).toordinal() else ("2", _OLD_RATE)


def _full(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in f"{number:04d}")
