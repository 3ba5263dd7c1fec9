"""Empty, 「なし」 and 「不明」: three different values of a text cell.

Empty: nothing was recorded. なし: it was recorded that there is none (a person without 本籍). 不明: it was
recorded that nobody knows. None of them may become another on the way.

Source: 住民記録システム標準仕様書【第1.0版】1.1.6.
"""

from __future__ import annotations

from enum import StrEnum


class Absence(StrEnum):
    """Why a cell holds no content. The value is the text a cell holds for it."""

    EMPTY = ""
    """空欄: nothing recorded; a cell of spaces only counts."""
    NONE = "なし"
    """なし: recorded that there is none."""
    UNKNOWN = "不明"
    """不明: recorded that it is not known."""


_BY_TEXT = {absence.value: absence for absence in Absence}


def absence(text: str) -> Absence | None:
    """Which kind of absence a cell holds; None when it holds content.

    Half- and full-width spaces around the word do not matter. Words that only contain one of them
    (不明瞭, なし崩し) are content.

    >>> [absence(text) for text in ("", "　", "なし", "不明", "梨")]
    [<Absence.EMPTY: ''>, <Absence.EMPTY: ''>, <Absence.NONE: 'なし'>, <Absence.UNKNOWN: '不明'>, None]
    """
    return _BY_TEXT.get(text.strip(" \u3000"))
