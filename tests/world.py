"""The small named cast of the tests: two towns that cannot exist and people whose names, dates and states are hard.

Everybody is invented. A person is a row of 住民基本台帳/住民情報 keyed by official item names; what is not said about
a person is empty. Use `CAST["tsuji"]`, or `rows("990019")` for a whole town.
"""

from __future__ import annotations

from dataclasses import dataclass, field

TOWN_A = "990019"
"""見本町: most of the cast."""
TOWN_B = "990027"
"""例示村: a few people, one of them with the same 宛名番号 as someone in 見本町."""
AS_OF = "2026-11-20"
"""The day on which the cast stands."""

_DEFAULTS = {
    "個人履歴番号": "1",
    "個人履歴番号_枝番号": "0",
    "最新フラグ": "1",
    "住民種別": "1",
    "住民状態": "1",
    "異動年月日": "2015-04-01",
    "異動年月日_不詳フラグ": "0",
    "異動届出年月日": "2015-04-03",
    "異動事由": "11",
    "異動区分": "1",
    "記載等の種別": "1",
    "生年月日_不詳フラグ": "0",
    "続柄コード1": "02",
    "続柄表記": "世帯主",
    "住所_町字コード": "0001001",
    "住所_都道府県": "見本県",
    "住所_市区郡町村名": "見本郡見本町",
    "住所_町字": "中央一丁目",
    "住所_番地号表記": "１番１号",
    "住所_郵便番号": "0000001",
    "住民となった年月日": "2015-04-01",
    "住民となった年月日_不詳フラグ": "0",
    "記載の異動年月日": "2015-04-01",
    "記載の異動年月日_不詳フラグ": "0",
    "記載の事由": "11",
    "本籍": "見本県見本郡見本町",
    "住所を定めた年月日": "2015-04-01",
    "住所を定めた年月日_不詳フラグ": "0",
    "記載順位": "1",
    "除票フラグ": "0",
    "処理年月日": "2015-04-03",
    "業務ID": "001",
    "削除フラグ": "0",
    "操作者ID": "st0001",
    "操作年月日": "2015-04-03",
    "操作時刻": "09:30:00",
}


@dataclass(frozen=True)
class Person:
    """One of the cast: `name` for tests to call, why the person is here, the items that are not the usual ones."""

    name: str
    why: str
    items: dict[str, str] = field(default_factory=dict)
    town: str = TOWN_A

    def history(self) -> list[dict[str, str]]:
        """All rows: the arrival, and the current one where that is another."""
        current = self.row()
        if current["個人履歴番号"] == "1":
            return [current]
        arrival = {name: value for name, value in current.items() if not name.startswith(("転出", "消除"))}
        first = ("個人履歴番号", "住民状態", "異動年月日", "異動届出年月日", "異動事由", "異動区分", "記載等の種別",
                 "除票フラグ", "処理年月日", "操作年月日")  # fmt: skip
        return [arrival | {name: _DEFAULTS[name] for name in first} | {"最新フラグ": "0"}, current]

    def row(self, **changes: str) -> dict[str, str]:
        """All filled items of the person's current row; `changes` by official name win."""
        town = {"市区町村コード": self.town, "住所_市区町村コード": self.town}
        items = _DEFAULTS | town | self.items
        items.setdefault("世帯主氏名", items.get("氏名", ""))
        items.setdefault("戸籍_筆頭者", items.get("世帯主氏名", "") if items["住民種別"] == "1" else "")
        items.setdefault("性別表記", {"1": "男", "2": "女"}.get(items.get("性別", ""), ""))
        return items | changes


def _japanese(family: tuple[str, str], given: tuple[str, str], sex: str, born: str, era: str) -> dict[str, str]:
    return {
        "氏名": f"{family[0]}　{given[0]}",
        "氏_日本人": family[0],
        "名_日本人": given[0],
        "氏名_フリガナ": f"{family[1]}　{given[1]}",
        "氏_日本人_フリガナ": family[1],
        "名_日本人_フリガナ": given[1],
        "性別": sex,
        "生年月日": born,
        "生年月日_元号": era,
    }


def _numbers(person: str, home: str, code: str) -> dict[str, str]:
    return {"宛名番号": person, "世帯番号": home, "住民票コード": code}


