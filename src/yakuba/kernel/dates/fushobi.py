"""不詳日: the fourteen forms in which a register writes a date that is not fully known.

Such a date is kept as the text that was recorded; this module tells the forms apart, takes them to parts and
back. The parts are never filled up to a whole date that someone could mistake for a real one (みなし生年月日).

Source: 住民記録システム標準仕様書【第1.0版】1.1.8 (不詳日入力一覧), in its order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Self

from yakuba.kernel.dates.calendar import OPEN_START
from yakuba.kernel.dates.eras import Era, era_names, eras
from yakuba.kernel.dates.wareki import FULL_TO_HALF, any_of, year_text


class FushobiKind(StrEnum):
    """The forms. The value says which parts are written, and is stored as the kind of a 不詳日."""

    YEAR_ABOUT = "年頃"
    MONTH_ABOUT = "年月頃"
    DAY_ABOUT = "年月日頃"
    DAY_ESTIMATED = "推定年月日"
    MONTH_ESTIMATED = "推定年月"
    SEASON = "年季節"
    THIRD = "年月旬"
    THIRD_ABOUT = "年月旬頃"
    ALL_UNKNOWN = "年月日不詳"
    MONTH_UNKNOWN = "年・月日不詳"
    DAY_UNKNOWN = "年月・日不詳"
    BETWEEN_ABOUT = "日から日頃までの間"
    BETWEEN_ESTIMATED = "推定日から日までの間"
    BETWEEN_ABOUTS = "日頃から日頃までの間"


_FORMS = {
    FushobiKind.YEAR_ABOUT: "{year}年頃",
    FushobiKind.MONTH_ABOUT: "{year}年{month}月頃",
    FushobiKind.DAY_ABOUT: "{year}年{month}月{day}日頃",
    FushobiKind.DAY_ESTIMATED: "推定{year}年{month}月{day}日",
    FushobiKind.MONTH_ESTIMATED: "推定{year}年{month}月",
    FushobiKind.SEASON: "{year}年{season}",
    FushobiKind.THIRD: "{year}年{month}月{third}",
    FushobiKind.THIRD_ABOUT: "{year}年{month}月{third}頃",
    FushobiKind.ALL_UNKNOWN: "年月日不詳",
    FushobiKind.MONTH_UNKNOWN: "{year}年\u3000月日不詳",
    FushobiKind.DAY_UNKNOWN: "{year}年{month}月\u3000日不詳",
    FushobiKind.BETWEEN_ABOUT: "{year}年{month}月{day}日から{end_month}月{end_day}日頃までの間",
    FushobiKind.BETWEEN_ESTIMATED: "{year}年{month}月推定{day}日から{end_day}日までの間",
    FushobiKind.BETWEEN_ABOUTS: "{year}年{month}月{day}日頃から{end_day}日頃までの間",
}
_SEASONS = {"春": 3, "夏": 6, "秋": 9, "冬": 12}
"""First month of a season, for sorting only."""
_THIRDS = {"上旬": 1, "中旬": 11, "下旬": 21}
"""First day of a third of a month, for sorting only."""
_TO_HALF = FULL_TO_HALF | str.maketrans({" ": "", "\u3000": ""})
_TO_FULL = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class Fushobi:
    """One 不詳日 in parts; a part its form does not write is 0 or "".

    Attributes:
        kind: the form.
        era: era of the year; None when the year is western (foreign residents) or not written.
        year: year of the era, or western year.
        month, day: as written; the day need not exist.
        season: 春, 夏, 秋 or 冬.
        third: 上旬, 中旬 or 下旬.
        end_month, end_day: end of an interval.
    """

    kind: FushobiKind
    era: Era | None = None
    year: int = 0
    month: int = 0
    day: int = 0
    season: str = ""
    third: str = ""
    end_month: int = 0
    end_day: int = 0

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read one of the fourteen forms; None when the text is none of them (a known date is none).

        Spaces and the width of digits do not matter: `text()` may differ from a text read in these, so
        the text as recorded has to be kept where it must be shown unchanged.

        >>> Fushobi.parse("昭和１０年春").kind, Fushobi.parse("昭和10年3月1日")
        (<FushobiKind.SEASON: '年季節'>, None)
        """
        plain = text.translate(_TO_HALF)
        for kind, pattern in _patterns().items():
            if parts := pattern.fullmatch(plain):
                return cls._of(kind, parts.groupdict())
        return None

    @classmethod
    def _of(cls, kind: FushobiKind, parts: dict[str, str]) -> Self | None:
        year = parts.get("digits", "0")
        found = cls(
            kind=kind,
            era=era_names().get(parts.get("era") or ""),
            year=1 if year == "元" else int(year),
            month=int(parts.get("month", 0)),
            day=int(parts.get("day", 0)),
            season=parts.get("season", ""),
            third=parts.get("third", ""),
            end_month=int(parts.get("end_month", 0)),
            end_day=int(parts.get("end_day", 0)),
        )
        return found if found._is_possible(parts) else None

    def _is_possible(self, parts: dict[str, str]) -> bool:
        highest = {"month": 12, "day": 31, "end_month": 12, "end_day": 31}
        within = all(1 <= int(parts[name]) <= top for name, top in highest.items() if name in parts)
        return within and (self.year > 0 or self.kind is FushobiKind.ALL_UNKNOWN)

    def text(self, *, full_width: bool = False) -> str:
        """The date as it is written; `full_width` writes digits as the Ｎ items of the standard need them.

        >>> Fushobi.parse("令和元年 月日不詳").text(), Fushobi.parse("令和5年3月頃").text(full_width=True)
        ('令和元年\u3000月日不詳', '令和５年３月頃')
        """
        era = self.era.name + year_text(self.year) if self.era else str(self.year)
        written = _FORMS[self.kind].format(
            year=era,
            month=self.month,
            day=self.day,
            season=self.season,
            third=self.third,
            end_month=self.end_month,
            end_day=self.end_day,
        )
        return written.translate(_TO_FULL) if full_width else written

    def sort_date(self) -> str:
        """Where the date stands among others: ISO text of the first day it can mean.

        For ordering lists only. It is no みなし生年月日: it must not be stored as the date, shown, or used
        for an age. 年頃 → 1 January; 春 夏 秋 冬 → 1 March, June, September, December; 上中下旬 → day 1, 11, 21;
        an interval → its first day; never before the first day of the era; 年月日不詳 → 0000-01-01.

        >>> [Fushobi.parse(text).sort_date() for text in ("昭和元年頃", "昭和10年秋", "昭和10年3月中旬頃")]
        ['1926-12-25', '1935-09-01', '1935-03-11']
        """
        if self.kind is FushobiKind.ALL_UNKNOWN:
            return OPEN_START
        year = self.year + (self.era.year_one - 1 if self.era else 0)
        month = self.month or _SEASONS.get(self.season, 1)
        day = self.day or _THIRDS.get(self.third, 1)
        first = f"{year:04}-{month:02}-{day:02}"
        return max(first, self.era.first) if self.era else first


@cache
def _patterns() -> dict[FushobiKind, re.Pattern[str]]:
    number = "[0-9]{1,2}"
    names = any_of(era.name for era in eras())
    fields = {
        "year": rf"(?:(?P<era>{names})(?=元|[0-9]{{1,2}}年)|(?=[0-9]{{4}}年))(?P<digits>元|[0-9]+)",
        **{name: f"(?P<{name}>{number})" for name in ("month", "day", "end_month", "end_day")},
        "season": f"(?P<season>{any_of(_SEASONS)})",
        "third": f"(?P<third>{any_of(_THIRDS)})",
    }
    return {kind: re.compile(form.replace("\u3000", "").format(**fields)) for kind, form in _FORMS.items()}
