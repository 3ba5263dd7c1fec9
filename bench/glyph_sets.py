"""Test sets of glyph identification (文字同定): glyphs of fonts that the model has never seen, with what they show."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from tools.glyphs.fonts import PLAIN, UNSEEN, Drawer, Manner

from yakuba.characters import tables
from yakuba.characters.glyphs.glyph import Glyph

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from tools.glyphs.samples import Mj

SEED = 6
HANAZONO, HANAZONO_B, NOTO = UNSEEN
_IDEOGRAPHS = ((0x3400, 0x9FFF), (0x20000, 0x3FFFF))
_UNIFIED = "2"
"""包摂区分 of a shape that JIS X 0213 unifies with another one and MJ keeps apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One glyph.

    Attributes:
        right: MJ文字図形名 of the character that IPAmj draws for the same code; empty for what is not in MJ.
        kin: of all characters of the same code point.
        known: what the glyph really shows, where that can be known: the code point has one MJ character only, or the
            font says by its sequences which of them it draws; else empty.
    """

    glyph: Glyph
    right: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()


class Source:
    """The glyphs of one unseen font."""

    def __init__(self, name: str, mj: Mj) -> None:
        self.name, self.mj = name, mj
        self.drawer = Drawer(UNSEEN[name])
        self.characters = self.drawer.characters()

    def random(self, texts: Iterable[str], count: int) -> list[str]:
        """Some of the characters or sequences that the font has, always the same."""
        own = sorted(text for text in texts if text in self.characters)
        chosen = np.random.default_rng(SEED).permutation(len(own))[:count]
        return [own[place] for place in sorted(chosen.tolist())]

    def kanji(self) -> list[str]:
        """Characters of MJ, as single code points, that the font draws in a Japanese manner.

        Noto Serif CJK JP draws those outside Adobe-Japan1 as China, Taiwan or Korea do.
        """
        japanese = {sequence[0] for sequence in tables.aj1_sequences()}
        return [
            text
            for text in self.characters
            if len(text) == 1 and self.mj.row(text) is not None and (self.name != NOTO or text in japanese)
        ]

    def foreign(self) -> list[str]:
        """The other characters of MJ that the font draws."""
        own = set(self.kanji())
        return [
            text for text in self.characters if len(text) == 1 and text not in own and self.mj.row(text) is not None
        ]

    def outside(self) -> list[str]:
        """Ideographs whose code point MJ has nowhere, and that are not another code for a character of MJ."""
        known = {*tables.base_by_name().values(), *(form[0] for form in tables.form_by_name().values())}
        return [
            text
            for text in self.characters
            if len(text) == 1
            and any(first <= ord(text) <= last for first, last in _IDEOGRAPHS)
            and text not in known
            and unicodedata.normalize("NFC", text) == text
        ]

    def variants(self) -> list[str]:
        """Sequences of the MJ font for code points of which MJ has several shapes."""
        rows = {text: self.mj.row(text) for text in self.characters.keys() & tables.mj_sequences()}
        return [text for text, row in rows.items() if row is not None and len(self.mj.kin[row]) > 1]

    def unified(self) -> list[str]:
        """Sequences of other collections, drawn unlike every shape that MJ has for the code point: デザイン差."""
        of_mj = {glyph for text, glyph in self.characters.items() if text in tables.mj_sequences() or len(text) == 1}
        return [
            text
            for text, glyph in self.characters.items()
            if len(text) > 1 and glyph not in of_mj and self.mj.row(text[0]) is not None
        ]

    def cases(self, texts: Sequence[str], manner: Manner = PLAIN, *, inside: bool = True) -> list[Case]:
        """Cases of characters; those without ink are left out."""
        drawn = ((text, self.drawer.draw(self.characters[text], manner)) for text in texts)
        return [self._case(text, picture, manner, inside) for text, picture in drawn if picture is not None]

    def _case(self, text: str, picture: NDArray[np.uint8], manner: Manner, inside: bool) -> Case:
        glyph = Glyph("", text, picture, manner.dots, "")
        row = self.mj.row(text) if len(text) == 1 or text in tables.mj_sequences() else self.mj.row(text[0])
        if not inside or row is None:
            return Case(glyph)
        names = frozenset(self.mj.entries[row].names)
        kin = frozenset(name for one in self.mj.kin[row] for name in self.mj.entries[one].names)
        if len(text) > 1 and text not in tables.mj_sequences():
            return Case(glyph, names, kin)
        stated = self._stated.get(self.characters[text], frozenset())
        return Case(glyph, names, kin, names if kin == names else stated)

    @cached_property
    def _stated(self) -> dict[int, frozenset[str]]:
        """MJ characters by glyph, where a sequence of the font says so."""
        found: dict[int, set[str]] = {}
        adobe = tables.aj1_sequences() if self.name == NOTO else {}
        for text, glyph in self.characters.items():
            form = text if text in tables.mj_sequences() else adobe.get(text, "")
            row = self.mj.row(form) if len(text) > 1 and form else None
            if row is not None:
                found.setdefault(glyph, set()).update(self.mj.entries[row].names)
        return {glyph: frozenset(names) for glyph, names in found.items()}


def others(source: Source) -> dict[str, list[Case]]:
    """Glyphs that are no ideographs, by kind."""
    kinds = {
        "kana": ["\u3041-\u3096", "\u30a1-\u30fa"],
        "hangul": ["\uac00-\ud7a3"],
        "letters, digits, signs": [
            "\u0021-\u007e", "\u00a1-\u00ff", "\u0391-\u03c9", "\u0410-\u044f", "\u2190-\u22ff", "\u2460-\u24ff",
            "\u25a0-\u26ff", "\u3200-\u33ff",
        ],
    }  # fmt: skip
    found = {}
    for kind, ranges in kinds.items():
        texts = [chr(code) for span in ranges for code in range(ord(span[0]), ord(span[-1]) + 1)]
        found[kind] = source.cases(source.random(texts, 1000), inside=False)
    return found


def composed(source: Source, count: int = 1000) -> list[Case]:
    """Made-up characters: the left half of one kanji and the right half of another."""
    drawn = [case.glyph.picture for case in source.cases(source.random(source.kanji(), 2 * count))]
    order = np.random.default_rng(SEED).permutation(len(drawn)).tolist()
    halves = [(drawn[one], drawn[two]) for one, two in zip(order[::2], order[1::2], strict=False)]
    return [Case(Glyph("", f"composed {number}", _joined(*pair), 0, "")) for number, pair in enumerate(halves)]


def _joined(left: NDArray[np.uint8], right: NDArray[np.uint8]) -> NDArray[np.uint8]:
    high = min(len(left), len(right))
    return np.ascontiguousarray(
        np.concatenate([left[:high, : left.shape[1] // 2], right[:high, right.shape[1] // 2 :]], axis=1)
    )
