"""C5, C6 and C8: keys, histories, references, and the same person or number twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.blind.cells import filled, japanese, live, mid_term
from tests.journeys.blind.lines import Result, kind
from tests.journeys.blind.planter import CH, HEI, IN, IS, JC, JG, JT, KG, KJ, KO, KW, KZ, NE, NO, SH, SI, SY, TX, J

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.blind.dump import Row
    from tests.journeys.blind.planter import Planter


def old(row: Row) -> bool:
    """A row of a history that is not the current one."""
    return row.get("最新フラグ") == "0"


def in_the_middle(row: Row) -> bool:
    """A row of a history with rows before and after it."""
    return old(row) and int(row.get("個人履歴番号")) > 1


def later(row: Row) -> bool:
    """The current row of a living resident with a history before it."""
    return japanese(row) and int(row.get("個人履歴番号")) > 1


@kind("C5", "line doubled")
def _(planter: Planter) -> Result:
    row = planter.need(J, old)
    return [row, planter.dump.add(row, dict(row.cells))], ()


@kind("C5", "line doubled far apart")
def _(planter: Planter) -> Result:
    row = planter.need(SH)
    return [row, planter.dump.add(planter.dump.rows(SH)[-1], dict(row.cells))], planter.money(row)


@kind("C5", "same key, other content")
def _(planter: Planter) -> Result:
    row = planter.need(J, old)
    new = planter.dump.add(row, dict(row.cells))
    new.put("住所_番地号表記", "９９番地９")
    return [row, new], ()


def lost(name: str, fits: Callable[[Row], bool]) -> None:
    """A kind where one line of a history was deleted: the rest of the history must be spoken of."""

    @kind("C5", name)
    def _(planter: Planter) -> Result:
        row = planter.need(J, fits)
        related = [*planter.person(row), *planter.family(row)]
        row.gone = True
        return planter.person(row, J), related


lost("line lost in the middle of a history", in_the_middle)
lost("first line of a history lost", lambda row: old(row) and row.get("個人履歴番号") == "1")
lost("current line of a history lost", later)


@kind("C5", "two current rows")
def _(planter: Planter) -> Result:
    row = planter.need(J, old)
    related = [*planter.person(row), *planter.family(row)]
    row.put("最新フラグ", "1")
    return planter.person(row, J), [*related, *planter.family(row)]


@kind("C5", "no current row")
def _(planter: Planter) -> Result:
    row = planter.need(J, japanese)
    related = [*planter.person(row), *planter.family(row)]
    row.put("最新フラグ", "0")
    return planter.person(row, J), related


@kind("C5", "an old row marked as the current one")
def _(planter: Planter) -> Result:
    row = planter.need(J, later)
    first = planter.person(row, J)[0]
    related = [*planter.person(row), *planter.family(row)]
    row.put("最新フラグ", "0")
    first.put("最新フラグ", "1")
    return planter.person(row, J), [*related, *planter.family(first)]


def shared(category: str, name: str, group: str, item: str, fits: Callable[[Row], bool] | None = None) -> None:
    """A kind where two people, seals, vehicles … have one number."""

    @kind(category, name)
    def _(planter: Planter) -> Result:
        wanted = fits or (lambda row: not row.has("最新フラグ") or row.get("最新フラグ") == "1")
        one, two = planter.pick(group, wanted), planter.pick(group, wanted)
        if one is None or two is None:
            return None
        both = (one, two)
        related = [r for row in both for r in (*planter.person(row), *planter.named(item, row.cell(item)))]
        two.write(item, one.cell(item))
        return both, related


shared("C5", "one seal number for two people", IN, "印鑑登録番号")
shared("C5", "one plate for two vehicles", KJ, "標識番号")
shared("C5", "one 被保険者番号 for two people", KG, "被保険者番号")
shared("C5", "one 認定番号 for two families", JT, "認定番号")
shared("C8", "個人番号 of two people", NO, "個人番号")
shared("C8", "住民票コード of two people", J, "住民票コード", live)
shared("C8", "在留カード番号 of two people", J, "在留カード等番号", mid_term)
shared("C8", "基礎年金番号 of two people", NE, "基礎年金番号")
shared("C8", "車台番号 of two vehicles", KJ, "車台番号")
shared("C8", "one seal card for two people", IN, "印鑑登録証番号")
shared("C13", "one image for two seals", IN, "印影")


@kind("C5", "instalment entered twice")
def _(planter: Planter) -> Result:
    row = planter.need(KW, filled("期別税額"))
    return [row, planter.dump.add(row, dict(row.cells))], planter.money(row)


def unknown(name: str, group: str, item: str) -> None:
    """A kind where a record names a person whom nobody knows."""

    @kind("C6", name)
    def _(planter: Planter) -> Result:
        row = planter.need(group)
        related = planter.person(row)
        row.write(item, "1099999990")
        return [row], related


unknown("tax of a person nobody knows", TX, "宛名番号")
unknown("vehicle of a person nobody knows", KJ, "納税義務者_宛名番号")
unknown("個人番号 of a person nobody knows", NO, "宛名番号")
unknown("child nobody knows", JC, "児童_宛名番号")
unknown("pension of a person nobody knows", NE, "宛名番号")
unknown("国保 世帯主 nobody knows", KO, "世帯主_宛名番号")
unknown("levy of a person nobody knows", CH, "宛名番号")


def orphaned(
    name: str,
    group: str,
    children: Callable[[Planter, Row], list[Row]],
    fits: Callable[[Row], bool] = lambda _: True,
) -> None:
    """A kind where a line was deleted on which others stand: one of those must be spoken of."""

    @kind("C6", name)
    def _(planter: Planter) -> Result:
        row = planter.pick(group, lambda one: fits(one) and bool(children(planter, one)))
        if row is None:
            return None
        row.gone = True
        return children(planter, row), [*planter.money(row), *planter.person(row)]


def of_the_year(planter: Planter, row: Row) -> list[Row]:
    """The instalments and incomes of an assessment."""
    return [r for r in (*planter.person(row, KW), *planter.person(row, SY)) if r.get("年度") == row.get("年度")]


def payments(planter: Planter, row: Row) -> list[Row]:
    """The payments of a levy."""
    return [r for r in planter.named("通知書番号", row.cell("通知書番号"), SH) if r.get("期別") == row.get("期別")]


orphaned("assessment lost, its instalments left", TX, of_the_year, filled("年税額"))
orphaned("levy lost, its payment left", CH, payments)
orphaned("recipient lost, the children left", JT, lambda p, row: p.named("認定番号", row.cell("認定番号"), JC))
orphaned("seal lost, its card left", IN, lambda p, row: p.named("印鑑登録番号", row.cell("印鑑登録番号"), IS))
orphaned("vehicle lost, its tax left", KJ, lambda p, row: p.named("標識番号", row.cell("標識番号"), KZ))
orphaned("支援措置 lost, the people under it left", SI, lambda p, row: p.named("宛名番号", row.cell("宛名番号"), HEI))


@kind("C6", "household whose head is gone")
def _(planter: Planter) -> Result:
    row = planter.need(J, lambda one: japanese(one) and planter.leads(one))
    rest = [member for member in planter.household(row) if member is not row]
    related = [*planter.person(row), *planter.family(row)]
    for one in planter.person(row, J):
        one.gone = True
    return rest, related


@kind("C6", "instalment lost in the middle")
def _(planter: Planter) -> Result:
    row = planter.need(KW, lambda one: one.get("期別") == "2" and bool(one.get("期別税額").strip("0")))
    row.gone = True
    return planter.chain(row), planter.money(row)


@kind("C8", "住登外 with a resident's 宛名番号")
def _(planter: Planter) -> Result:
    outsider, resident = planter.need(JG), planter.need(J, live)
    related = [*planter.person(outsider), *planter.person(resident)]
    outsider.write("宛名番号", resident.cell("宛名番号"))
    return [outsider, *planter.person(resident, J)], related


@kind("C8", "住登外 who is a resident under another number")
def _(planter: Planter) -> Result:
    outsider, resident = planter.need(JG), planter.need(J, japanese)
    for ours, theirs in (("氏名", "氏名"), ("氏名_読み仮名", "氏名_フリガナ")):
        text = resident.cell(theirs)
        part = ours.removeprefix("氏名")
        outsider.write(ours, text)
        outsider.write("氏_日本人" + part, text.split("　")[0])
        outsider.write("名_日本人" + part, text.split("　")[-1])
    outsider.put("性別", resident.get("性別"))
    outsider.put("生年月日", resident.get("生年月日"))
    return [outsider, resident], [*planter.person(outsider), *planter.person(resident)]


@kind("C8", "住登外 twice")
def _(planter: Planter) -> Result:
    one, two = planter.need(JG), planter.need(JG)
    number = two.cell("宛名番号")
    two.cells.update(one.cells)
    two.write("宛名番号", number)
    return [one, two], ()


@kind("C8", "one resident under two 宛名番号")
def _(planter: Planter) -> Result:
    row = planter.need(J, lambda one: japanese(one) and one.get("続柄表記") == "子")
    copies = []
    for each in planter.person(row, J):
        new = planter.dump.add(planter.dump.rows(J)[-1], dict(each.cells))
        new.write("宛名番号", "10" + row.cell("宛名番号")[2:-1][::-1] + "7")
        new.write("住民票コード", row.cell("住民票コード")[::-1])
        copies.append(new)
    return [*copies, row], [*planter.person(row), *planter.family(row)]


@kind("C8", "two residents under one 宛名番号")
def _(planter: Planter) -> Result:
    one, two = planter.need(J, japanese), planter.need(J, japanese)
    related = [r for row in (one, two) for r in (*planter.family(row), *planter.person(row))]
    both = [*planter.person(one, J), *planter.person(two, J)]
    for row in planter.person(two, J):
        row.write("宛名番号", one.cell("宛名番号"))
    return both, related
