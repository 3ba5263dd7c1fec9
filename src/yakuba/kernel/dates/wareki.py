"""和暦: a day as it is written with an era.

The era is part of the value: 大正15年12月25日 and 昭和元年12月25日 are one day and two values. Going through
ISO text keeps the day and loses the era, on these border days only.

Days before 1873-01-01 (明治6) were counted by the lunar calendar. A register writes them with an era and
nothing else; here they get the western year of their era year and keep month and day as written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Self

from yakuba.kernel.dates.calendar import DateKind, iso_text, legal_date_kind
from yakuba.kernel.dates.eras import Era, era_names, eras, eras_on

if TYPE_CHECKING:
    from collections.abc import Iterable

FULL_TO_HALF: dict[int, int | str] = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}
"""Full-width ASCII to half-width, for `str.translate`."""

_SQUARED = {"㍾": "明治", "㍽": "大正", "㍼": "昭和", "㍻": "平成", "㋿": "令和"}
_PLAIN = FULL_TO_HALF | str.maketrans({" ": "", "\u3000": "", **_SQUARED})
_FIRST_YEAR = "元"


@dataclass(frozen=True, slots=True)
class Wareki:
    """One day with its era. The day need not exist, nor lie in the era: see `is_in_era`.

    Attributes:
        era: the era as written.
        year: year of the era, from 1.
        month: 1–12.
        day: 1–31.
    """

    era: Era
    year: int
    month: int
    day: int

    @classmethod
    def of(cls, era: str, year: int, month: int, day: int) -> Self | None:
        """A day from its parts; `era` is a name, first character, letter or code. None when a part cannot be."""
        found = era_names().get(era)
        if found is None or year < 1 or iso_text(found.year_one + year - 1, month, day) is None:
            return None
        return cls(found, year, month, day)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read any usual spelling; None when it is none.

        Name, first character, squared name (㍼), letter or code; 元 or digits; 年月日, `.`, `-`, `/` or nothing
        between two-digit parts; full-width digits and spaces in between are taken as they are meant.

        >>> spellings = "昭和64年1月7日 昭和６４年０１月０７日 昭64.1.7 S64.1.7 S64-01-07 s640107 3640107 03640107"
        >>> {Wareki.parse(text).iso() for text in spellings.split()}
        {'1989-01-07'}
        >>> Wareki.parse("令和元年5月1日").iso()
        '2019-05-01'
        """
        plain = text.translate(_PLAIN).upper()
        for pattern in _patterns():
            if parts := pattern.fullmatch(plain):
                year = 1 if parts["year"] == _FIRST_YEAR else int(parts["year"])
                return cls.of(parts["era"], year, int(parts["month"]), int(parts["day"]))
        return None

    @classmethod
    def from_iso(cls, text: str, era: str | None = None) -> Self | None:
        """The day with its era; on a border day both are right and the later is taken unless `era` says otherwise.

        None when the text is no date, an open end, before 明治, or not in the era asked for.

        >>> Wareki.from_iso("1926-12-25").text(), Wareki.from_iso("1926-12-25", "大正").text()
        ('昭和元年12月25日', '大正15年12月25日')
        """
        if legal_date_kind(text) not in (DateKind.CALENDAR, DateKind.IMPOSSIBLE):
            return None
        wanted = era_names().get(era) if era is not None else None
        found = [each for each in eras_on(text) if era is None or each == wanted]
        if not found:
            return None
        year, month, day = (int(part) for part in text.split("-"))
        return cls(found[-1], year - found[-1].year_one + 1, month, day)

    def iso(self) -> str:
        """The day as YYYY-MM-DD; 29 February of a common year stays 02-29."""
        return f"{self.era.year_one + self.year - 1:04}-{self.month:02}-{self.day:02}"

    def is_in_era(self) -> bool:
        """Whether the era had this day; true on both sides of a shared border.

        >>> [Wareki.parse(text).is_in_era() for text in ("昭和64年1月7日", "昭和64年1月8日", "平成31年5月1日")]
        [True, False, False]
        """
        return self.era.covers(self.iso())

    def text(self) -> str:
        """The day as people write it: no leading zeros, 元年 for year 1."""
        return f"{self.era.name}{year_text(self.year)}年{self.month}月{self.day}日"


def year_text(year: int) -> str:
    """Year of an era as people write it: 元 for 1."""
    return _FIRST_YEAR if year == 1 else str(year)


def any_of(words: Iterable[str]) -> str:
    """Regular expression for one of some words, longest first so that 明治 wins over 明."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = any_of(word for era in eras() for word in (era.name, era.name[0], era.letter))
    codes = any_of(code for era in eras() for code in (era.code, era.code2))
    year, month, day = "(?P<year>元|[0-9]{1,2})", "(?P<month>[0-9]{1,2})", "(?P<day>[0-9]{1,2})"
    packed = "(?P<year>[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    return (
        re.compile(f"(?P<era>{words}){year}年{month}月{day}日"),
        re.compile(rf"(?P<era>{words})[.\-/]?{year}(?P<by>[.\-/]){month}(?P=by){day}"),
        re.compile(rf"(?P<era>{codes})(?P<by>[.\-/]){year}(?P=by){month}(?P=by){day}"),
        re.compile(f"(?P<era>{words}|{codes}){packed}"),
    )
