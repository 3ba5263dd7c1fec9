"""Looking a character up (文字をさがす): by itself, MJ番号, a code, a reading with or without strokes."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from yakuba.characters import tables
from yakuba.characters.facts import facts
from yakuba.characters.naming import named
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from yakuba.characters.facts import Facts

MOST = 60
"""So many characters are shown of a reading that many have."""
_READING = re.compile(r"([ぁ-ゖァ-ヺー]+)(?:[ \u3000]+([0-9]{1,2})画?)?")
_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}


def look_up(words: str) -> tuple[Sequence[Facts], int]:
    """Characters that can be written, and how many there are in all.

    Args:
        words: 邉, MJ026190, U+9089, J+9089, 445000, 1-78-21; なべ, ヘン 17画.

    Raises:
        UsageError: nothing is found, or the words name no character.
    """
    wanted = words.strip(" \u3000")
    if match := _READING.fullmatch(wanted):
        names = _by_reading().get(match[1].translate(_TO_KATAKANA), ())
        strokes = int(match[2] or 0)
        found = [one for one in map(fact, names) if one.text and strokes in (0, one.strokes)]
        if not found:
            raise UsageError(f"「{wanted[:20]}」と読む文字はありません", remedy="別の読みか、MJ番号でさがしてください")
        return sorted(found, key=lambda one: (one.strokes, one.name))[:MOST], len(found)
    try:
        rows = named(wanted)
    except UsageError as error:
        raise UsageError(
            f"「{wanted[:20]}」という文字はMJ文字情報一覧表にありません",
            remedy="文字、MJ026190、U+9089、J+9089、戸籍 445000、読み（なべ、ヘン 17画）でさがせます",
        ) from error
    found = [one for one in map(fact, rows["MJ文字図形名"].to_list()) if one.text]
    return found[:MOST], len(found)


@lru_cache(8192)
def fact(name: str) -> Facts:
    """Everything that is known of a character of the list.

    Args:
        name: MJ文字図形名, one of the list.
    """
    return facts(_table()[_place()[name]])[0]


@cache
def _table() -> pl.DataFrame:
    return tables.read("mj", "006.02")


@cache
def _place() -> Mapping[str, int]:
    return {name: at for at, name in enumerate(_table()["MJ文字図形名"].to_list())}


@cache
def _by_reading() -> Mapping[str, Sequence[str]]:
    """Names by reading in katakana."""
    found: dict[str, list[str]] = {}
    for name, readings in _table().select("MJ文字図形名", "読み").drop_nulls().iter_rows():
        for one in dict.fromkeys(readings.translate(_TO_KATAKANA).split("・")):
            found.setdefault(one, []).append(name)
    return found
