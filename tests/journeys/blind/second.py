"""A second set of defects, written before the checks were mended after the first and never shown to who mended them.

It told how far the mended rules reached beyond the defects that had led to them: 66 % of it, against 57 % before.
One kind was taken out again: 番地 0, which some towns do have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.blind.cells import (
    Cell,
    dead,
    filled,
    foreign,
    instead,
    japanese,
    last_digit,
    live,
    mid_term,
    moved_out,
    plus,
    to,
)
from tests.journeys.blind.keys import in_the_middle
from tests.journeys.blind.lines import Result, Room
from tests.journeys.blind.planter import (
    CH,
    IN,
    IS,
    JC,
    JG,
    JT,
    KG,
    KJ,
    KK,
    KO,
    KU,
    KW,
    KZ,
    NE,
    NO,
    SH,
    SI,
    SY,
    TK,
    TS,
    TX,
    J,
)

if TYPE_CHECKING:
    from tests.journeys.blind.dump import Row
    from tests.journeys.blind.planter import Planter

ROOM = Room()
kind, change = ROOM.kind, ROOM.change
C = ("vendor-c",)


def active_seal(row: Row) -> bool:
    return row.get("印鑑登録状態") == "2"


def billed(row: Row) -> bool:
    return row.get("徴収方法") == "1" and bool(row.get("期別税額").strip("0"))


CELLS = (
    Cell("C1", "full-width letters in 操作者ID", KG, "操作者ID", to("ｓｔ０００９")),
    Cell("C1", "decimal point in an amount of yen", CH, "調定額", plus(".5"), filled("調定額"), wide=True),
    Cell("C1", "hyphens in 個人番号", NO, "個人番号", lambda old, _: f"{old[:4]}-{old[4:8]}-{old[8:]}"),
    Cell("C1", "hyphen in 郵便番号", J, "住所_郵便番号", lambda old, _: f"{old[:3]}-{old[3:]}", live),
    Cell("C1", "unit behind 総排気量", KJ, "総排気量", to("658cc")),
    Cell("C1", "formula error in a key", KO, "世帯番号", to("#N/A")),
    Cell("C1", "formula error in an amount", TX, "合計所得金額", to("#REF!"), wide=True),
    Cell("C1", "control characters behind a text", KJ, "定置場", plus("\x01\x02")),
    Cell("C1", "name of blanks only", IN, "氏名", to("　　")),
    Cell("C1", "history number with a decimal point", J, "個人履歴番号", plus(".0"), in_the_middle, wide=True),
    Cell("C2", "processed in the future", J, "処理年月日", to("2028-03-03"), live, plain=True),
    Cell("C2", "day and month changed over", KG, "資格取得年月日", to("2015-25-12"), plain=True),
    Cell("C2", "pension got in the future", NE, "資格取得年月日", to("2033-04-01"), plain=True),
    Cell("C2", "reminded before it was due", CH, "督促年月日", to("2020-01-15"), filled("未納額"), plain=True),
    Cell("C2", "due before it was levied", CH, "納期限", to("2018-06-30"), plain=True),
    Cell("C2", "entered in the register in the future", J, "記載の異動年月日", to("2029-01-01"), live, plain=True),
    Cell("C2", "allowance granted before it was asked for", JT, "認定年月日", to("1999-05-05"), plain=True),
    Cell("C2", "住定日 in the future", J, "住所を定めた年月日", to("2030-01-01"), live, plain=True),
    Cell("C2", "allowance counted from before birth", JC, "算定対象開始年月", to("1998-04")),
    Cell("C2", "insured before birth", KO, "資格取得年月日", to("1901-04-01"), plain=True),
    Cell("C2", "vehicle reported before it was got", KJ, "申告年月日", to("1990-01-01"), plain=True),
    Cell("C2", "seal asked for after it was registered", IN, "申請年月日", to("2026-11-01"), active_seal, plain=True),
    Cell("C2", "支援措置 asked for after its start", SI, "申出年月日", to("2026-11-19"), plain=True),
    Cell("C2", "card given out before its seal", IS, "登録証交付年月日", to("1950-01-01"), plain=True),
    Cell("C2", "個人番号 before there were any", NO, "個人番号_指定年月日", to("1999-10-05"), plain=True),
    Cell("C3", "unknown 登録証状態", IS, "登録証状態", to("8")),
    Cell("C3", "unknown 児童区分", JC, "児童区分", to("9")),
    Cell("C3", "unknown 30条45の区分", J, "第30条45規定区分", to("8"), foreign),
    Cell("C3", "unknown 収納区分", SH, "収納区分", to("X")),
    Cell("C3", "unknown 所得種別", SY, "所得種別", to("ZZ"), wide=True),
    Cell("C4", "blank name on a seal", IN, "氏名", to("")),
    Cell("C4", "blank due date of an instalment", KW, "納期限", to(""), billed, plain=True),
    Cell("C4", "blank 年度", KZ, "年度", to(""), wide=True),
    Cell("C4", "blank 通知書番号", CH, "通知書番号", to(""), wide=True),
    Cell("C4", "blank 在留資格", J, "在留資格等コード", to(""), mid_term),
    Cell("C4", "blank 基礎年金番号", NE, "基礎年金番号", to("")),
    Cell("C4", "blank 消除の事由", J, "消除の事由", to(""), moved_out),
    Cell("C4", "blank child's 宛名番号", JC, "児童_宛名番号", to("")),
    Cell("C5", "history number 0", J, "個人履歴番号", to("0"), lambda r: r.get("個人履歴番号") == "1", wide=True),
    Cell("C5", "history number 20 for 2", J, "個人履歴番号", plus("0"), in_the_middle, wide=True),
    Cell(
        "C9", "radical in place of an ideograph", J, "氏名", lambda old, _: "⾼" + old[1:], japanese, wide=True, forms=C
    ),
    Cell("C9", "no-break blank in a name", J, "氏名", instead("　", "\u00a0"), japanese, wide=True, forms=C),
    Cell(
        "C9", "Cyrillic letter in a Latin name", J, "氏名", lambda old, _: "Аｌ" + old[1:], foreign, wide=True, forms=C
    ),
    Cell("C9", "bracket that is never closed", J, "氏名", plus("（旧"), japanese, wide=True),
    Cell("C9", "dots for a lost character", J, "氏名", lambda old, _: "・" + old[1:], japanese, wide=True),
    Cell("C9", "geta in an address", J, "住所_方書", to("〓荘　１０１号室"), live),
    Cell("C10", "続柄 of 40 characters", J, "続柄表記", to("子の" * 20), live),
    Cell("C10", "通知書番号 of 20 digits", KZ, "通知書番号", to("12345678901234567890")),
    Cell("C11", "団体コード of 本籍 with a wrong check digit", J, "本籍_市区町村コード", last_digit, japanese),
    Cell("C11", "団体コード of a 通称 with a wrong check digit", TS, "通称_記載市区町村コード", last_digit),
    Cell("C11", "個人番号 of zeros", NO, "個人番号", to("0" * 12)),
    Cell("C11", "法人番号 of twelve digits", TK, "法人番号", lambda old, _: old[1:]),
    Cell("C12", "番地 不詳", J, "住所_番地号表記", to("不詳"), live),
    Cell("C12", "address of another town", J, "住所_町字", to("千代田区丸の内一丁目"), live),
    Cell("C12", "prefecture in place of a 市区町村", JG, "住所_市区郡町村名", to("北海道")),
    Cell("C12", "団体コード that was never given", JG, "住所_市区町村コード", to("479993")),
    Cell("C13", "宛名番号 of nines", JG, "宛名番号", to("9999999999"), wide=True),
    Cell("C13", "employer called test", TK, "事業所名称", to("テスト株式会社")),
)


def against(name: str, group: str, item: str, value: str, wanted: str = "1") -> None:
    """A kind where a record's value cannot be true of its person (住民種別 `wanted`)."""

    @kind("C7", name)
    def _(planter: Planter) -> Result:
        row = planter.pick(
            group, lambda one: (now := planter.current(one)) is not None and now.get("住民種別") == wanted
        )
        if row is None:
            return None
        row.put(item, value)
        return [row, *planter.chain(row)], planter.person(row)


