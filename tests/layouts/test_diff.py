"""版の差. Oracle: the published drift between the 031 editions, and layouts changed by the test."""

from __future__ import annotations

from dataclasses import replace

from yakuba.layouts.diff import Change, Kind, diff, html_report
from yakuba.layouts.model import CodeList, DataType, Item, Layout, Output
from yakuba.layouts.read import layout, layouts

OLD = layout("kihon/2023-03/031_jutogaishaatenabangokanri")
NEW = layout("kihon/2026-08/031_jutogaishaatenabangokanri")
NAME = "住登外者宛名基本情報"


def changed(one: Layout, item_name: str, /, **fields: object) -> Layout:
    group = one.by_name[NAME]
    items = tuple(replace(item, **fields) if item.name == item_name else item for item in group.items)  # type: ignore[arg-type]
    return replace(one, groups=(replace(group, items=items),))


def test_nothing_changed() -> None:
    for one in layouts():
        assert diff(one, one) == []


def test_the_published_drift() -> None:
    changes = diff(OLD, NEW)
    renamed = {(change.before, change.after) for change in changes if change.kind is Kind.RENAMED}
    assert renamed == {
        ("氏名_外国人ローマ字", "氏名_外国人アルファベット"),
        ("氏名_フリガナ", "氏名_読み仮名"),
        ("氏_日本人_フリガナ", "氏_日本人_読み仮名"),
        ("名_日本人_フリガナ", "名_日本人_読み仮名"),
    }
    assert Change(Kind.DIGITS, NAME, "住所_町字", "120", "18") in changes
    assert {change.item for change in changes if change.kind is Kind.ADDED} == {"代表宛名フラグ"}
    removed = {change.item for change in changes if change.kind is Kind.REMOVED}
    assert {"名寄せ元フラグ", "履歴番号", "通称", "住所_国外住所", "他業務参照不可フラグ"} <= removed


def test_each_kind_alone() -> None:
    cases: list[tuple[dict[str, object], Kind, str, str]] = [
        ({"type": DataType.FULL}, Kind.TYPE, "X", "Ｎ"),
        ({"digits": 2}, Kind.DIGITS, "1", "2"),
        ({"key": True}, Kind.KEY, "", "主キー"),
        ({"output": Output.REQUIRED}, Kind.OUTPUT, "任意", "必須"),
        ({"codes": ""}, Kind.CODES, "0 不明（未記入）、1 男、2 女", "なし"),
    ]
    for fields, kind, before, after in cases:
        assert diff(NEW, changed(NEW, "性別", **fields)) == [Change(kind, NAME, "性別", before, after)]


def test_only_changed_code_values_are_told() -> None:
    codes = NEW.codes | {"性別": CodeList("1", "性別", {"0": "不明（未記入）", "1": "男性", "2": "女", "9": "その他"})}
    assert diff(NEW, replace(NEW, codes=codes)) == [Change(Kind.CODES, NAME, "性別", "1 男", "1 男性、9 その他")]


def test_groups_added_and_removed() -> None:
    group = replace(NEW.groups[0], name="別")
    forwards = diff(NEW, replace(NEW, groups=(*NEW.groups, group)))
    assert [(change.kind, change.group) for change in forwards] == [(Kind.GROUP_ADDED, "別")]
    backwards = diff(replace(NEW, groups=(*NEW.groups, group)), NEW)
    assert [(change.kind, change.group) for change in backwards] == [(Kind.GROUP_REMOVED, "別")]


def test_unlike_items_are_no_rename() -> None:
    group = NEW.groups[0]
    other = replace(group.by_name["性別"], name="電話", definition="連絡の番号", digits=15)
    items: tuple[Item, ...] = tuple(other if item.name == "性別" else item for item in group.items)
    kinds = [change.kind for change in diff(NEW, replace(NEW, groups=(replace(group, items=items),)))]
    assert kinds == [Kind.ADDED, Kind.REMOVED]


def test_the_report_escapes_and_says_the_standing() -> None:
    report = html_report(OLD, changed(NEW, "性別", name="<b>性別</b>"), [Change(Kind.ADDED, NAME, "<b>x</b>", "", "")])
    assert "<b>x" not in report
    assert "公式 (official)" in report
    assert "項目追加" in report
