"""Limits on what a feed may change, and the person who lets one through: it is written down who and why.

Oracle: the figures in the test, counted by hand from the rows it takes away.
"""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
from tests.link.feeds import (
    NUMBERS,
    PEOPLE,
    REGISTER,
    RESIDENTS,
    SEALS,
    Days,
    Desk,
    bags,
    files,
    look,
    refuse,
    text,
)

from yakuba.kernel.errors import UsageError
from yakuba.link.refusing import decide, refusals
from yakuba.link.standing import load_standing

if TYPE_CHECKING:
    from pathlib import Path


# ---------------------------------------------------------------- beyond the limits


def test_too_few_rows_a_missing_table_and_too_many_changes(desk: Desk, town: Days) -> None:
    desk.set("free_rows = 10", "free_rows = 2")
    desk.feed(town)
    day = town.later()
    day.tables[NUMBERS] = day.tables[NUMBERS][:-10]
    assert refuse(desk, day.name(), files(day.tables)) == [("shrunk", "住民基本台帳/個人番号管理")]
    day = town.later()
    del day.tables[REGISTER]
    assert refuse(desk, day.name(), files(day.tables)) == [("missing", SEALS)]
    day = town.moved(len(town.tables[RESIDENTS]))
    assert ("changed", PEOPLE) in refuse(desk, day.name(), files(day.tables))
    day = town.later()
    day.tables = {name: rows if name != REGISTER else rows[:0] for name, rows in day.tables.items()}
    content = files({name: rows for name, rows in day.tables.items() if rows})
    content[f"data/{REGISTER}.csv"] = text([], list(town.tables[REGISTER][0])).encode()
    assert refuse(desk, day.name(), content) == [("shrunk", SEALS)]


def test_a_difference_that_deletes_too_much(desk: Desk, town: Days) -> None:
    desk.feed(town)
    day = town.later()
    assert desk.delta(day, {}, {NUMBERS: town.tables[NUMBERS][:40]}).refused == 1
    assert desk.reasons() == [("shrunk", "住民基本台帳/個人番号管理")]


def test_the_limit_of_one_table_can_be_its_own(desk: Desk, town: Days) -> None:
    desk.set('# [tables."住民基本台帳/住民情報"]\n# less_percent = 2', f'[tables."{SEALS}"]\nless_percent = 100')
    desk.set("free_rows = 10", "free_rows = 0")
    desk.feed(town)
    day = town.later()
    day.tables[REGISTER] = day.tables[REGISTER][:1]
    assert len(desk.feed(day).sealed) == 1 or ("changed", SEALS) in desk.reasons()
    assert ("shrunk", SEALS) not in (desk.reasons() if refusals(desk.place) else [])


def test_counts_that_are_not_those_of_the_manifest(desk: Desk, town: Days) -> None:
    manifest = f'as_of = {town.moment.isoformat()}\nkind = "full"\n[rows]\n"{PEOPLE}" = 1\n'
    assert refuse(desk, "feed", {**files(town.tables), "feed.toml": manifest.encode()}) == [("counts", PEOPLE)]


# ---------------------------------------------------------------- a person decides


def test_findings_are_listed_and_once_accepted_known(desk: Desk, town: Days, tmp_path: Path) -> None:
    for row in town.tables[RESIDENTS][:4]:
        row["異動事由"] = "??"
    assert refuse(desk, town.name(), files(town.tables)) == [("findings", PEOPLE)]
    one = refusals(desk.place)[0]
    with (desk.place.refused / one.id / "findings.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert {row["code"] for row in csv.DictReader(stream)} >= {"code_unknown"}
    with pytest.raises(UsageError):
        decide(desk.place, one.id, " ", "理由")
    decide(desk.place, one.id, "情報係長", "移行前からの値のため")
    assert look(desk) == 1
    assert "accepted" in desk.events()
    assert desk.restored(tmp_path / "out") == bags(town)
    assert load_standing(desk.place).accepted == {f"{PEOPLE} code_unknown": 4}
    assert len(desk.feed(town.moved()).sealed) == 1  # the same four are known now
    worse = town.later(days=2)
    for row in worse.tables[RESIDENTS][:5]:
        row["異動事由"] = "??"
    assert refuse(desk, worse.name(), files(worse.tables)) == [("findings", PEOPLE)]


def test_a_shrunk_feed_goes_through_with_name_and_reason(desk: Desk, town: Days, tmp_path: Path) -> None:
    desk.feed(town)
    day = town.later()
    day.tables[NUMBERS] = day.tables[NUMBERS][:-30]
    refuse(desk, day.name(), files(day.tables))
    decide(desk.place, day.name(), "情報係長", "重複の整理")
    assert look(desk) == 1
    assert desk.restored(tmp_path / "out") == bags(day)
    told = [json.loads(line) for line in desk.place.journal.read_text("utf-8").splitlines()]
    assert [(one["by"], one["reason"]) for one in told if one["event"] == "accepted"] == [("情報係長", "重複の整理")]


def test_a_decision_is_about_these_bytes(desk: Desk, town: Days) -> None:
    desk.feed(town)
    day = town.later()
    day.tables[NUMBERS] = day.tables[NUMBERS][:-30]
    refuse(desk, day.name(), files(day.tables))
    one = refusals(desk.place)[0]
    changed = desk.place.refused / one.id / "original" / day.name() / f"data/{NUMBERS}.csv"
    decide(desk.place, one.id, "情報係長", "重複の整理")
    changed.write_text(text(day.tables[NUMBERS][:5]), "utf-8")
    assert look(desk) == 0
    assert [one.decision for one in refusals(desk.place)] == [""]


def test_what_would_break_the_order_no_person_can_waive(desk: Desk, town: Days) -> None:
    desk.feed(town)
    older = town.later(days=-1)
    refuse(desk, older.name(), files(older.tables))
    with pytest.raises(UsageError, match="古い"):
        decide(desk.place, older.name(), "係長", "急ぎ")
    decide(desk.place, older.name(), "係長", "不要", discard=True)
    assert not any(one.open for one in refusals(desk.place))
    with pytest.raises(UsageError):
        decide(desk.place, older.name(), "係長", "もう一度")