against("salary income above the salary", SY, "所得金額", "99000000")
against("basic deduction that no law gives", TX, "基礎控除額", "123000")
against("withheld and billed are not the whole", TX, "給与特別徴収税額", "12300")
against("deductions above their sum", TX, "社会保険料控除額", "88000000")
against("seal of an address elsewhere", IN, "住所", "東京都千代田区丸の内一丁目１番１号")
against("pension of a child", NE, "資格取得年月日", "1931-01-01")
against("allowance's child with another name", JC, "児童_氏名", "長岡　三郎")


@kind("C7", "head aged ten")
def _(planter: Planter) -> Result:
    row = planter.need(
        J, lambda one: japanese(one) and one.get("続柄表記") == "世帯主" and one.get("生年月日") < "1960"
    )
    row.put("生年月日", "2016-05-05")
    return planter.person(row, J), [*planter.person(row), *planter.family(row)]


@kind("C7", "wife aged ten")
def _(planter: Planter) -> Result:
    row = planter.need(J, lambda one: japanese(one) and one.get("続柄表記") == "妻")
    for one in planter.person(row, J):
        one.put("生年月日", "2016-05-05")
    return planter.person(row, J), [*planter.person(row), *planter.family(row)]


@kind("C7", "a resident changes nationality in the middle of a history")
def _(planter: Planter) -> Result:
    row = planter.need(J, lambda one: in_the_middle(one) and one.get("住民種別") == "1")
    row.put("住民種別", "2")
    return planter.person(row, J), ()


@kind("C7", "paid by another than the one who was billed")
def _(planter: Planter) -> Result:
    row, other = planter.need(SH), planter.need(J, live)
    related = planter.money(row)
    row.write("宛名番号", other.cell("宛名番号"))
    return [row, *related], planter.person(other)


