"""A reading in hiragana."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.town.bench import IS_HEAD, JAPANESE, LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C9"
CODE = "kana_class"


def _hiragana(text: str) -> str:
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in text)


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, LIVE & JAPANESE & ~IS_HEAD):
        parts = [_hiragana(row[item]) for item in ("氏_日本人_フリガナ", "名_日本人_フリガナ")]
        bench.set(RESIDENTS, row["#row"], dict(zip(("氏_日本人_フリガナ", "名_日本人_フリガナ"), parts, strict=True)))
        bench.spoil(RESIDENTS, row["#row"], "氏名_フリガナ", "　".join(parts), "ひらがなのフリガナ")
