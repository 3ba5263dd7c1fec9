"""The names on the page (氏名): private characters as the vendor draws them, because no font of the reader has them."""

from __future__ import annotations

import re
from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING

from yakuba.characters.glyphs.glyph import code_name
from yakuba.characters.glyphs.kana import STAND_IN
from yakuba.characters.glyphs.knowledge import readings_of
from yakuba.characters.glyphs.overlay import picture_png

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yakuba.characters.glyphs.glyph import Glyph
    from yakuba.characters.glyphs.usage import Name, Usage

_NAMES = 5
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")


def image(png: bytes, words: str, kind: str) -> str:
    """A picture inside the page. Args: words: said where it cannot be seen. kind: its class."""
    return f'<img class="{kind}" alt="{escape(words)}" src="data:image/png;base64,{b64encode(png).decode("ascii")}">'


class Names:
    """Draws names with the glyphs that were read."""

    def __init__(self, glyphs: Iterable[Glyph]) -> None:
        self._glyphs = {glyph.private: glyph for glyph in glyphs if glyph.private}
        self._drawn: dict[str, str] = {}

    def table(self, glyph: Glyph, usage: Usage) -> str:
        """The most frequent names that have a glyph, and how they read it."""
        seen = "、".join(f"{escape(reading)} {times:,} 人" for reading, times in readings_of(usage).most_common(_NAMES))
        told = f"　字の読み: {seen}" if seen else ""
        rows = "".join(self._row(each, glyph) for each in usage.names[:_NAMES])
        caption = f"この字を使う氏名（多い順に {min(len(usage.names), _NAMES)} 件）{told}"
        return (
            f'<table class="names"><caption>{caption}</caption>'
            '<thead><tr><th scope="col">氏名<th scope="col">フリガナ<th scope="col">別表記'
            f'<th scope="col" class="n">人数</tr></thead><tbody>{rows}</tbody></table>'
        )

    def _row(self, name: Name, glyph: Glyph) -> str:
        text = self._shown(name.text)
        if glyph.private not in name.text:
            text = text.replace(STAND_IN, self._image(glyph))
        return (
            f'<tr><td>{text}<td>{self._shown(name.kana)}<td>{self._shown(name.other)}<td class="n">{name.times:,}</tr>'
        )

    def _shown(self, text: str) -> str:
        """A text, each private character in it as a picture, or as its code where it was not read."""
        return _PRIVATE.sub(lambda match: self._sign(match[0]), escape(text))

    def _sign(self, private: str) -> str:
        glyph = self._glyphs.get(private)
        return self._image(glyph) if glyph else f"<small>［{code_name(private)}］</small>"

    def _image(self, glyph: Glyph) -> str:
        if glyph.digest not in self._drawn:
            words = code_name(glyph.private) if glyph.private else STAND_IN
            self._drawn[glyph.digest] = image(picture_png(glyph.picture), words, "in")
        return self._drawn[glyph.digest]
