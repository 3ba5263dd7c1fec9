"""Sequences of Adobe-Japan1 that no character of MJ stands for: they cannot be translated, and are not drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.town.bench import IS_HEAD, JAPANESE, LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C9"
CODE = "aj1_sequence"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    if not bench.form.unicode or bench.form.characters != "unicode":
        return
    for row in bench.pick(RESIDENTS, LIVE & JAPANESE & ~IS_HEAD):
        given = row["名_日本人"]
        family, kana = bench.choose((("斎\U000e0101藤", "サイトウ"), ("平\U000e0101野", "ヒラノ")))
        cells = {
            "氏_日本人": family,
            "氏_日本人_フリガナ": kana,
            "氏名_フリガナ": f"{kana}　{row['名_日本人_フリガナ']}",
        }
        bench.set(RESIDENTS, row["#row"], cells)
        bench.spoil(RESIDENTS, row["#row"], "氏名", f"{family}　{given}", "AJ1の異体字列")
