"""What was typed (検索語の判定): one box, and the form of the text says what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from yakuba.kernel.check_digits import is_kojin_bango
from yakuba.kernel.dates.calendar import iso_text
from yakuba.kernel.dates.eras import era_names
from yakuba.kernel.dates.wareki import FULL_TO_HALF, Wareki
from yakuba.registry.search.keys import address_key_text, name_key_text, sound_key_text


class Kind(StrEnum):
    """What a search looks for."""

    NAME = "name"
    SOUND = "sound"
    BIRTH = "birth"
    NUMBER = "number"
    HOUSEHOLD = "household"
    ADDRESS = "address"
    MYNUMBER = "mynumber"
    CODE = "code"
    NOTHING = "nothing"

    @property
    def label(self) -> str:
        """The word on screens."""
        return _LABELS[self]


_LABELS = {
    Kind.NAME: "氏名",
    Kind.SOUND: "フリガナ",
    Kind.BIRTH: "生年月日",
    Kind.NUMBER: "宛名番号・世帯番号",
    Kind.HOUSEHOLD: "世帯番号",
    Kind.ADDRESS: "住所",
    Kind.MYNUMBER: "個人番号",
    Kind.CODE: "住民票コード・在留カード等の番号",
    Kind.NOTHING: "検索できません",
}


@dataclass(frozen=True, slots=True)
class Query:
    """What the box decided.

    Attributes:
        text: as typed. kind: what it is taken for. value: its key ("佐藤花子", "1958-03-25", "1983-04" for a month),
            without blanks for names and kana; wildcards are * and ?.
        first: the key with its blank, for the beginning of a name. advice: what to type instead, when it is nothing.
    """

    text: str
    kind: Kind
    value: str = ""
    first: str = ""
    advice: str = ""

    @property
    def wild(self) -> bool:
        """Whether it has wildcards."""
        return "*" in self.value or "?" in self.value

    @property
    def label(self) -> str:
        """What the box took it for, in the words of screens."""
        return self.kind.label


_NAMED = re.compile(r"(世帯番号|世帯|宛名番号|宛名|個人番号|マイナンバー|住民票コード)[:\s]*([0-9][0-9 -]*)")
_NAMED_KINDS = {
    "世帯": Kind.HOUSEHOLD,
    "宛名": Kind.NUMBER,
    "個人": Kind.MYNUMBER,
    "マイ": Kind.MYNUMBER,
    "住民": Kind.CODE,
}
_WILD = str.maketrans({"％": "*", "%": "*", "＊": "*", "？": "?", "＿": "?", "_": "?"})
_KANA = re.compile(r"[\u3041-\u309f\u30a0-\u30ffｦ-ﾟ・･ーｰ\-‐−\s*?]+")
_CARD = re.compile(r"[A-Z]{2}[0-9]{8}[A-Z]{2}")
_ADDRESS = re.compile(
    r"[0-9]|丁目|番地|[一二三四五六七八九十][番号]|大字|[都道府県].+[市区町村]|[市区町村郡].+[町字丁]"
)
_WESTERN = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})(?:\s*[-/.月]\s*([0-9]{1,2})\s*日?|\s*月?)")
_WESTERN_YEAR = re.compile(r"([0-9]{4})年")
_ERA_PART = re.compile(
    r"([MTSHR]|明治|大正|昭和|平成|令和|明|大|昭|平|令)\s*([0-9]{1,2}|元)\s*[-/.年]\s*(?:([0-9]{1,2})\s*月?)?"
)
_LONGEST = 200
_WAREKI7, _WESTERN8, _MYNUMBER12, _CODE11 = 7, 8, 12, 11


def understood(text: str) -> Query:
    """Decide what was typed.

    >>> [understood(text).kind.value for text in ("渡辺花子", "ﾜﾀﾅﾍﾞ", "3330325", "19580325", "中央一丁目１番")]
    ['name', 'sound', 'birth', 'birth', 'address']
    """
    text = _printable(text)
    plain = text.translate(_WILD).translate(FULL_TO_HALF).strip()
    if not plain.strip("*? \u3000"):
        return Query(text, Kind.NOTHING, advice="氏名、フリガナ、生年月日、宛名番号、住所などを入れてください")
    return _numeric(text, plain) or _dated(text, plain) or _worded(text, plain)


def _printable(text: str) -> str:
    """What a database takes as text: no control characters, no halves of pairs, not endless."""
    return re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", " ", text)[:_LONGEST]


def _numeric(text: str, plain: str) -> Query | None:
    """Figures alone, or figures with a word that says what they are."""
    named = _NAMED.fullmatch(plain)
    if named:
        digits = re.sub(r"[ -]", "", named[2])
        return Query(text, _NAMED_KINDS[named[1][:2]], digits)
    digits = plain if plain.isascii() and plain.isdigit() else re.sub(r"(?<=\d)[ -](?=\d)", "", plain)
    if not (digits.isascii() and digits.isdigit()) or (digits != plain and len(digits) < _CODE11):
        return None
    if len(digits) == _WAREKI7 and (day := Wareki.parse(digits)):
        return Query(text, Kind.BIRTH, day.iso())
    if len(digits) == _WESTERN8 and (iso := iso_text(int(digits[:4]), int(digits[4:6]), int(digits[6:]))):
        return Query(text, Kind.BIRTH, iso)
    if len(digits) == _MYNUMBER12 and is_kojin_bango(digits):
        return Query(text, Kind.MYNUMBER, digits)
    return Query(text, Kind.CODE if len(digits) == _CODE11 else Kind.NUMBER, digits)


def _dated(text: str, plain: str) -> Query | None:
    """A date with separators or an era; a month or a year alone finds all its days."""
    if day := Wareki.parse(plain):
        return Query(text, Kind.BIRTH, day.iso())
    if found := _WESTERN.fullmatch(plain):
        year, month = int(found[1]), int(found[2])
        iso = iso_text(year, month, int(found[3] or 1))
        return Query(text, Kind.BIRTH, iso if found[3] else iso[:7]) if iso else None
    if found := _WESTERN_YEAR.fullmatch(plain):
        return Query(text, Kind.BIRTH, found[1])
    found = _ERA_PART.fullmatch(plain.upper())
    era = era_names().get(found[1]) if found else None
    if not found or era is None:
        return None
    year = era.year_one + (1 if found[2] == "元" else int(found[2])) - 1
    return Query(text, Kind.BIRTH, f"{year:04}-{int(found[3]):02}" if found[3] else f"{year:04}")


def _worded(text: str, plain: str) -> Query:
    if _KANA.fullmatch(plain):
        first = sound_key_text(plain)
        return _checked(Query(text, Kind.SOUND, first.replace(" ", ""), first))
    if _CARD.fullmatch(plain.upper()):
        return Query(text, Kind.CODE, plain.upper())
    if _ADDRESS.search(plain):
        key = address_key_text(plain)
        return _checked(Query(text, Kind.ADDRESS, key, key))
    first = name_key_text(plain)
    return _checked(Query(text, Kind.NAME, first.replace(" ", ""), first))


def _checked(query: Query) -> Query:
    """A wildcard needs something to hold on to: a letter before it, or two beside each other after it."""
    if not query.value:
        return Query(query.text, Kind.NOTHING, advice="文字を入れてください")
    if query.wild and query.value[0] in "*?" and not re.search(r"[^*?]{2}", query.value):
        return Query(query.text, Kind.NOTHING, advice="先頭の文字を入れるか、* のほかに2文字以上続けて入れてください")
    return query


def as_kind(text: str, kind: Kind) -> Query:
    """A text of which is known what it is, from a field of the advanced search."""
    found = understood(text)
    if found.kind is kind:
        return found
    if kind is Kind.BIRTH:
        return Query(text, Kind.NOTHING, advice="生年月日は S58.4.1 や 19830401 のように入れてください")
    plain = _printable(text).translate(_WILD).translate(FULL_TO_HALF).strip()
    key = {Kind.NAME: name_key_text, Kind.SOUND: sound_key_text, Kind.ADDRESS: address_key_text}[kind](plain)
    return _checked(Query(text, kind, key if kind is Kind.ADDRESS else key.replace(" ", ""), key))
