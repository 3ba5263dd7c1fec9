"""The same rules on 中間標準レイアウト, which calls many items otherwise."""

from __future__ import annotations

import pytest
from tests.migration.checks.world import Row, World, found, group, refused

from yakuba.migration.checks._names import usual, view

PEOPLE = "住民基本台帳/住民票情報"
HOUSEHOLDS = "住民基本台帳/世帯情報"


def version(person: str, number: int, latest: str = "1", **items: str) -> Row:
    row = {
        "宛名番号": person,
        "履歴番号": str(number),
        "最新区分": latest,
        "住民状態コード": "1",
        "住民種別コード": "1",
    }
    return {**row, **items}


@pytest.mark.parametrize(
    ("rule", "row", "items"),
    [
        ("removed_but_live", {"住民状態コード": "2"}, {"消除年月日"}),
        ("removed_but_live", {"住民状態コード": "3", "消除年月日_不詳区分": "1"}, set()),
        ("removed_but_live", {"住民状態コード": "1", "最新区分": "1", "消除年月日": "2020-01-01"}, {"住民状態コード"}),
        ("date_order", {"生年月日": "2000-01-01", "消除年月日": "1999-01-01"}, {"消除年月日"}),
        ("date_order", {"生年月日": "2000-01-01", "生年月日_不詳区分": "1", "消除年月日": "1999-01-01"}, set()),
        ("date_future", {"消除年月日": "2027-01-01", "消除事由コード": "23"}, {"消除年月日"}),
        ("date_future", {"消除年月日": "2027-01-01", "消除事由コード": "21"}, set()),
        ("relation_chain", {"続柄名称": "孫"}, {"続柄名称"}),
        ("relation_chain", {"続柄コード1": "20", "続柄コード3": "20"}, {"続柄コード3"}),
        ("relation_chain", {"続柄コード1": "20", "続柄コード2": "20", "続柄コード3": "20", "続柄コード4": "20"}, set()),
        ("head_relation", {"続柄コード1": "02", "続柄コード2": "20"}, {"続柄コード2"}),
        ("kana_class", {"氏名_カナ": "さとう　はる"}, {"氏名_カナ"}),
        ("kana_kanji", {"住民種別コード": "1", "氏名": "佐藤　明", "氏名_カナ": "ヤマモト　アキラ"}, {"氏名_カナ"}),
        ("kana_kanji", {"住民種別コード": "2", "氏名": "佐藤　明", "氏名_カナ": "ヤマモト　アキラ"}, set()),
        ("municipality_unknown", {"住所_市区町村コード": "131016", "住所_都道府県名": "大阪府"}, {"住所_都道府県名"}),
        ("conditional_missing", {"除票区分": "1"}, {"消除年月日", "消除事由コード"}),
    ],
)
def test_rules_over_one_row(rule: str, row: Row, items: set[str]) -> None:
    assert {item for _, item in refused(rule, [row], PEOPLE)} == items


def test_a_finding_is_told_under_the_layouts_own_name() -> None:
    finding = found("removed_but_live", [version("7", 1, 住民状態コード="2")], PEOPLE).row(0, named=True)
    assert (finding["item"], finding["key"]) == ("消除年月日", "7|1")


def test_rules_over_many_rows() -> None:
    same = {"氏名_カナ": "マチダ　ハナ", "生年月日": "1980-01-01", "性別コード": "2"}
    world = World(
        {
            PEOPLE: [
                version("1", 1, "0", 世帯番号="A", 続柄コード1="02"),
                version("1", 2, 世帯番号="A", 続柄コード1="02", **same),
                version("2", 1, 世帯番号="A", 続柄コード1="02", **same),
                version("3", 2, "0", 世帯番号="B", 続柄コード1="20"),
            ],
            HOUSEHOLDS: [{"世帯番号": "A", "世帯主_宛名番号": "9"}],
        }
    )
    assert {item for _, item, _ in world.refused("household_head")} == {"続柄コード1"}
    assert world.refused("person_duplicate") == {(2, "氏名_カナ", "warning"), (3, "氏名_カナ", "warning")}
    assert world.refused("current_row_missing") == {(4, "最新区分", "error")}
    assert world.refused("history_gap") == {(4, "履歴番号", "warning")}
    assert {item for _, item, _ in world.refused("reference_missing")} == {"世帯主_宛名番号"}


def test_usual_names_do_not_hide_the_layouts_own() -> None:
    seen = view(group(PEOPLE))
    assert seen.items == group(PEOPLE).items
    assert seen.by_name["最新フラグ"] is seen.by_name["最新区分"]
    assert view(seen) is seen
    assert all(usual(usual(name)) == usual(name) for name in seen.by_name)
