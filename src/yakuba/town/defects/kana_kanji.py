"""The reading of another surname."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import IS_HEAD, JAPANESE, LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C9"
CODE = "kana_kanji"

_OTHER = {"佐藤": "ヤマモト", "鈴木": "ワタナベ", "高橋": "イノウエ", "田中": "ヨシムラ", "伊藤": "マツモト",
          "山本": "スズキ", "中村": "オオツカ", "小林": "ワタナベ", "加藤": "ヨシムラ"}  # fmt: skip


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, LIVE & JAPANESE & ~IS_HEAD & pl.col("氏_日本人").is_in(list(_OTHER))):
        kana = _OTHER[row["氏_日本人"]]
        whole = f"{kana}　{row['名_日本人_フリガナ']}"
        bench.set(RESIDENTS, row["#row"], {"氏_日本人_フリガナ": kana})
        bench.spoil(RESIDENTS, row["#row"], "氏名_フリガナ", whole, "氏と合わないフリガナ")
