"""Spellings of dates in old data, each with the way to the day and, for exact spellings, the way back.

An exact spelling writes a day in one way only, so that going there and back gives the same text. The others
read every usual variant and cannot know which one it was.

    exact   era7 3640107 · era8 03640107 · era_letter_dots S64.01.07 · era_letter_digits S640107
            era_kanji_plain 昭和64年1月7日 · yyyymmdd 19890107 · slash_padded 1989/01/07 · iso 1989-01-07
    usual   era_letter (letters, 昭64.1.7, S64-1-7 …) · era_kanji (昭和６４年０１月０７日, 昭和1年 …)
            slash (1989/1/7) · auto (all of these; eight digits are era8 when they begin with 0)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from yakuba.kernel.dates.calendar import iso_text
from yakuba.kernel.dates.eras import border_days, eras
from yakuba.kernel.dates.wareki import FULL_TO_HALF, Wareki, any_of

if TYPE_CHECKING:
    from collections.abc import Callable

_NO_DATE = re.compile(r"[0\u3000 ]+|0{4}(?:-00-|/00/|[.]00[.])00")
_ALL_NINES = re.compile(r"9{7,8}|9{4}(?:-99-|/99/|[.]99[.])99")
_YEAR = "(?P<y>[1-9][0-9]{3}|0000)"
"""No register holds year 364: eight digits that begin with 0 are an era code, or the open start 00000101."""
_DIGITS = rf"{_YEAR}(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}})"
_SLASH = rf"{_YEAR}/(?P<m>[0-9]{{1,2}})/(?P<d>[0-9]{{1,2}})"
_MARKS = rf"{_YEAR}(?P<by>[-/.])(?P<m>[0-9]{{1,2}})(?P=by)(?P<d>[0-9]{{1,2}})"
_KANJI = rf"{_YEAR}年(?P<m>[0-9]{{1,2}})月(?P<d>[0-9]{{1,2}})日"


@dataclass(frozen=True, slots=True)
class DateForm:
    """One spelling.

    Attributes:
        read: text → the day, with its era when one is written, else ISO text; None when it is not this spelling.
        write: ISO text → text, None for what the spelling cannot say; no function when it is not exact.
        exact: names of the exact spellings that an inexact one reads among others.
    """

    read: Callable[[str], Wareki | str | None]
    write: Callable[[str], str | None] | None = None
    exact: tuple[str, ...] = ()


def is_no_date(text: str) -> bool:
    """Whether an old cell says "no date": spaces or zeros only, also with separators.

    >>> [is_no_date(text) for text in ("0000000", "        ", "0000/00/00", "3000000")]
    [True, True, True, False]
    """
    return _NO_DATE.fullmatch(text) is not None


def is_all_nines(text: str) -> bool:
    """Whether an old cell says "no end" by nines.

    >>> [is_all_nines(text) for text in ("99999999", "9999999", "9999/99/99", "9999-12-31")]
    [True, True, True, False]
    """
    return _ALL_NINES.fullmatch(text) is not None


def _western(*patterns: str) -> Callable[[str], str | None]:
    compiled = [re.compile(pattern) for pattern in patterns]

    def read(text: str) -> str | None:
        found = next((parts for each in compiled if (parts := each.fullmatch(text))), None)
        return iso_text(int(found["y"]), int(found["m"]), int(found["d"])) if found else None

    return read


def _japanese(pattern: str) -> Callable[[str], Wareki | None]:
    """Reader of an exact spelling: the pattern decides about the form, `Wareki.parse` about the content."""

    @cache
    def compiled() -> re.Pattern[str]:
        words = {
            "<code>": any_of(era.code for era in eras()),
            "<code2>": any_of(era.code2 for era in eras()),
            "<letter>": any_of(era.letter for era in eras()),
            "<name>": any_of(era.name for era in eras()),
        }
        filled = pattern
        for mark, word in words.items():
            filled = filled.replace(mark, f"(?:{word})")
        return re.compile(filled)

    return lambda text: Wareki.parse(text) if compiled().fullmatch(text) else None


def _written(form: Callable[[Wareki], str]) -> Callable[[str], str | None]:
    """Writer of an exact era spelling; a day of two eras is not written, since nobody knows which it was."""

    def write(iso: str) -> str | None:
        day = None if iso in border_days() else Wareki.from_iso(iso)
        return form(day) if day and day.year < 100 else None  # noqa: PLR2004 - two digits

    return write


def _packed(day: Wareki) -> str:
    return f"{day.year:02}{day.month:02}{day.day:02}"


_western_slash = _western(_SLASH)
_western_any = _western(_DIGITS, _MARKS, _KANJI)


def _usual_slash(text: str) -> str | None:
    return _western_slash(text.translate(FULL_TO_HALF).strip(" \u3000"))


def _usual_letter(text: str) -> Wareki | None:
    first = text.strip(" \u3000")[:1]
    return None if "年" in text or first.isdigit() else Wareki.parse(text)


def _usual_kanji(text: str) -> Wareki | None:
    return Wareki.parse(text) if "年" in text else None


def _usual(text: str) -> Wareki | str | None:
    return Wareki.parse(text) or _western_any(text.translate(FULL_TO_HALF).strip(" \u3000"))


FORMS = {
    "era7": DateForm(_japanese("<code>[0-9]{6}"), _written(lambda day: day.era.code + _packed(day))),
    "era8": DateForm(_japanese("<code2>[0-9]{6}"), _written(lambda day: day.era.code2 + _packed(day))),
    "era_letter_dots": DateForm(
        _japanese(r"<letter>[0-9]{2}\.[0-9]{2}\.[0-9]{2}"),
        _written(lambda day: f"{day.era.letter}{day.year:02}.{day.month:02}.{day.day:02}"),
    ),
    "era_letter_digits": DateForm(_japanese("<letter>[0-9]{6}"), _written(lambda day: day.era.letter + _packed(day))),
    "era_kanji_plain": DateForm(
        _japanese("<name>(?:元|[2-9]|[1-9][0-9])年[1-9][0-9]?月[1-9][0-9]?日"), _written(Wareki.text)
    ),
    "yyyymmdd": DateForm(_western(_DIGITS), lambda iso: iso.replace("-", "")),
    "slash_padded": DateForm(
        _western(f"{_YEAR}/(?P<m>[0-9]{{2}})/(?P<d>[0-9]{{2}})"), lambda iso: iso.replace("-", "/")
    ),
    "iso": DateForm(_western(f"{_YEAR}-(?P<m>[0-9]{{2}})-(?P<d>[0-9]{{2}})"), lambda iso: iso),
    "era_letter": DateForm(_usual_letter, exact=("era_letter_dots", "era_letter_digits")),
    "era_kanji": DateForm(_usual_kanji, exact=("era_kanji_plain",)),
    "slash": DateForm(_usual_slash, exact=("slash_padded",)),
    "auto": DateForm(_usual, exact=("era7", "era_letter_dots", "yyyymmdd", "slash_padded", "iso")),
}
"""Spellings by the name a project uses for them."""
