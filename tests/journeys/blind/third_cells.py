"""The third set, defects of one cell: what programs leave in a text, days, codes, places and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.blind.cells import Cell, filled, instead, japanese, live, mid_term, moved_out, plus, to
from tests.journeys.blind.planter import CH, IN, JC, JG, JT, KG, KJ, KO, KW, NE, SH, TK, TX, J

if TYPE_CHECKING:
    from tests.journeys.blind.dump import Row

C = ("vendor-c",)


def came(row: Row) -> bool:
    """A living Japanese resident who came from another town."""
    return japanese(row) and bool(row.get("転入前住所_市区町村コード"))


CELLS = (
    # What programs leave in a text.
    Cell("C1", "the word NULL in a 方書", J, "住所_方書", to("NULL"), live),
    Cell("C1", "the word null in a reading", J, "氏名_フリガナ", to("null"), japanese, wide=True),
    Cell("C1", "apostrophe of a spreadsheet before a number", JT, "認定番号", lambda old, _: "'" + old, wide=True),
    Cell("C1", "doubled quotation marks left in a text", KJ, "定置場", lambda old, _: f'"{old}"'),
    Cell("C1", "line break inside a 方書", J, "住所_方書", to("見本荘\n１０１号室"), live),
    Cell("C1", "zero-width blank in a key", IN, "印鑑登録番号", plus("\u200b"), wide=True, forms=C),
    Cell("C1", "HTML escape in a name", J, "氏名", plus("&amp;"), japanese, wide=True),
    Cell("C1", "HTML number of a character in a 方書", J, "住所_方書", to("&#39640;橋荘"), live),
    Cell("C1", "backslash escape in a 方書", J, "住所_方書", to("\\u9ad8橋荘"), live),
    Cell("C1", "percent escape in a place", KJ, "定置場", to("%E8%A6%8B%E6%9C%AC")),
    Cell("C1", "time without colons", KO, "操作時刻", to("083030")),
    Cell("C1", "true for a flag", KO, "擬制世帯主有無", to("true")),
    Cell("C1", "decimal comma in 総排気量", KJ, "総排気量", to("0,658")),
    Cell("C1", "plus sign before an amount", SH, "収納額", lambda old, _: "+" + old, filled("収納額"), wide=True),
    Cell("C1", "基礎年金番号 with a hyphen", NE, "基礎年金番号", lambda old, _: old[:4] + "-" + old[4:]),
    Cell("C1", "date and time in a date", KG, "資格取得年月日", plus(" 00:00:00"), forms=C),
    Cell("C1", "small letters in 在留カード番号", J, "在留カード等番号", lambda old, _: old.lower(), mid_term),
    Cell("C1", "被保険者番号 one digit short", KG, "被保険者番号", lambda old, _: old[:-1]),
    Cell("C1", "phone number in 郵便番号", J, "住所_郵便番号", to("0990001234"), live),
    # Letters.
    Cell("C9", "katakana ロ for the ideograph", J, "氏名", lambda old, _: "山ロ" + old[2:], japanese, wide=True),
    Cell("C9", "long vowel mark for the numeral one", J, "住所_町字", instead("一丁目", "ー丁目"),
         lambda r: live(r) and "一丁目" in r.get("住所_町字"), wide=True),
    Cell("C9", "minus sign for a long vowel", J, "氏名_フリガナ", lambda old, _: old[:1] + "－" + old[2:], japanese,
         wide=True),
    Cell("C9", "full stop behind a name", J, "氏名", plus("．"), japanese, wide=True),
    Cell("C9", "emoji in a 方書", J, "住所_方書", to("見本荘😀"), live, forms=C),
    Cell("C9", "simplified Chinese letter in a Japanese name", J, "氏名", lambda old, _: "阳" + old[1:], japanese,
         wide=True, forms=C),
    Cell("C9", "reading of a stop mark", IN, "氏名_フリガナ", to("。")),
    Cell("C9", "digit in the reading of a name", IN, "氏名_フリガナ", lambda old, _: old[:1] + "１" + old[2:]),
    Cell("C9", "middle of a surrogate pair lost in 筆頭者", J, "戸籍_筆頭者", lambda old, _: "�" + old[1:], japanese),
    # Days.
    Cell("C2", "first day of a spreadsheet's calendar", J, "異動届出年月日", to("1900-01-01"), live, plain=True),
    Cell("C2", "31 April", KO, "資格取得年月日", to("2019-04-31"), plain=True),
    Cell("C2", "insurance reported thirty years early", KO, "資格取得届出年月日", to("1952-04-01"), plain=True),
    Cell("C2", "registered as 転入 after it was processed", J, "異動年月日", to("2026-11-19"),
         lambda r: came(r) and r.get("処理年月日") < "2020", plain=True, wide=True),
    Cell("C2", "told of the arrival before the move", J, "転入通知年月日", to("1990-01-01"), moved_out, plain=True),
    Cell("C2", "stay ends before the person came", J, "在留期間の満了の日", to("2011-01-01"), mid_term, plain=True),
    Cell("C2", "processed before birth", J, "処理年月日", to("1890-04-01"), live, plain=True),
    Cell("C2", "operated in the future", SH, "操作年月日", to("2041-01-01"), plain=True),
    Cell("C2", "instalments due in the wrong order", KW, "納期限", to("2027-03-31"),
         lambda r: r.get("期別") == "1" and r.get("徴収方法") == "1", plain=True),
    Cell("C2", "levied the day after its due day", CH, "調定年月日", to("2026-12-01"), plain=True, wide=True),
    Cell("C2", "employer named before there was 法人番号 or town", TK, "指定年月日", to("0216-04-01")),
    # Codes, places and numbers.
    Cell("C3", "期別 13", KW, "期別", to("13"), wide=True),
    Cell("C3", "期別 0", CH, "期別", to("0"), wide=True),
    Cell("C3", "児童 whose 続柄 is head", JC, "児童_続柄", to("世帯主")),
    Cell("C3", "記号 of another town", KO, "記号", to("12")),
    Cell("C3", "English code for 性別", IN, "性別", to("F")),
    Cell("C3", "申告区分 of two digits", TX, "申告区分", to("99")),
    Cell("C4", "blank 収納方法", SH, "収納方法", to("")),
    Cell("C4", "blank address of an employer", TK, "事業所_住所", to("")),
    Cell("C4", "blank 車台番号", KJ, "車台番号", to("")),
    Cell("C4", "blank reading of a Japanese resident", J, "氏名_フリガナ", to(""), japanese, wide=True),
    Cell("C4", "blank address of a 住登外者", JG, "住所_町字", to(""), lambda r: bool(r.get("住所_町字"))),
    Cell("C4", "blank 国籍", J, "国籍等_国名コード", to(""), mid_term),
    Cell("C4", "blank name of a 住登外者", JG, "氏名", to(""), filled("氏名")),
    Cell("C10", "メモ in an 印影文字区分", IN, "印影文字区分", to("12")),
    Cell("C11", "住民票コード of zeros", J, "住民票コード", to("00000000000"), live, wide=True),
    Cell("C11", "法人番号 of zeros", TK, "法人番号", to("0" * 13)),
    Cell("C12", "came from the town itself", J, "転入前住所_市区町村コード", to("990019"), came),
    Cell("C12", "本籍 code of another prefecture", J, "本籍_市区町村コード", to("011002"),
         lambda r: japanese(r) and r.get("本籍_市区町村コード") == "990019"),
    Cell("C12", "the same as above, in words", J, "住所_番地号表記", to("同上"), live, wide=True),
    Cell("C12", "町字 twice", J, "住所_町字", lambda old, _: old + old, live, wide=True),
    Cell("C12", "prefecture twice in a place", KJ, "定置場", lambda old, _: old[:3] + old),
    Cell("C12", "taxed as of an address elsewhere", TX, "賦課期日_市区町村コード", to("011002")),
    Cell("C13", "zeros as 世帯番号", J, "世帯番号", to("0000000000"), live, wide=True),
    Cell("C13", "asterisks for a name", JG, "氏名", to("＊＊＊＊"), filled("氏名")),
    Cell("C13", "cancelled line kept in the extract", J, "削除フラグ", to("1"), live),
)  # fmt: skip
