"""A letter that looks like Hangul in a Japanese name: 住基統一文字 taken for Unicode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.town.bench import IS_HEAD, LIVE, PLAIN_NAME, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C9"
CODE = "juki_unconverted|character_unresolved"

_LETTER = "\ud7a3"
"""A Hangul syllable that 住基ネット統一文字 does not use."""


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    if not bench.room(RESIDENTS, "氏名", _LETTER):
        return
    for row in bench.pick(RESIDENTS, LIVE & PLAIN_NAME & ~IS_HEAD):
        family, _, given = row["氏名"].partition("　")
        wrong = _LETTER + family[1:] if len(family) > 1 else family + _LETTER
        bench.set(RESIDENTS, row["#row"], {"氏_日本人": wrong})
        bench.spoil(RESIDENTS, row["#row"], "氏名", f"{wrong}　{given}", "住基統一文字のまま")
