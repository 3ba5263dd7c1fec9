"""A person that a clerk made up to try the system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.town.bench import IS_HEAD, JAPANESE, LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C13"
CODE = "test_data"

_NAME = "テスト　太郎"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, LIVE & JAPANESE & IS_HEAD & bench.alone()):
        cells = {"氏_日本人": "テスト", "名_日本人": "太郎", "世帯主氏名": _NAME, "氏名_フリガナ": "テスト　タロウ",
                 "氏_日本人_フリガナ": "テスト", "名_日本人_フリガナ": "タロウ"}  # fmt: skip
        bench.set(RESIDENTS, row["#row"], cells)
        bench.spoil(RESIDENTS, row["#row"], "氏名", _NAME, "試験用データ")
