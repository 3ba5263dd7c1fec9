"""What a town knows of a private character beside its shape (知識): how it is read, counted and otherwise spelt.

A candidate's score is its shape plus what is known for it. The weights are parts of `clear`, the difference in shape
that is beyond doubt, and together stay below it. So knowledge orders candidates that look alike, and can never lift one
past another that is clearly nearer in shape:

| known | part of `clear` | given in full when |
|---|---|---|
| reading | 0.40 | everybody's kana, where it can be aligned (see `kana`), is a reading of the candidate |
| other spelling | 0.30 | every other spelling folds to the same 代表字 as the candidate |
| strokes | 0.15 | 画数 is the same; one stroke more or less gives half, lists count ⻌ and 艹 differently |
| radical | 0.10 | 部首 is one of the candidate's |

Readings and spellings count by the people who have them; what cannot be aligned counts for nobody. Source of readings,
strokes and radicals: MJ文字情報一覧表.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

from yakuba.characters import tables
from yakuba.characters.fold import fold_kanji_text
from yakuba.characters.glyphs import kana
from yakuba.characters.lengths import perceived_characters

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import Field

    from yakuba.characters.glyphs.usage import Name, Usage

READING, SPELLING, STROKES, RADICAL = 0.40, 0.30, 0.15, 0.10
CLEAR = 0.05
"""Difference in shape that nothing known may overrule, on the scale of `shape`."""


class Scored(Protocol):
    """A candidate as `identify` makes it: a frozen dataclass, of which only these fields are looked at."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def name(self) -> str:
        """MJ文字図形名."""

    @property
    def form(self) -> str:
        """The character as written."""

    @property
    def shape(self) -> float:
        """Likeness of the shapes, 0 to 1."""


C = TypeVar("C", bound=Scored)


@dataclass(frozen=True, slots=True)
class Known:
    """What the usage of one private character says, counted in people.

    Attributes:
        readings: kana at its place. spellings: 代表字 at its place in the people's other spellings.
        strokes, radicals: as in `Usage`.
    """

    readings: Counter[str]
    spellings: Counter[str]
    strokes: int
    radicals: frozenset[int]


def readings_of(usage: Usage) -> Counter[str]:
    """Readings seen at the place of the character in the names that have it, by people; only where kana aligns."""
    seen: Counter[str] = Counter()
    for name in usage.names:
        if name.kana and (reading := kana.reading_at(name.text, name.kana, usage.private)):
            seen[reading] += name.times
    return seen


def spellings_of(usage: Usage) -> Counter[str]:
    """代表字 that stand at its place where the same people are spelt otherwise, by people."""
    seen: Counter[str] = Counter()
    for name in usage.names:
        if found := _spelt(name, usage.private):
            seen[found] += name.times
    return seen


def known(usage: Usage) -> Known:
    """Everything that the usage says."""
    return Known(readings_of(usage), spellings_of(usage), usage.strokes, usage.radicals)


def weigh(candidates: Sequence[C], usage: Usage, *, clear: float = CLEAR) -> list[C]:
    """Candidates with `known` and `similarity` filled in, best first; equals keep their order.

    Args:
        candidates: with their `shape`. usage: of the private character. clear: see the module; 0 = shape alone.

    Returns:
        `known` from 0 to below `clear`, `similarity` = shape + known, at most 1.
    """
    told = known(usage)
    gains = [clear * _share(candidate, told) for candidate in candidates]
    scored = sorted(zip(candidates, gains, strict=True), key=lambda pair: -(pair[0].shape + pair[1]))
    return [replace(one, known=gain, similarity=min(1.0, one.shape + gain)) for one, gain in scored]


def _share(candidate: Scored, told: Known) -> float:
    """Sum of the weights that a candidate has earned, 0 to 0.95."""
    own = _facts().get(candidate.name)
    if own is None:
        return 0.0
    readings, strokes, radicals = own
    folded = fold_kanji_text(tables.base_by_name().get(candidate.name, candidate.form))
    sounds = _sounds(readings, candidate.form or folded)
    reading = _part(told.readings, lambda seen: _is_reading(seen, sounds))
    spelling = _part(told.spellings, lambda seen: seen in {folded, fold_kanji_text(candidate.form)})
    apart = abs(strokes - told.strokes) if strokes and told.strokes else None
    counted = {0: 1.0, 1: 0.5}.get(apart, 0.0) if apart is not None else 0.0
    under = bool(radicals & told.radicals)
    return READING * reading + SPELLING * spelling + STROKES * counted + RADICAL * under


def _part(seen: Counter[str], fits: Any) -> float:
    """The part of the people for whom something fits; 0 when nothing was seen."""
    everybody = seen.total()
    return sum(times for each, times in seen.items() if fits(each)) / everybody if everybody else 0.0


def _is_reading(seen: str, sounds: frozenset[str]) -> bool:
    """Whether kana is one of the sounds, by itself or with a particle that nobody writes (渡ナ辺)."""
    shorter = {seen.removeprefix(particle) for particle in kana.PARTICLES}
    shorter |= {seen.removesuffix(particle) for particle in kana.PARTICLES}
    return bool(({seen} | shorter) & sounds)


def _sounds(own: str, form: str) -> frozenset[str]:
    """All ways in which a character may sound in a name: its readings, and those of its 代表字."""
    every = {*filter(None, own.split("・")), *(kana.readings(form) if form else ())}
    return frozenset(sound for each in every for sound in kana.voiced_ways(each))


@cache
def _facts() -> dict[str, tuple[str, int, frozenset[int]]]:
    """読み, 総画数 and 部首 by MJ文字図形名."""
    rows = tables.read("mj", "006.02", "MJ文字図形名", "読み", "総画数", "部首.内画数")
    return {
        name: (
            readings or "",
            int(strokes or 0),
            frozenset(int(each.partition(".")[0]) for each in (radicals or "").split("・") if each),
        )
        for name, readings, strokes, radicals in rows.iter_rows()
    }


def _spelt(name: Name, private: str) -> str:
    """代表字 at the place of the private character in another spelling; "" where the two are not the same name."""
    text, other = (perceived_characters("".join(spelt.split())) for spelt in (name.text, name.other))
    sign = private if private and private in text else kana.STAND_IN
    if len(text) != len(other) or text.count(sign) != 1:
        return ""
    place = text.index(sign)
    rest = (fold_kanji_text("".join(one[:place] + one[place + 1 :])) for one in (text, other))
    if len(set(rest)) > 1 or other[place] == sign:
        return ""
    return fold_kanji_text(other[place])
