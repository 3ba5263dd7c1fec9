"""The small cast of tests/world.py is what it says. Oracle: the catalog and the calendar."""

from __future__ import annotations

import unicodedata
from datetime import date

import polars as pl
import pytest
from tests.world import CAST, TOWN_A, TOWN_B, rows

from yakuba.layouts.condition import expression, parse
from yakuba.layouts.model import Output
from yakuba.layouts.read import standard

_LAYOUT = next(layout for layout in standard("kihon").layouts if layout.business == "住民基本台帳")
_GROUP = _LAYOUT.by_name["住民情報"]


@pytest.mark.parametrize("town", [TOWN_A, TOWN_B])
def test_rows_hold_what_the_standard_demands(town: str) -> None:
    frame = pl.DataFrame(
        [{item.name: row.get(item.name, "") for item in _GROUP.items} for row in rows(town)],
        schema={item.name: pl.String() for item in _GROUP.items},
    )
    assert {name for row in rows(town) for name in row} <= set(_GROUP.by_name)
    for item in _GROUP.items:
        if item.codes:
            assert set(frame[item.name]) <= {"", *_LAYOUT.codes[item.codes].values}, item.name
        if item.output is Output.REQUIRED:
            assert not (frame[item.name] == "").any(), item.name
        elif item.output is Output.CONDITIONAL and item.condition:
            holds = expression(parse(item.condition, _GROUP.by_name))
            assert frame.filter(holds & (pl.col(item.name) == "")).is_empty(), item.name
    assert not frame.select(item.name for item in _GROUP.keys).is_duplicated().any()


def test_hard_names_are_hard() -> None:
    assert "\U000e0102" in CAST["kasai"].row()["氏名"]
    assert ord(CAST["yoshida"].row()["氏名"][0]) > 0xFFFF
    name = CAST["otsuka"].row()["氏名"]
    assert unicodedata.normalize("NFC", name) != name
    assert "氏名" not in CAST["unnamed"].row()


def test_hard_dates_are_hard() -> None:
    assert {CAST[one].row()["生年月日_元号"] for one in ("kasai", "kasai_hana")} == {"2", "3"}
    with pytest.raises(ValueError, match="day"):
        date.fromisoformat(CAST["leap"].row()["生年月日"])
    assert CAST["leaving"].row()["転出予定年月日"] > "2026-11-20"


def test_the_two_towns_share_a_number_and_nothing_else() -> None:
    shared = {row["宛名番号"] for row in rows(TOWN_A)} & {row["宛名番号"] for row in rows(TOWN_B)}
    assert CAST["neighbour"].row()["宛名番号"] in shared
    assert not {row.get("氏名") for row in rows(TOWN_A)} & {row.get("氏名") for row in rows(TOWN_B)}


def test_changes_win() -> None:
    assert CAST["tsuji"].row(住所_方書="見本荘")["住所_方書"] == "見本荘"
