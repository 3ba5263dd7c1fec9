"""Repertoires: which characters a system, a code or a font has at all.

Source: JIS X 0208 and JIS X 0213:2004 as built into Python's codecs `euc_jp` and `shift_jis_2004`; CP932: see `cp932`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from yakuba.characters import cp932, lengths, patterns

if TYPE_CHECKING:
    from collections.abc import Iterable

_ASCII = frozenset(map(chr, range(0x80)))
_HALF_KANA = frozenset(map(chr, range(0xFF61, 0xFFA0)))
_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_LEADS = (*range(0x81, 0xA0), *range(0xE0, 0xFD))
_TRAILS = range(0x40, 0xFD)
_ROWS = range(0xA1, 0xFF)


@dataclass(frozen=True, slots=True)
class Repertoire:
    """What can be written.

    Attributes:
        name: what it is called in lists. characters: single code points; `None` = all but variation selectors.
        sequences: what takes two code points (葛 + U+E0102, か + U+309A).
        base: whether the bare code point may stand for a shape of it that is missing here (UCS統合規則).
    """

    name: str
    characters: frozenset[str] | None
    sequences: frozenset[str] = frozenset()
    base: bool = False

    def holds(self, text: str) -> bool:
        """Whether a text can be written as it is."""
        return text in self.sequences or all(self._has(char) for char in text)

    def _has(self, char: str) -> bool:
        return char not in _SELECTORS if self.characters is None else char in self.characters

    @property
    def missing(self) -> str:
        """Regular expression of one code point that is not here, or is here only together with another."""
        return patterns.SELECTOR if self.characters is None else _outside(self.characters)

    @property
    def token(self) -> str:
        """Regular expression of one character to look at, with what attaches to it."""
        return f"(?s:.)[{lengths.ATTACHING}]+|{self.missing}"


@cache
def _outside(characters: frozenset[str]) -> str:
    return f"[^{patterns.character_class(characters)}]"


UNICODE = Repertoire("unicode", None, base=True)
"""Every code point by itself, no variation sequence."""


@cache
def jis0213() -> Repertoire:
    """JIS X 0213:2004 (11,233 characters, 25 of them sequences) and ASCII: what 中間サーバー takes."""
    texts = set(_decoded("shift_jis_2004", _LEADS, _TRAILS))
    singles = {text for text in texts if len(text) == 1}
    return Repertoire("jis0213", frozenset(singles | _ASCII), frozenset(texts - singles))


@cache
def jis0208() -> Repertoire:
    """JIS X 0208 (6,879 characters) with ASCII and half-width kana; its signs also as CP932 reads them (～ － ∥)."""
    texts = set(_decoded("euc_jp", _ROWS, _ROWS))
    return Repertoire("jis0208", frozenset(texts | _ASCII | _HALF_KANA | set(cp932.SUBSTITUTES.values())))


@cache
def windows() -> Repertoire:
    """CP932, private cells included."""
    return Repertoire("cp932", cp932.repertoire())


def _decoded(codec: str, leads: Iterable[int], trails: Iterable[int]) -> Iterable[str]:
    """The character of every two-byte code that has one."""
    trails = tuple(trails)
    for lead in leads:
        for trail in trails:
            try:
                text = bytes((lead, trail)).decode(codec)
            except UnicodeDecodeError:
                continue
            if text < "\ue000" or text > "\uf8ff":
                yield text
