"""Tiles (候補): a character that a glyph may be, large, with what is known of it; the machine's or searched for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.characters.glyphs.knowledge import CLEAR
from yakuba.identification.lookup import fact, look_up
from yakuba.identification.services import FIRST
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yakuba.characters.facts import Facts
    from yakuba.identification.queries import Line, Page


@dataclass(frozen=True, slots=True)
class Tile:
    """One character.

    Attributes:
        number: key that chooses it, 0 for none. facts: see `yakuba.characters.facts`. match: 98.4%, "" if searched.
        towns: names of towns that have decided so. why: choosing it needs a reason. here: chosen at first.
    """

    number: int
    facts: Facts
    match: str
    towns: tuple[str, ...]
    why: bool
    here: bool

    @property
    def codes(self) -> str:
        """U+9089 U+E010F."""
        return " ".join(f"U+{ord(char):04X}" for char in self.facts.text)

    @property
    def strokes(self) -> str:
        """17画 ⾡ + 13."""
        parts = (f"{self.facts.strokes}画" if self.facts.strokes else "", *self.facts.radicals[:1])
        return "　".join(filter(None, parts))

    @property
    def readings(self) -> str:
        """ヘン・あたり, the first few."""
        return "・".join(self.facts.readings[:4])

    @property
    def lists(self) -> Sequence[str]:
        """Numbers in the lists of 戸籍 and 住基."""
        codes = self.facts.codes
        named = (("戸籍", codes.get("戸籍統一文字番号", "")), ("住基", codes.get("住基ネット統一文字コード", "")))
        return [f"{name} {code}" for name, code in named if code]


@dataclass(frozen=True, slots=True)
class Tiles:
    """What can be chosen. first: with keys. rest: further candidates. problem: of a search. total: found by it."""

    first: Sequence[Tile]
    rest: Sequence[Tile]
    problem: str = ""
    total: int = 0

    @property
    def chosen(self) -> str:
        """MJ文字図形名 of the one that is chosen at first, "" for none."""
        return next((one.facts.name for one in (*self.first, *self.rest) if one.here), "")


def tiles(page: Page, line: Line, words: str) -> Tiles:
    """Candidates of the machine, or what `words` searches for."""
    said = _said(line)
    if words.strip():
        return _searched(page, line, words, said)
    easy = _easy(page)
    matches = [(fact(one.mj), f"{one.similarity:.1%}") for one in page.candidates]
    chosen = line.stand.choice.mj if line.stand.choice else matches[0][0].name if matches else ""
    made = [
        Tile(
            at if at <= FIRST else 0, facts, match, said.get(facts.name, ()),
            why=facts.name not in easy or _against(line, facts.name), here=facts.name == chosen,
        )
        for at, (facts, match) in enumerate(matches, 1)
    ]  # fmt: skip
    return Tiles(made[:FIRST], made[FIRST:])


def _searched(page: Page, line: Line, words: str, said: Mapping[str, tuple[str, ...]]) -> Tiles:
    try:
        found, total = look_up(words)
    except UsageError as error:
        return Tiles((), (), f"{error.message}。{error.remedy}")
    matches = {one.mj: f"{one.similarity:.1%}" for one in page.candidates}
    easy = _easy(page)
    made = [
        Tile(
            at if at <= FIRST else 0, facts, matches.get(facts.name, ""), said.get(facts.name, ()),
            why=facts.name not in easy or _against(line, facts.name), here=at == 1,
        )
        for at, facts in enumerate(found, 1)
    ]  # fmt: skip
    return Tiles(made[:FIRST], made[FIRST:], total=total)


def _easy(page: Page) -> frozenset[str]:
    """Those that can be chosen without a word: the first, as far as none of them is clearly nearer in shape."""
    nearest = max((one.shape for one in page.candidates), default=0.0)
    return frozenset(one.mj for one in page.candidates[:FIRST] if one.shape >= nearest - CLEAR)


def _said(line: Line) -> Mapping[str, tuple[str, ...]]:
    """Towns by the character that they have decided for."""
    found: dict[str, tuple[str, ...]] = {}
    for one in line.known:
        found[one.choice.mj] = (*found.get(one.choice.mj, ()), one.town)
    return found


def _against(line: Line, name: str) -> bool:
    """Whether some town has decided otherwise."""
    return any(one.choice.mj != name for one in line.known)
