"""What the model learns from: every MJ character as IPAmj draws it, and glyphs of other fonts with what they show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np
from tools.glyphs.fonts import PLAIN, Drawer, Manner

from yakuba.characters import tables
from yakuba.characters.glyphs.mj_font import mj_font

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from tools.glyphs.fonts import FontFile

_KINDS = 10
_DOTTED = (24, 32, 40, 48, 48)


class Mj:
    """The MJ characters by row: one row for each glyph of IPAmj."""

    def __init__(self) -> None:
        self.font = mj_font()
        self.entries = self.font.entries()
        forms = tables.form_by_name()
        self.row_of_form = {forms[name]: row for row, entry in enumerate(self.entries) for name in entry.names}
        self._rows = {entry.glyph: row for row, entry in enumerate(self.entries)}

    def row(self, text: str) -> int | None:
        """The row of a character or sequence, as IPAmj draws it."""
        return self._rows.get(self.font.glyph(text))

    @cached_property
    def bases(self) -> list[frozenset[str]]:
        """対応するUCS of each row's characters."""
        base = tables.base_by_name()
        return [frozenset(base[name] for name in entry.names) for entry in self.entries]

    @cached_property
    def kin(self) -> list[frozenset[int]]:
        """Of each row, the rows of the same code point, itself included."""
        rows: dict[str, set[int]] = {}
        for row, bases in enumerate(self.bases):
            for base in bases:
                rows.setdefault(base, set()).add(row)
        return [frozenset().union(*(rows[base] for base in bases)) for bases in self.bases]

    def pictures(self, rows: Iterable[int]) -> list[NDArray[np.uint8]]:
        """Rows as IPAmj draws them."""
        return [self.font.picture(self.entries[row].glyph) for row in rows]


@dataclass(frozen=True)
class Shown:
    """A font's glyphs and the rows they show. `glyphs`, `rows`: side by side, by rising glyph."""

    drawer: Drawer
    glyphs: NDArray[np.int64]
    rows: NDArray[np.int64]


def shown(font: FontFile, mj: Mj) -> Shown:
    """The glyphs of a font for Japanese characters of MJ.

    A glyph is taken to show what IPAmj draws for the same code point; where the font has an Adobe-Japan1 sequence of
    which the MJ character is known, that one. Fonts for all of East Asia draw many code points as in China: only the
    characters of Adobe-Japan1 are taken of any font.
    """
    drawer = Drawer(font)
    known = tables.aj1_sequences()
    japanese = {sequence[0] for sequence in known}
    found: dict[int, int] = {}
    for text, glyph in sorted(drawer.characters().items(), key=lambda pair: (len(pair[0]), pair[0])):
        form = known.get(text, "") if len(text) > 1 else text
        row = mj.row(form) if form and text[0] in japanese else None
        if row is not None:
            found[glyph] = row
    glyphs = np.array(sorted(found), np.int64)
    return Shown(drawer, glyphs, np.array([found[glyph] for glyph in glyphs.tolist()], np.int64))


def manners(count: int, random: np.random.Generator) -> list[Manner]:
    """Ways in which 外字 come, none of them the plain one: half of them in dots."""
    return [_manner(random) for _ in range(count)]


def _manner(random: np.random.Generator) -> Manner:
    kind = int(random.integers(_KINDS))
    if kind < len(_DOTTED):
        return Manner(dots=_DOTTED[kind], weight=float(random.choice([0, 0, 0.01])))
    return Manner(
        weight=float(random.uniform(-0.015, 0.035)) if kind % 2 else 0.0,
        angle=float(random.normal(0, 1.0)),
        lean=float(random.normal(0, 0.03)),
        wide=float(random.uniform(0.9, 1.1)),
    )


def drawn(drawer: Drawer, glyphs: Iterable[int], manners: Iterable[Manner] | None = None) -> list[NDArray[np.uint8]]:
    """Glyphs, each in its manner, or all plain; one without ink is a dot of paper."""
    pictures = (drawer.draw(glyph, way) for glyph, way in zip(glyphs, manners or repeat(PLAIN), strict=False))
    return [np.zeros((1, 1), np.uint8) if picture is None else picture for picture in pictures]
