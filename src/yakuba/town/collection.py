"""収滞納管理 of a town: what was called in (調定) part by part, and what came in (収納)."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

from yakuba.town._frames import Table
from yakuba.town.days import AS_OF, iso
from yakuba.town.person_items import person_number
from yakuba.town.taxes import Assessment, due

if TYPE_CHECKING:
    from yakuba.town.population import Population

_RESIDENT_TAX = "01"
_PAID = 0.965
"""Share of due parts that are paid."""


def frames(population: Population, found: list[Assessment], seed: int) -> dict[str, Table]:
    """調定情報 and 収納情報 of 個人住民税 (普通徴収)."""
    rng = Random(seed ^ 0xC0)  # noqa: S311 - fiction
    town = population.municipality
    calls = Table("市区町村コード", "税目コード", "年度", "賦課年度", "通知書番号", "期別", "宛名番号", "調定額",
                  "調定年月日", "納期限", "調定区分", "収納済額", "未納額", "完納年月日", "督促年月日", "徴収方法",
                  "執行停止有無", "不納欠損有無")  # fmt: skip
    receipts = Table("市区町村コード", "税目コード", "年度", "賦課年度", "通知書番号", "期別", "収納連番", "宛名番号",
                     "収納年月日", "領収年月日", "収納額", "収納方法", "収納区分")  # fmt: skip
    for one in found:
        if one.withheld:
            continue
        for part, amount in enumerate(one.parts, start=1):
            limit = due(one.year, part)
            decided = date(one.year, 6, 1).toordinal()
            key = (town, _RESIDENT_TAX, str(one.year), str(one.year), one.notice, str(part))
            person = person_number(one.person.index)
            paid = limit < AS_OF and amount > 0 and rng.random() < _PAID
            day = limit.toordinal() - int(rng.random() * 25)
            warned = iso(limit.toordinal() + 18) if limit < AS_OF and not paid and amount else ""
            warned = warned if warned <= AS_OF.isoformat() else ""
            calls.add(
                decided, *key, person, str(amount), iso(decided), limit.isoformat(), "1",
                str(amount if paid else 0), str(0 if paid else amount), iso(day) if paid else "", warned, "1", "0", "0",
            )  # fmt: skip
            if paid:
                method = "132"[int(rng.random() * 3)]
                receipts.add(day + 2, *key, "1", person, iso(day + 2), iso(day), str(amount), method, "1")
    return {"収滞納管理/調定情報": calls, "収滞納管理/収納情報": receipts}
