"""The runner of the rules, and what every rule file must have."""

from __future__ import annotations

import re
from datetime import date, timedelta
from types import ModuleType
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.migration.checks.world import RESIDENTS, context, found, frame, group, refused

from yakuba.characters import scan
from yakuba.kernel.dates.calendar import is_calendar_date
from yakuba.kernel.finding import Severity
from yakuba.migration import ruling
from yakuba.migration.checks._dates import calendar
from yakuba.migration.checks._kana import plausible
from yakuba.migration.contracts import CORRECTIONS, FINDINGS
from yakuba.migration.ruling import check_cells, checks, correct, fixes

if TYPE_CHECKING:
    from collections.abc import Callable

CATEGORY = re.compile(r"C(?:[1-9]|1[0-4])")


@pytest.mark.parametrize("rule", [*checks().values(), *fixes().values()], ids=lambda rule: rule.name)
def test_every_rule_says_what_it_is(rule: ruling.Rule) -> None:
    assert CATEGORY.fullmatch(rule.category)
    assert rule.hint_ja.endswith("。")
    assert rule.hint_en.endswith(".")
    assert "Source: " in rule.doc
    assert "Example: " in rule.doc
    assert (rule.severity is None) == (rule.verb == "fixes")


@pytest.mark.parametrize("rule", checks().values(), ids=lambda rule: rule.name)
def test_every_check_says_what_it_is_not(rule: ruling.Rule) -> None:
    assert "Not this rule: " in rule.doc


def test_a_file_without_its_constants_is_refused() -> None:
    module = ModuleType("broken")
    module.__doc__ = "Something."
    with pytest.raises(TypeError, match=re.escape("checks/broken.py")):
        ruling._rule("checks", "broken", module)


def test_an_empty_block_has_no_findings() -> None:
    empty = frame([{}]).clear()
    findings = check_cells(empty, group(), RESIDENTS, "juki", context(), checks())
    assert findings.schema == pl.Schema(FINDINGS)
    assert findings.is_empty()
    same, record = correct(empty, group(), RESIDENTS, "juki", context(), fixes())
    assert same.equals(empty)
    assert record.schema == pl.Schema(CORRECTIONS)


def test_all_rules_run_on_all_groups() -> None:
    for business, layout in context().layouts.items():
        for name in layout.by_name:
            block = frame([{}], f"{business}/{name}")
            findings = check_cells(block, layout.by_name[name], f"{business}/{name}", "x", context(), checks())
            wanted = {"required_missing", "key_empty"}
            assert set(findings["code"]) <= wanted | {"conditional_missing"}, name


def test_the_source_column_stands_in_the_finding() -> None:
    rules = {"code_unknown": checks()["code_unknown"]}
    findings = check_cells(frame([{"性別": "9"}]), group(), RESIDENTS, "j", context(), rules, {"性別": "SEX"})
    assert findings.select("column", "source").rows() == [("SEX", "j")]


def test_an_item_that_is_not_filled_is_not_judged_but_may_be_asked() -> None:
    block = frame([{"住民状態": "1", "除票フラグ": "1"}]).select("#record", "#file", "#line", "住民状態", "除票フラグ")
    findings = check_cells(block, group(), RESIDENTS, "juki", context(), checks())
    assert findings.select("code", "item").rows() == [("removed_but_live", "除票フラグ")]


def test_severity_of_a_cell_wins_over_that_of_the_rule() -> None:
    town = {"住所_市区町村コード": "990019", "住所_町字コード": "0009999"}
    assert found("postal_code", [town])["severity"].to_list() == [str(Severity.ERROR)]


TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=6) | st.lists(
    st.sampled_from([*"縺繧繝譁ﾟ･・�〓あ佐藤Aæ–‡", "葛\U000e0100", "\ue000", "\uad1d"]), max_size=6
).map("".join)


@pytest.mark.parametrize(
    ("rule", "expression"),
    [
        ("private_use", scan.private_use),
        ("juki_unconverted", scan.juki_unconverted),
        ("mojibake", scan.mojibake),
        ("replacement_character", scan.replacement),
        ("geta", scan.geta),
        ("aj1_sequence", scan.aj1_ivs),
    ],
)
@settings(max_examples=40, deadline=None)
@given(texts=st.lists(TEXT, min_size=1, max_size=20))
def test_the_gate_hides_nothing(rule: str, expression: Callable[[pl.Expr], pl.Expr], texts: list[str]) -> None:
    bad = pl.DataFrame({"t": texts}).select(expression(pl.col("t"))).to_series()
    expected = {(place, "氏名") for place, hit in enumerate(bad, 1) if hit}
    assert refused(rule, [{"氏名": text} for text in texts]) == expected


def test_the_calendar_agrees_with_the_scalar_on_every_day() -> None:
    years = [1, 4, 99, 100, 400, 900, 1600, 1899, 1900, 1990, 1999, 2000, 2004, 2023, 2024, 2100, 9999]
    texts = [f"{year:04}-{month:02}-{day:02}" for year in years for month in range(15) for day in range(34)]
    texts += ["0000-02-29", "0000-01-01", "2020-1-1", "20200101", "", "2020-01-01 ", "２０２０-01-01", "2020-01-01\n"]
    frame = pl.DataFrame({"d": texts})
    assert frame.select(calendar("d")).to_series().to_list() == [
        is_calendar_date(text) or text == "9999-12-31" for text in texts
    ]


@given(day=st.dates(min_value=date(1, 1, 1)), shift=st.integers(0, 3))
def test_the_calendar_knows_every_date(day: date, shift: int) -> None:
    text = (day if day.year > 9990 else day + timedelta(days=shift)).isoformat()
    assert pl.DataFrame({"d": [text]}).select(calendar("d")).item()


@pytest.mark.parametrize(
    ("surname", "kana", "answer"),
    [
        ("町田", "マチダ", True),
        ("五十嵐", "イガラシ", True),
        ("長谷川", "ハセガワ", True),
        ("大和", "ヤマト", True),
        ("百目鬼", "ドウメキ", True),
        ("小鳥遊", "タカナシ", True),
        ("佐々木", "ササキ", True),
        ("葛\U000e0102城", "カツラギ", True),
        ("髙橋", "タカハシ", True),
        ("渡邉", "ワタナベ", True),
        ("齋藤", "サイトウ", True),
        ("さくら", "サクラ", True),
        ("佐藤", "ヤマモト", False),
        ("鈴木", "イトウ", False),
    ],
)
def test_readings_of_surnames(surname: str, kana: str, *, answer: bool) -> None:
    assert plausible(surname, kana) is answer
