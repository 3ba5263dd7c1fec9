"""Which characters can be drawn (字形): said before drawing, from the font itself.

A character that the font lacks would become an empty box, and a sequence that it lacks would silently become its base
character (葛 + U+E0100 of Adobe-Japan1 → 葛): both are another name on an official paper, so both stop the issue.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from yakuba.certificates.font import face
from yakuba.characters import tables
from yakuba.characters.lengths import perceived_characters
from yakuba.kernel.finding import Finding, Severity, masked

if TYPE_CHECKING:
    from collections.abc import Iterator

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
"""Categories of code points that a paper cannot show: controls, formats, halves of pairs, unassigned."""
_PRIVATE, _MARK = "Co", "Mn"

_HINTS = {
    "glyph_missing": (
        "この文字は書体にありません。窓口で手書きによる交付を検討してください",
        "the font lacks this character",
    ),
    "glyph_private": (
        "外字のままです。文字同定をしてMJ文字に置き換えてください",
        "a private character: identify it first",
    ),
    "glyph_aj1_sequence": (
        "Adobe-Japan1の異体字です。Moji_Johoの異体字に置き換えてください",
        "a sequence of Adobe-Japan1, which would be drawn as its base: convert it to Moji_Joho",
    ),
    "glyph_unknown_sequence": (
        "書体にない異体字の並びです。登録された文字を確かめてください",
        "a sequence the font lacks would be drawn as its base: correct the record",
    ),
    "glyph_invisible": ("印字できない制御文字が混じっています。取り除いてください", "a control character: remove it"),
}


@cache
def _safe() -> frozenset[str]:
    """Code points that are drawn as themselves wherever they stand."""
    drawn = (chr(code) for code in face().characters)
    return frozenset(char for char in drawn if unicodedata.category(char) not in _INVISIBLE | {_MARK, _PRIVATE})


def drawable(text: str, item: str = "") -> tuple[Finding, ...]:
    """What of a text the font cannot draw as it is written: nothing, for nearly every text.

    Args:
        item: official name of the item the text comes from, for the finding.
    """
    if _safe().issuperset(text):
        return ()
    return tuple(
        Finding(code, Severity.STOP, "", 0, "", item, masked(item, _spelled(cluster)), *_HINTS[code])
        for cluster, code in _wrong(text)
    )


def _wrong(text: str) -> Iterator[tuple[str, str]]:
    seen = set()
    for cluster in perceived_characters(text) or [text]:
        if cluster not in seen and (code := _code(cluster)):
            seen.add(cluster)
            yield cluster, code


@lru_cache(maxsize=65536)
def _code(cluster: str) -> str:
    """Why a character cannot be drawn; empty when it can."""
    if len(cluster) == 1:
        return "" if cluster in _safe() else _code_of_one(cluster)
    if face().glyph(cluster) is not None:
        return ""
    if cluster in tables.aj1_sequences():
        return "glyph_aj1_sequence"
    if any(unicodedata.category(char) in _INVISIBLE for char in cluster):
        return "glyph_invisible"
    return "" if drawn_as(cluster) in _safe() else "glyph_unknown_sequence"


def _code_of_one(char: str) -> str:
    category = unicodedata.category(char)
    if category == _PRIVATE:
        return "glyph_private"
    if category == _MARK:
        return "glyph_unknown_sequence"
    return "glyph_invisible" if category in _INVISIBLE else "glyph_missing"


def drawn_as(cluster: str) -> str:
    """The one code point whose glyph the engine takes for a letter with a mark (か + U+3099 → が).

    The stored name stays as it is; only the choice of the glyph goes through this composition.
    """
    return unicodedata.normalize("NFC", cluster)


def _spelled(cluster: str) -> str:
    return f"{cluster} ({' '.join(f'U+{ord(char):04X}' for char in cluster)})"
