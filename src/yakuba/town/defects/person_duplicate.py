"""One person under two numbers. Both live alone; the second one came from elsewhere after the first one was born."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import IS_HEAD, JAPANESE, LIVE, PERSON, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C8"
CODE = "person_duplicate"

_COPIED = (
    "氏名", "氏_日本人", "名_日本人", "氏名_フリガナ", "氏_日本人_フリガナ", "名_日本人_フリガナ", "性別", "性別表記",
    "生年月日", "生年月日_元号", "戸籍_筆頭者", "戸籍_筆頭者_氏", "戸籍_筆頭者_名",
)  # fmt: skip


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    japanese = LIVE & JAPANESE & bench.alone() & IS_HEAD
    for first in bench.pick(RESIDENTS, japanese & (pl.col("生年月日") < "1965") & (pl.col("生年月日") > "1930")):
        moved = (pl.col("記載の事由") == "11") & (pl.col("住民となった年月日") > "1993")
        for second in bench.pick(RESIDENTS, japanese & moved & (pl.col(PERSON) != first[PERSON]), 1):
            bench.set(
                RESIDENTS, second["#row"], {item: first[item] for item in _COPIED} | {"世帯主氏名": first["氏名"]}
            )
            bench.mark(RESIDENTS, second["#row"], "氏名_フリガナ", "二重の宛名")
            bench.mark_past(second, "生年月日", "二重の宛名の過去の履歴")
            bench.mark(RESIDENTS, first["#row"], "氏名_フリガナ", "二重の宛名の相手", role="related")