@kind("C7", "unpaid nought, yet no day of payment")
def _(planter: Planter) -> Result:
    row = planter.need(CH, filled("完納年月日"))
    row.put("完納年月日", "")
    return [row], planter.money(row)


@kind("C7", "allowance of a dead person runs on")
def _(planter: Planter) -> Result:
    row, gone = planter.need(JT), planter.need(J, dead)
    related = [*planter.person(row), *planter.person(gone)]
    row.write("宛名番号", gone.cell("宛名番号"))
    return [row, gone], related


@kind("C7", "通称 of a Japanese")
def _(planter: Planter) -> Result:
    row, other = planter.pick(TS), planter.need(J, japanese)
    if row is None:
        return None
    related = planter.person(row)
    row.write("宛名番号", other.cell("宛名番号"))
    return [row, other], related


@kind("C7", "旧氏 of a foreign resident")
def _(planter: Planter) -> Result:
    row, other = planter.pick(KU), planter.pick(J, foreign)
    if row is None or other is None:
        return None
    related = planter.person(row)
    row.write("宛名番号", other.cell("宛名番号"))
    return [row, other], related


@kind("C6", "seal whose card is lost")
def _(planter: Planter) -> Result:
    seal = planter.need(IN, active_seal)
    card = next(row for row in planter.named("印鑑登録番号", seal.cell("印鑑登録番号"), IS))
    card.gone = True
    return [seal], ()


@kind("C6", "recipient without a child")
def _(planter: Planter) -> Result:
    row = planter.need(JT)
    for child in planter.named("認定番号", row.cell("認定番号"), JC):
        child.gone = True
    return [row], ()


@kind("C6", "levied, but never assessed")
def _(planter: Planter) -> Result:
    row = planter.need(TX, lambda one: filled("普通徴収税額")(one) and bool(planter.person(one, CH)))
    year = row.get("年度")
    gone = [r for group in (TX, SY, KW) for r in planter.person(row, group) if r.get("年度") == year]
    for one in gone:
        one.gone = True
    left = [r for r in planter.person(row, CH) if r.get("年度") == year]
    return (left, planter.money(row)) if left else None


@kind("C8", "住登外 line doubled with another address")
def _(planter: Planter) -> Result:
    row = planter.need(JG)
    new = planter.dump.add(row, dict(row.cells))
    new.write("住所_番地号表記", "７７番地")
    return [row, new], ()


@kind("C8", "came back under a new number")
def _(planter: Planter) -> Result:
    gone = planter.need(J, moved_out)
    back = planter.need(J, lambda one: japanese(one) and one.get("続柄表記") == "世帯主" and not planter.leads(one))
    related = [*planter.person(gone), *planter.person(back)]
    for row in planter.person(back, J):
        for item in ("氏名", "氏名_フリガナ", "世帯主氏名", "生年月日", "性別"):
            row.write(item, gone.cell("氏名" if item == "世帯主氏名" else item))
    return [*planter.person(gone, J), *planter.person(back, J)], related


@kind("C8", "two members with one 枝番")
def _(planter: Planter) -> Result:
    row = planter.pick(KO, lambda one: len(planter.named("世帯番号", one.cell("世帯番号"), KO)) > 1)
    if row is None:
        return None
    family = planter.named("世帯番号", row.cell("世帯番号"), KO)
    other = next(one for one in family if one is not row)
    other.write("枝番", row.cell("枝番"))
    return family, ()


@kind("C8", "two insured households with one 番号")
def _(planter: Planter) -> Result:
    one, two = planter.need(KO), planter.need(KO)
    two.write("番号", one.cell("番号"))
    two.write("枝番", one.cell("枝番"))
    sharing = [other for row in (one, two) for other in planter.named("世帯番号", row.cell("世帯番号"), KO)]
    return [one, two], [*planter.person(one), *planter.person(two), *sharing]


@kind("C8", "one 通知書番号 for two people")
def _(planter: Planter) -> Result:
    one, two = planter.need(KZ), planter.need(KZ)
    two.write("通知書番号", one.cell("通知書番号"))
    return [one, two], ()


change(
    "C7",
    "年金 and 後期 flag of one person",
    J,
    {"年金資格有無": "1"},
    lambda r: live(r) and r.get("後期高齢資格有無") == "1",
)
change(
    "C7",
    "国保 flag without its date",
    J,
    {"国保資格取得年月日": ""},
    lambda r: live(r) and r.get("国保資格有無") == "1",
)
change("C7", "vehicle taxed for nought", KZ, {"年税額": "0"}, lambda r: r.get("課税区分") == "1")
change("C7", "後期 lost without a reason", KK, {"資格喪失事由": ""}, filled("資格喪失年月日"))
change(
    "C7",
    "仮支援措置 without a start",
    SI,
    {"仮支援措置有無": "1", "仮支援措置開始年月日": ""},
    lambda r: r.get("仮支援措置有無") == "0",
)