_HOME_1, _HOME_3, _HOME_9 = "5000000010", "5000000036", "5000000095"
_KASAI = ("葛\U000e0102西", "カサイ")
_REMOVED = {"除票フラグ": "1", "最新フラグ": "1", "記載等の種別": "2"}
_FOREIGN = {
    "住民種別": "2", "住民となった年月日": "", "住民となった年月日_不詳フラグ": "", "本籍": "", "記載の事由": "12",
    "異動事由": "12", "外国人住民となった年月日": "2015-04-01", "外国人住民となった年月日_不詳フラグ": "0",
}  # fmt: skip

_PEOPLE = (
    Person(
        "kasai",
        "葛 with a selector of Moji_Joho; born on the day that belongs to 大正15年 and 昭和元年, entered as 大正",
        _numbers("1000000015", _HOME_1, "99000000011") | _japanese(_KASAI, ("一", "ハジメ"), "1", "1926-12-25", "2"),
    ),
    Person(
        "kasai_hana",
        "wife of kasai; born on the same day, entered as 昭和",
        _numbers("1000000023", _HOME_1, "99000000022")
        | _japanese(_KASAI, ("ハナ", "ハナ"), "2", "1926-12-25", "3")
        | {"続柄コード1": "12", "続柄表記": "妻", "記載順位": "2", "世帯主氏名": "葛\U000e0102西　一"},
    ),
    Person(
        "tsuji",
        "辻 with one dot (selector); came from a municipality with a leading zero in its code",
        _numbers("1000000031", "5000000028", "99000000033")
        | _japanese(("辻\U000e0102", "ツジ"), ("健太郎", "ケンタロウ"), "1", "1988-12-31", "3")
        | {"転入前住所_市区町村コード": "011002", "転入前住所_都道府県": "北海道", "転入前住所_市区郡町村名": "札幌市"},
    ),
    Person(
        "yoshida",
        "𠮷, a character above U+FFFF",
        _numbers("1000000040", _HOME_3, "99000000044")
        | _japanese(("𠮷田", "ヨシダ"), ("さくら", "サクラ"), "2", "1996-03-08", "4"),
    ),
    Person(
        "unnamed",
        "a child without a name yet: the empty name is legal and is neither なし nor 不明",
        _numbers("1000000058", _HOME_3, "99000000055")
        | {
            "性別": "1", "生年月日": "2026-11-10", "生年月日_元号": "5", "異動事由": "13", "記載の事由": "13",
            "続柄コード1": "20", "続柄表記": "子", "記載順位": "2", "世帯主氏名": "𠮷田　さくら",
            "住民となった年月日": "2026-11-10", "住所を定めた年月日": "2026-11-10", "異動年月日": "2026-11-10",
            "異動届出年月日": "2026-11-13", "処理年月日": "2026-11-13", "操作年月日": "2026-11-13",
            "記載の異動年月日": "2026-11-10",
        },
    ),
    Person(
        "watanabe",
        "邉 in one of its many forms; under 支援措置",
        _numbers("1000000066", "5000000044", "99000000066")
        | _japanese(("渡邉\U000e0119", "ワタナベ"), ("美咲", "ミサキ"), "2", "1985-02-28", "3"),
    ),
    Person(
        "takahashi",
        "髙; dead: a 除票",
        _numbers("1000000074", "5000000052", "99000000077")
        | _japanese(("髙橋", "タカハシ"), ("茂", "シゲル"), "1", "1912-07-30", "1")
        | _REMOVED
        | {
            "住民状態": "3", "異動事由": "23", "異動年月日": "2023-01-15", "消除の事由": "23",
            "消除の異動年月日": "2023-01-15", "消除の異動年月日_不詳フラグ": "0", "消除の届出年月日": "2023-01-18",
            "異動届出年月日": "2023-01-18", "処理年月日": "2023-01-18", "操作年月日": "2023-01-18", "個人履歴番号": "2",
        },
    ),
    Person(
        "otsuka",
        "塚 as a compatibility character (U+FA10) that normalisation would destroy",
        _numbers("1000000082", "5000000060", "99000000088")
        | _japanese(("大\ufa10", "オオツカ"), ("哲也", "テツヤ"), "1", "1975-06-30", "3"),
    ),
    Person(
        "leap",
        "born on a 29 February that the calendar does not have: legal for a birth date",
        _numbers("1000000090", "5000000079", "99000000099")
        | _japanese(("齋藤", "サイトウ"), ("清", "キヨシ"), "1", "1951-02-29", "3"),
    ),
    Person(
        "unknown_birth",
        "day of birth unknown: sortable date and flag",
        _numbers("1000000104", "5000000087", "99000000101")
        | _japanese(("山﨑", "ヤマザキ"), ("トメ", "トメ"), "2", "1935-01-01", "3")
        | {"生年月日_不詳フラグ": "1"},
    ),
    Person(
        "nguyen",
        "a foreign resident: full-width letters, birth date in 西暦 only",
        _numbers("1000000112", _HOME_9, "99000000112")
        | _FOREIGN
        | {
            "氏名": "ＮＧＵＹＥＮ　ＶＡＮ　ＡＮ", "氏名_外国人ローマ字": "ＮＧＵＹＥＮ　ＶＡＮ　ＡＮ",
            "氏名_フリガナ": "グエン　ヴァン　アン", "性別": "1", "生年月日": "1998-09-02",
            "在留カード等番号": "AB00000001CD", "在留カード等番号区分": "1", "国籍等_国名コード": "VNM",
            "国籍名等": "ベトナム", "第30条45規定区分": "1", "在留資格等コード": "19", "在留期間等コード_年": "03",
            "在留期間の満了の日": "2028-03-31",
        },
    ),
    Person(
        "kim",
        "a special permanent resident with a 通称; lives with nguyen as 同居人",
        _numbers("1000000120", _HOME_9, "99000000123")
        | _FOREIGN
        | {
            "氏名": "ＫＩＭ　ＭＩＮＪＵＮ", "氏名_外国人ローマ字": "ＫＩＭ　ＭＩＮＪＵＮ",
            "氏名_フリガナ": "キム　ミンジュン",
            "性別": "1", "生年月日": "1960-05-05", "続柄コード1": "99", "続柄表記": "同居人", "記載順位": "2",
            "世帯主氏名": "ＮＧＵＹＥＮ　ＶＡＮ　ＡＮ", "在留カード等番号": "CD00000002EF", "在留カード等番号区分": "2",
            "国籍等_国名コード": "KOR", "国籍名等": "韓国", "第30条45規定区分": "2",
        },
    ),
    Person(
        "leaving",
        "has announced to move out on a coming day: a resident until then",
        _numbers("1000000139", "5000000109", "99000000134")
        | _japanese(("佐々木", "ササキ"), ("結衣", "ユイ"), "2", "2001-07-07", "4")
        | {
            "個人履歴番号": "2", "異動事由": "21", "異動年月日": "2026-12-10", "転出届出年月日": "2026-11-18",
            "転出予定年月日": "2026-12-10", "異動届出年月日": "2026-11-18", "処理年月日": "2026-11-18",
            "操作年月日": "2026-11-18",
        },
    ),
    Person(
        "neighbour",
        "of the other town, with the 宛名番号 of kasai",
        _numbers("1000000015", "5000000010", "99000000145")
        | _japanese(("伊藤", "イトウ"), ("葵", "アオイ"), "2", "1990-10-10", "4")
        | {"住所_市区郡町村名": "見本郡例示村", "住所_町字": "字例示", "住所_町字コード": "0002000"},
        TOWN_B,
    ),
    Person(
        "farmer",
        "of the other town; 本籍 is なし, which is a value",
        _numbers("1000000023", "5000000028", "99000000156")
        | _japanese(("廣瀬", "ヒロセ"), ("実", "ミノル"), "1", "1944-01-01", "3")
        | {"住所_市区郡町村名": "見本郡例示村", "住所_町字": "字例示", "住所_町字コード": "0002000", "本籍": "なし",
           "戸籍_筆頭者": "なし"},
        TOWN_B,
    ),
)  # fmt: skip

CAST = {person.name: person for person in _PEOPLE}
"""The cast by name."""


def rows(town: str) -> list[dict[str, str]]:
    """All rows of 住民情報 of everybody in a town."""
    return [row for person in _PEOPLE if person.town == town for row in person.history()]
