"""Names of fictitious people (氏名): surnames by frequency, given names by period of birth, spelling variants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.town._draw import Weighted, table

if TYPE_CHECKING:
    from random import Random

_PERIODS = ("1939年以前", "1940-1959年", "1960-1979年", "1980-1999年", "2000年以後")
_STARTS = (1940, 1960, 1980, 2000)


@dataclass(frozen=True, slots=True)
class Word:
    """A name and its reading: `text` as written, `kana` in katakana."""

    text: str
    kana: str


@dataclass(frozen=True, slots=True)
class ForeignName:
    """Name of a foreign resident: full-width letters, kanji when there are any, 通称 when one is recorded."""

    country: str
    country_name: str
    roman: Word
    kanji: str
    alias: Word


class NameBook:
    """All names of one town, read once. `bases` leads from a variant spelling to the common one.

    `hard`: surnames with variant characters, every one of which a town of some size has at least once.
    """

    def __init__(self) -> None:
        surnames = table("names", "surnames.csv")
        self._surnames = Weighted(
            [Word(row["氏"], row["フリガナ"]) for row in surnames], [float(row["推定人数"]) for row in surnames]
        )
        readings = {row["氏"]: row["フリガナ"] for row in surnames}
        self._variants: dict[str, list[tuple[float, str]]] = {}
        self.bases: dict[str, str] = {}
        self.hard: list[Word] = []
        for row in table("names", "variants.csv"):
            self.bases.setdefault(row["異表記"], row["氏"])
            self._variants.setdefault(row["氏"], []).append((float(row["割合"]), row["異表記"]))
            self.hard.append(Word(row["異表記"], readings[row["氏"]]))
        given = table("names", "given.csv")
        self._given = {
            (sex, period): Weighted(
                [Word(row["名"], row["フリガナ"]) for row in given if row["性別"] == sex],
                [float(row[_PERIODS[period]]) for row in given if row["性別"] == sex],
            )
            for sex in "12"
            for period in range(len(_PERIODS))
        }
        self._foreign: dict[str, list[ForeignName]] = {"1": [], "2": []}
        for row in table("names", "foreign.csv"):
            self._foreign[row["性別"]].append(
                ForeignName(
                    row["国コード"],
                    row["国名"],
                    Word(row["ローマ字"], row["フリガナ"]),
                    row["漢字"],
                    Word(row["通称"], row["通称フリガナ"]),
                )
            )

    def surname(self, rng: Random) -> Word:
        """A surname; a share of its bearers write it with a variant character (髙, 邉 with IVS …)."""
        word = self._surnames.draw(rng)
        dice = rng.random()
        for share, text in self._variants.get(word.text, ()):
            if dice < share:
                return Word(text, word.kana)
            dice -= share
        return word

    def given(self, rng: Random, sex: str, year: int) -> Word:
        """A given name of a time. `sex` is "1" or "2"; `year` is the year of birth."""
        period = sum(year >= start for start in _STARTS)
        return self._given[sex, period].draw(rng)

    def foreign(self, rng: Random, sex: str) -> ForeignName:
        """A foreign name; a last letter group makes the combinations many."""
        found = self._foreign[sex][int(rng.random() * len(self._foreign[sex]))]
        name = rng.choice(_ENDINGS)
        return ForeignName(
            found.country,
            found.country_name,
            Word(f"{found.roman.text}　{name[0]}", f"{found.roman.kana}　{name[1]}"),
            found.kanji,
            found.alias,
        )


_ENDINGS = tuple(
    (first + second, kana + tail)
    for first, kana in (
        ("ＡＮ", "アン"),
        ("ＭＩ", "ミ"),
        ("ＲＡ", "ラ"),
        ("ＴＯ", "ト"),
        ("ＬＩ", "リ"),
        ("ＫＡ", "カ"),
    )
    for second, tail in (("ＮＡ", "ナ"), ("ＲＩ", "リ"), ("ＭＵ", "ム"), ("ＳＡ", "サ"), ("ＮＯ", "ノ"), ("ＤＡ", "ダ"))
)
"""Invented last names of two syllables: letters and kana."""
