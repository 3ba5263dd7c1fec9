"""Family names of a usage list (氏の書き方), as far as they may be kept.

Whoever decides has to know how a glyph is used, and nobody has to know by whom.

Kept is the part of a name before its space, if the glyph is in it and at least `SEVERAL` people write it so: a name of
one or two people is a household, and a household is somebody. Given names are never kept, nor names without a space.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from yakuba.characters.glyphs.kana import STAND_IN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from yakuba.characters.glyphs.usage import Name

SEVERAL = 3
"""So many people at least; fewer are only counted. A rule of this house, told in docs/ja/characters.md."""
_SPACE = re.compile("[ \u3000]+")
_LONGEST = 60


def family_names(private: str, names: Iterable[Name]) -> Sequence[tuple[str, str, int]]:
    """Family name with 〓 for the glyph, its kana and how many people, most frequent first.

    Args:
        private: the glyph's character. names: of the usage list, whole.
    """
    counted: Counter[tuple[str, str]] = Counter()
    for one in names:
        family, *given = _SPACE.split(one.text.strip(" \u3000"))
        marked = family.replace(private, STAND_IN) if private else family
        if given and STAND_IN in marked:
            kana = _SPACE.split(one.kana.strip(" \u3000"))
            counted[marked[:_LONGEST], kana[0][:_LONGEST] if len(kana) > 1 else ""] += one.times
    return [(text, kana, people) for (text, kana), people in counted.most_common() if people >= SEVERAL]
