"""Catalog folders that cannot be meant are refused with file, line and column. Oracle: the slip made by the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from yakuba.kernel.errors import Exit, UsageError
from yakuba.kernel.source import Standing
from yakuba.layouts.model import DataType, Output
from yakuba.layouts.read import layout, read_layout, standard

if TYPE_CHECKING:
    from pathlib import Path


def test_a_good_folder(folder: Path) -> None:
    found = read_layout(folder)
    assert found.id == "kihon/2026-01/x99_shiken"
    assert found.source.standing is Standing.RECONSTRUCTED
    group = found.by_name["人"]
    assert [item.name for item in group.keys] == ["番号"]
    kind, rate = group.by_name["区分"], group.by_name["率"]
    assert (kind.codes, kind.output, kind.condition) == ("区分", Output.CONDITIONAL, "番号 ≠ 空")
    assert (rate.type, rate.digits, rate.fraction) == (DataType.DECIMAL, 3, 2)
    assert found.codes["区分"].values == {"1": "甲", "2": "乙"}


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("items.csv", ",番号,bango", ",区分,bango", "items.csv:3: 項目名"),
        ("items.csv", ",区分,kubun,人", ",区分,kubun,物", "items.csv:3: グループ"),
        ("items.csv", ",○,,X,5", ",x,,X,5", "items.csv:2: 主キー"),
        ("items.csv", ",○,,X,5", ",○,,XX,5", "items.csv:2: 型"),
        ("items.csv", ",○,,X,5", ",○,,X,５", "items.csv:2: 桁数"),
        ("items.csv", '"3,2"', "3", "items.csv:4: 桁数"),
        ("items.csv", "X,1,01", "X,1,7", "items.csv:3: コード"),
        ("items.csv", ",○,,X,5", ",○,人.番号,X,5", "items.csv:2: 外部キー"),
        ("items.csv", "番号 ≠ 空", "名前 ≠ 空", "items.csv:3: 条件"),
        ("items.csv", "条件付き必須,番号", "任意,番号", "items.csv:3: 条件"),
        ("items.csv", "必須,,,,,,,再構成\n,区分", "必須,,,再構成\n,区分", "items.csv:2: 14 cells"),
        ("items.csv", "外字,", "外字x,", "items.csv:1: column 外字"),
        ("groups.csv", "人,hito", "人", "groups.csv:2: 2 cells"),
        ("groups.csv", "1行\n", "1行\n物,mono,\n", "groups.csv:3: グループ"),
        ("codes.csv", "1,区分,2", "1,区分,1", "codes.csv:3: 値"),
        ("codes.csv", "1,区分,2", "1,別,2", "codes.csv:3: コード名"),
        ("SOURCE.toml", 'code = "x99"', 'code = "x98"', "does not agree"),
        ("SOURCE.toml", 'name = "試験"', "", "[business] name is missing"),
        ("SOURCE.toml", 'how = "typed"', "", "'how' is missing"),
    ],
)
def test_a_slip_is_named(folder: Path, file: str, old: str, new: str, place: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        read_layout(folder)
    assert place in refused.value.message
    assert refused.value.exit_code is Exit.USAGE


def test_a_table_that_is_not_utf8_is_refused(folder: Path) -> None:
    (folder / "codes.csv").write_bytes("コードID,コード名,値,内容,由来\n".encode("cp932"))
    with pytest.raises(UsageError, match=r"codes\.csv: cannot be read"):
        read_layout(folder)


@pytest.mark.parametrize("selector", ["nowhere", "kihon@1999", "kihon/2023-09/999_nothing"])
def test_an_unknown_standard_is_refused(selector: str) -> None:
    with pytest.raises(UsageError):
        standard(selector)


def test_editions_by_date() -> None:
    chosen = {date: standard(f"kihon@{date}").by_business for date in ("2023-03", "2023-09", "2026-08")}
    assert list(chosen["2023-03"]) == ["住登外者宛名番号管理"]
    assert chosen["2023-09"]["住登外者宛名番号管理"].edition == "2023-03"
    assert chosen["2026-08"]["住登外者宛名番号管理"].edition == "2026-08"
    assert standard("kihon").layouts == standard("kihon@2026-08").layouts


def test_a_part_of_a_standard_is_that_part_of_the_whole() -> None:
    only = frozenset({"001_juminkihondaicho", "031_jutogaishaatenabangokanri"})
    for selector in ("kihon", "kihon@2023-09", "chukan"):
        whole = standard(selector)
        part = tuple(one for one in whole.layouts if one.id.rpartition("/")[2] in only)
        assert standard(selector, only).layouts == part or not part
    assert standard("kihon", frozenset({"nothing"})) == standard("kihon")


def test_a_standard_of_one_layout() -> None:
    one = standard("kihon/2023-09/001_juminkihondaicho")
    assert one.layouts == (layout(one.selector),)
    assert one.standing == {"住民基本台帳": Standing.RECONSTRUCTED}


def test_an_unknown_group_is_refused_with_near_ones() -> None:
    with pytest.raises(UsageError, match="住民基本台帳/住民情報"):
        standard("kihon").group("住民基本台帳/住民")
