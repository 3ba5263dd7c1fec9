"""What stays the same in a person's life (1人の項目): the items of 住民情報 that every history row repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.town.days import COMPUTERISED, FOREIGN_START, iso
from yakuba.town.numbering import household_or_person, resident_code

if TYPE_CHECKING:
    from yakuba.town.people import Person

_ERAS = ((1912, 7, 30, "1"), (1926, 12, 25, "2"), (1989, 1, 8, "3"), (2019, 5, 1, "4"))
_STATES = {"21": "2", "22": "2", "23": "3"}
_STAY = {"VNM": "19", "IDN": "18", "NPL": "22", "MMR": "18", "PHL": "27", "BRA": "29", "CHN": "13"}


def person_number(index: int) -> str:
    """宛名番号 of the person with an index."""
    return household_or_person(100_000_001 + index)


def era(text: str) -> str:
    """元号 code (1 digit) of an ISO date; on a border day the later era."""
    for year, month, day, code in _ERAS:
        if text < f"{year}-{month:02d}-{day:02d}":
            return code
    return "5"


def _japanese(person: Person) -> dict[str, str]:
    kana = (person.surname.kana, person.given.kana)
    code, place, area, lot = person.household.register
    first = next((one for one in person.household.members if not one.foreign), person)
    holder = first.given.text if first.surname.text == person.surname.text else person.given.text
    return {
        "住民種別": "1",
        "given": person.given.text,
        "氏_日本人_フリガナ": kana[0],
        "名_日本人_フリガナ": kana[1],
        "住民となった年月日": iso(person.entered),
        "住民となった年月日_不詳フラグ": "0",
        "本籍": place,
        "本籍_市区町村コード": code,
        "本籍_町字": area,
        "本籍_地番号または、街区符号": lot,
        "戸籍_筆頭者_名": holder,
    }


def _foreign(person: Person) -> dict[str, str]:
    name = person.foreign
    assert name is not None
    permanent = bool(name.alias.text) and name.country == "KOR"
    letter = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    card = f"{letter[person.index % 24]}Z{person.index % 10**8:08d}Z{letter[person.index // 24 % 24]}"
    stay = {} if permanent else {
        "在留資格等コード": _STAY.get(name.country, "26"),
        "在留期間等コード_年": "03",
        "在留期間の満了の日": "" if name.country in ("USA", "GBR", "KOR") else iso(739_950 + person.index % 900),
    }  # fmt: skip
    return stay | {
        "住民種別": "2",
        "氏名_外国人ローマ字": name.roman.text,
        "外国人住民となった年月日": iso(max(person.entered, FOREIGN_START)),
        "外国人住民となった年月日_不詳フラグ": "0",
        "在留カード等番号": card,
        "在留カード等番号区分": "2" if permanent else "1",
        "国籍等_国名コード": name.country,
        "国籍名等": name.country_name,
        "第30条45規定区分": "2" if permanent else "1",
        "住居地の届出の有無": "1",
    }


def constant_items(person: Person) -> dict[str, str]:
    """Items that never change; helpers for the frame (given, 転出予定) among them."""
    born = person.birth_text or iso(person.born)
    cells = {
        "宛名番号": person_number(person.index),
        "住民票コード": resident_code(person.index + 1),
        "氏名_フリガナ": person.kana,
        "氏名_フリガナ確認状況": "1" if not person.foreign and person.index % 3 else "0",
        "性別": person.sex,
        "性別表記": "男" if person.sex == "1" else "女",
        "生年月日": born,
        "生年月日_元号": "" if person.foreign else person.birth_era or era(born),
        "生年月日_不詳フラグ": "1" if person.birth_unknown else "0",
        "記載の異動年月日": iso(person.entered),
        "記載の異動年月日_不詳フラグ": "0",
        "記載の事由": person.reason,
        "改製記載年月日": iso(COMPUTERISED) if person.entered <= COMPUTERISED else "",
        "転出予定": iso(person.planned),
    }
    if person.origin:
        cells |= _prefixed("転入前住所_", person)
    return cells | (_foreign(person) if person.foreign else _japanese(person))


def _prefixed(prefix: str, person: Person) -> dict[str, str]:
    place = person.origin
    assert place is not None
    return {
        f"{prefix}市区町村コード": place.municipality,
        f"{prefix}都道府県": place.prefecture,
        f"{prefix}市区郡町村名": place.city,
        f"{prefix}町字": place.area,
        f"{prefix}番地号表記": place.lot,
    }


def removal_items(person: Person) -> dict[str, str]:
    """Items of the last row of a removed person, with helpers (removal, state, 除票)."""
    if person.live:
        return {}
    cells = {"removal": person.removal, "state": _STATES[person.removal], "除票": "1"}
    place = person.target
    if place is not None and person.index % 5:
        base = "転出先住所（確定）_"
        cells |= {
            "転出年月日（確定）": iso(person.removed),
            "転入通知年月日": iso(person.removed + 9),
            f"{base}市区町村コード": place.municipality,
            f"{base}都道府県": place.prefecture,
            f"{base}市区郡町村名": place.city,
            f"{base}町字": place.area,
            f"{base}番地号表記": place.lot,
        }
    return cells
