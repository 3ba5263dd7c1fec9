"""C7 in the register: households, states, histories and people that contradict themselves; C13 among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.blind.cells import dead, foreign, japanese, live, moved_out
from tests.journeys.blind.keys import in_the_middle
from tests.journeys.blind.lines import Result, change, kind
from tests.journeys.blind.planter import CH, IN, JG, J

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.blind.dump import Row
    from tests.journeys.blind.planter import Planter


def is_(*relations: str) -> Callable[[Row], bool]:
    """Living Japanese residents of these 続柄."""
    return lambda row: japanese(row) and row.get("続柄表記") in relations


def born(after: str, before: str = "9999") -> Callable[[Row], bool]:
    """Living Japanese residents born between two days."""
    return lambda row: japanese(row) and after < row.get("生年月日") < before


def member(name: str, fits: Callable[[Planter, Row], bool], values: dict[str, str]) -> None:
    """A kind where one member makes a household contradict itself: any of the household may be spoken of."""

    @kind("C7", name)
    def _(planter: Planter) -> Result:
        row = planter.need(J, lambda one: japanese(one) and len(planter.household(one)) > 1 and fits(planter, one))
        for item, value in values.items():
            row.put(item, value)
        return planter.household(row), planter.family(row)


def _with_wife(planter: Planter, row: Row) -> bool:
    return row.get("続柄表記") == "子" and any(one.get("続柄表記") == "妻" for one in planter.household(row))


HEAD = {"続柄コード1": "02", "続柄表記": "世帯主"}
LODGER = {"続柄コード1": "99", "続柄表記": "同居人"}
member("two heads", lambda _, row: row.get("続柄表記") == "子", HEAD)
member("household without a head", lambda planter, row: planter.leads(row), LODGER)
member("two wives", _with_wife, {"続柄コード1": "12", "続柄表記": "妻"})
member("child older than the head", lambda _, row: row.get("続柄表記") == "子", {"生年月日": "1921-05-05"})
member("mother younger than the head", lambda _, row: row.get("続柄表記") in {"母", "父"}, {"生年月日": "2016-05-05"})
member("two addresses in one household", lambda _, row: row.get("続柄表記") == "妻", {"住所_番地号表記": "９９９番地"})


def state(name: str, fits: Callable[[Row], bool], values: dict[str, str]) -> None:
    """A kind of the register's current row whose items contradict each other."""
    change("C7", name, J, values, fits, wide=True)


NOWHERE = {
    f"転出先住所（確定）_{item}": "" for item in ("市区町村コード", "都道府県", "市区郡町村名", "町字", "番地号表記")
}
state("moved out without a day", moved_out, {"消除の異動年月日": ""})
state("dead without a day", dead, {"消除の異動年月日": "", "異動年月日": ""})
state("live with a reason of removal", live, {"消除の事由": "21"})
state("live, but marked as removed", live, {"除票フラグ": "1"})
state("removed, but marked as live", moved_out, {"住民状態": "1"})
state("dead, but state 転出", dead, {"住民状態": "2"})
state("removed by 死亡, changed by 転出", dead, {"異動事由": "21"})
state(
    "moved out to nowhere",
    lambda row: moved_out(row) and bool(row.get("転出先住所（確定）_都道府県")),
    NOWHERE,
)
state(
    "住定日 before 住民となった年月日",
    lambda row: japanese(row) and row.get("住民となった年月日") > "1990",
    {"住所を定めた年月日": "1985-04-01"},
)
state("wife who is a man", is_("妻"), {"性別": "1"})
state("続柄 code and text differ", is_("子"), {"続柄表記": "妻の母"})
state("祖母 as 続柄", is_("母", "同居人", "縁故者"), {"続柄表記": "祖母"})
state("another head's name", japanese, {"世帯主氏名": "長岡　花子"})
state("Japanese with a 在留カード", japanese, {"在留カード等番号": "AB12345678CD", "在留カード等番号区分": "1"})
state("foreign resident with a 本籍", foreign, {"本籍": "見本県見本郡見本町", "戸籍_筆頭者": "見本　太郎"})
state("Japanese with a foreign nationality", japanese, {"国籍等_国名コード": "USA", "国籍名等": "米国"})
state("child on the voters' roll", born("2012"), {"選挙人名簿登録有無": "1"})
state("foreign resident on the voters' roll", foreign, {"選挙人名簿登録有無": "1"})
state(
    "記載等の種別 that does not fit the reason",
    lambda row: live(row) and row.get("異動事由") == "31",
    {"記載等の種別": "2"},
)
state("後期 flag of a child", born("2012"), {"後期高齢資格有無": "1"})


def differs(name: str, item: str, value: str) -> None:
    """A kind where one old row of a history says something else about what never changes."""

    @kind("C7", name)
    def _(planter: Planter) -> Result:
        row = planter.need(J, lambda one: in_the_middle(one) and one.get("住民種別") == "1" and one.get(item) != value)
        row.put(item, value)
        return planter.person(row, J), planter.person(row)


differs("birth date of one old row differs", "生年月日", "1961-11-11")
differs("sex of one old row differs", "性別", "0")
differs("住民票コード of one old row differs", "住民票コード", "99000000001")


change("C13", "test person", J, {"氏名": "テスト　太郎", "氏名_フリガナ": "テスト　タロウ"}, japanese, wide=True)
change("C13", "training person", J, {"氏名": "研修　花子", "氏名_フリガナ": "ケンシュウ　ハナコ"}, japanese, wide=True)
change("C13", "dummy 住登外者", JG, {"氏名": "ダミー　ダミー"})
change("C13", "name that says: do not use", JG, {"氏名": "使用不可　削除予定"})
change("C13", "住登外者 of letters", JG, {"氏名": "ａａａ　ａａａ"})
OLD_DAY = "1869-05-05"
OLD = dict.fromkeys(("消除の異動年月日", "異動年月日", "処理年月日", "消除の届出年月日"), OLD_DAY)
change("C13", "除票 past 150 years", J, {"生年月日": "1820-03-03", **OLD}, dead, wide=True)
change("C13", "tax of long ago", CH, {"年度": "1991", "賦課年度": "1991"}, wide=True)
change("C13", "image that is no image", IN, {"印影": "IN000.docx"}, lambda row: row.get("印鑑登録状態") == "2")
