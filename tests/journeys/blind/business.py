"""C7 of the other businesses: against the register, among themselves, and money that does not add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.blind.cells import dead, filled, japanese, live, moved_out
from tests.journeys.blind.lines import Result, change, kind
from tests.journeys.blind.planter import CH, IN, JC, JT, KG, KK, KO, KW, KZ, SH, SI, SY, TX, J

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.blind.dump import Row
    from tests.journeys.blind.planter import Planter


def amount(name: str, group: str, item: str, by: int) -> None:
    """A kind that makes one amount wrong by so many yen."""

    def fits(row: Row) -> bool:
        text = row.get(item)
        current = not row.has("最新フラグ") or row.get("最新フラグ") == "1"
        return current and text.isdigit() and int(text) > abs(by)

    @kind("C7", name)
    def _(planter: Planter) -> Result:
        row = planter.need(group, fits)
        row.put(item, str(int(row.get(item)) + by))
        return [row, *planter.chain(row)], planter.money(row)


amount("instalment changed by hand", KW, "期別税額", 100)
amount("year's tax that is not the sum of its parts", TX, "年税額", -100)
amount("所得割 that does not follow from its steps", TX, "市町村民税_所得割額", 700)
amount("課税標準 that is not income less deductions", TX, "課税標準額_総所得", 10_000)
amount("均等割 that no year had", TX, "市町村民税_均等割額", -1_234)
amount("income whose kinds do not add up", SY, "所得金額", 50_000)
amount("levy that is not the instalment", CH, "調定額", 1_000)
amount("unpaid amount that is not levy less payment", CH, "未納額", 300)
amount("payment that is not what the ledger says", SH, "収納額", 500)
amount("allowance that is not the sum of the children's", JT, "手当月額", 5_000)
amount("child's allowance that no rule gives", JC, "手当月額", 1_100)
amount("vehicle tax that no class has", KZ, "年税額", 77)


def negative(name: str, group: str, item: str) -> None:
    """A kind that puts a minus sign where no amount can be negative."""

    @kind("C7", name)
    def _(planter: Planter) -> Result:
        row = planter.need(group, filled(item))
        row.write(item, "-" + row.get(item))
        return [row], planter.money(row)


negative("negative levy", CH, "調定額")
negative("negative income from salary (収入)", SY, "収入金額")
negative("negative vehicle tax", KZ, "年税額")


def against(name: str, group: str, wanted: Callable[[Row], bool], values: dict[str, str]) -> None:
    """A kind where a record contradicts the register's state of its person."""

    @kind("C7", name)
    def _(planter: Planter) -> Result:
        row = planter.pick(group, lambda one: (now := planter.current(one)) is not None and wanted(now))
        if row is None:
            return None
        now = planter.current(row)
        for item, value in values.items():
            row.put(item, value)
        return [row, *([now] if now is not None else [])], planter.person(row)


RUNS = {"資格喪失年月日": "", "資格喪失事由": ""}
ALIVE = {"印鑑登録状態": "2", "抹消年月日": "", "抹消事由": ""}
against("介護 of a dead person runs on", KG, dead, RUNS)
against("後期 of a dead person runs on", KK, dead, RUNS)
against("国保 of a dead person runs on", KO, dead, RUNS)
against("国保 of a person who moved out runs on", KO, moved_out, RUNS)
against("介護 of a person who moved out runs on", KG, moved_out, RUNS)
against("seal of a dead person is alive", IN, dead, ALIVE)
against("seal of a person who moved out is alive", IN, moved_out, ALIVE)
against("seal with another birth date", IN, live, {"生年月日": "1970-07-07"})
against("seal with another sex", IN, lambda row: live(row) and row.get("性別") == "1", {"性別": "2"})
against("seal with another name", IN, live, {"氏名": "長岡　次郎"})
against("後期 of a person of forty", KK, live, {"資格取得年月日": "1999-01-01"})
against("child of the allowance with another birth date", JC, live, {"児童_生年月日": "2019-09-09"})
against("grown-up as a child of the allowance", JC, live, {"児童_生年月日": "1985-05-05"})


def given_to(name: str, group: str, fits: Callable[[Row], bool], after: str, before: str) -> None:
    """A kind where a record is entered for somebody of the wrong age."""

    @kind("C7", name)
    def _(planter: Planter) -> Result:
        person = planter.need(J, lambda one: japanese(one) and after < one.get("生年月日") < before)
        record = planter.need(group, fits)
        related = planter.person(record)
        record.write("宛名番号", person.cell("宛名番号"))
        return [record], [*related, person]


given_to("seal of a child of ten", IN, lambda _: True, "2015", "2018")
given_to("介護 第1号 of a person of fifty", KG, lambda row: not row.get("資格喪失年月日"), "1972", "1980")


@kind("C7", "国保 and 後期 at once")
def _(planter: Planter) -> Result:
    old = planter.need(KK, lambda one: not one.get("資格喪失年月日") and not planter.person(one, KO))
    other = planter.need(KO, lambda one: not one.get("資格喪失年月日"))
    related = [*planter.person(other), *planter.person(old)]
    other.write("宛名番号", old.cell("宛名番号"))
    return [other, old], related


UNPAID = filled("未納額")
ENDED = {"支援措置開始年月日": "2020-07-01", "支援措置終了年月日": "2021-06-30", "申出年月日": "2020-06-25"}
change(
    "C7",
    "paid in full, but unpaid",
    CH,
    {"完納年月日": "2026-07-10"},
    lambda row: not row.get("完納年月日") and UNPAID(row),
)
change(
    "C7",
    "paid before it was levied",
    SH,
    {"領収年月日": "2019-06-10", "収納年月日": "2019-06-12"},
    lambda row: row.get("年度") == "2026",
)
change("C7", "支援措置 that ended and is still in force", SI, ENDED)
change(
    "C7",
    "seal in force with a day of removal",
    IN,
    {"抹消年月日": "2024-04-01"},
    lambda row: row.get("印鑑登録状態") == "2",
)
change("C7", "seal removed without a day", IN, {"抹消年月日": ""}, lambda row: row.get("印鑑登録状態") == "9")
change("C7", "insurance lost without a reason", KO, {"資格喪失事由": ""}, filled("資格喪失年月日"))
change("C7", "exempt, yet with a tax", TX, {"課税区分": "3"}, filled("年税額"))
