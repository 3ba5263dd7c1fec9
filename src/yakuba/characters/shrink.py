"""縮退: what may stand for an MJ character where a system does not have it, and on which ground.

A shrunk character is another notation of a name. It is for displays, letters and systems that know no more; the
name itself stays as it is.

Source: MJ縮退マップ Ver.1.2.0 (catalog/characters/shrink), all ten tables; order and class of the grounds are ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Literal

from yakuba.characters import tables

if TYPE_CHECKING:
    from collections.abc import Iterable

State = Literal["decided", "ambiguous", "undecided"]
"""decided: one answer, on a ground. ambiguous: several, or none with a ground. undecided: no answer at all."""


class Certainty(StrEnum):
    """種別 of a ground."""

    SAME = "包摂"
    LAW = "法令"
    HINT = "推測"


@dataclass(frozen=True, slots=True)
class Ground:
    """One table of the map.

    Attributes:
        title: 根拠 as people cite it. meaning: what a row of the table says.
    """

    certainty: Certainty
    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A character that may stand for another.

    Attributes:
        rank: 順位 within 告示第582号 別表第四の二, 1 first; 0 elsewhere.
        hops: ホップ数, steps along 親字・正字 of the family registers; 0 elsewhere.
    """

    text: str
    ground: Ground
    rank: int = 0
    hops: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """What follows from candidates.

    Attributes:
        texts: candidates without repetition, best first. ground: titles of what speaks for the first of them.
    """

    state: State
    texts: tuple[str, ...] = ()
    ground: str = ""


@cache
def grounds() -> dict[str, Ground]:
    """Grounds by 符号, strongest first."""
    frame = tables.read("shrink", "1.2.0", "符号", "種別", "根拠", "意味", file="grounds")
    return {mark: Ground(Certainty(kind), title, meaning) for mark, kind, title, meaning in frame.iter_rows()}


@cache
def candidates_by_name() -> dict[str, tuple[Candidate, ...]]:
    """Candidates of 35,851 MJ characters by MJ文字図形名, best first; the other 23,011 have none."""
    known = grounds()
    found: dict[str, list[Candidate]] = {}
    for name, text, mark, rank, hops in tables.read("shrink", "1.2.0").iter_rows():
        found.setdefault(name, []).append(Candidate(text, known[mark], int(rank or 0), int(hops or 0)))
    return {name: tuple(candidates) for name, candidates in found.items()}


def choose(candidates: Iterable[Candidate]) -> Choice:
    """Decide among candidates.

    Decided: exactly one is the same character to JIS (包摂), or exactly one is named by a standard or a law. Several
    with a ground are a person's choice, and so is the only one when nothing but a likeness speaks for it.
    """
    given = list(candidates)
    texts = tuple(dict.fromkeys(one.text for one in given))
    if not texts:
        return Choice("undecided")
    for certain in ({Certainty.SAME}, {Certainty.SAME, Certainty.LAW}):
        on_ground = list(dict.fromkeys(one.text for one in given if one.ground.certainty in certain))
        if len(on_ground) == 1:
            best = on_ground[0]
            return Choice("decided", (best, *(text for text in texts if text != best)), _titles(given, best))
    return Choice("ambiguous", texts, _titles(given, texts[0]))


def _titles(candidates: list[Candidate], text: str) -> str:
    return " / ".join(dict.fromkeys(one.ground.title for one in candidates if one.text == text))
