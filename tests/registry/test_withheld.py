"""What is shown is what is logged: numbers wait for a reason, in the query itself; a 抑止 asks for one too."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from tests.registry.desk import block, counter, somebody

from yakuba.registry import queries
from yakuba.registry.models import Resident
from yakuba.registry.services import add_history
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotAllowedError
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

CODE = "住民票コード"
WHY = "通知票の再発行"


def ordinary(town: Actor) -> Resident:
    return somebody(town, removed=False, outsider=False, protected=False, blocked="", kind="1")


def values(person: queries.Person | None) -> dict[str, queries.Value]:
    assert person is not None
    return {value.name: value for section in person.sections for value in section.values}


def test_a_number_is_not_handed_out_without_a_reason_and_not_logged_as_seen(town: Actor) -> None:
    one = ordinary(town)
    kept = values(queries.resident(town, one.addressee))[CODE]
    given = values(queries.resident(town, one.addressee, reason=WHY))[CODE]
    assert (kept.withheld, kept.masked, kept.raw, kept.text) == (True, False, "", "")
    assert (given.withheld, len(given.raw)) == (False, 11)
    with_reason, without = audit.entries(town, audit.Filter(action="view", subject=one.addressee))[0]
    assert (CODE in without.items, without.reason) == (False, "")
    assert (CODE in with_reason.items, with_reason.reason) == (True, WHY)
    assert set(with_reason.items) - set(without.items) == {CODE}


def test_who_may_not_see_it_gets_a_mask_with_and_without_a_reason(town: Actor) -> None:
    one = ordinary(town)
    for reason in ("", WHY):
        shown = values(queries.resident(counter(town), one.addressee, reason=reason))[CODE]
        assert (shown.masked, shown.withheld, shown.raw) == (True, False, "")


def test_an_empty_number_is_empty_and_not_withheld(town: Actor) -> None:
    one = somebody(town, removed=True, outsider=False, protected=False)
    shown = values(queries.resident(town, one.addressee))
    empty = [value for value in shown.values() if not value.withheld and not value.masked and not value.raw]
    assert empty
    assert all(bool(value.withheld) is (value.name == CODE) for value in shown.values() if value.withheld)


def test_the_history_says_of_a_number_only_that_it_changed(town: Actor) -> None:
    one = ordinary(town)
    add_history(town, one.addressee, {"異動事由": "38", CODE: "12345678901"}, one.version, reason=WHY)
    quiet = queries.history(town, one.addressee)
    told = queries.history(town, one.addressee, reason=WHY)
    assert quiet is not None
    assert told is not None
    assert [(value.name, value.withheld, value.raw) for value in quiet.history[0].after] == [(CODE, True, "")]
    assert told.history[0].after[0].raw == "12345678901"
    assert not told.sections
    with_reason, without = audit.entries(town, audit.Filter(action="history", subject=one.addressee))[0]
    assert (CODE in with_reason.items, CODE in without.items) == (True, False)


def test_numbers_in_other_records_wait_too(town: Actor) -> None:
    with wall(town.municipality):
        found = list(Resident.objects.filter(removed=False, protected=False, blocked="")[:40])
    for one in found:
        tabs = {tab.title: tab for tab in queries.records(town, one.addressee, business="juminkihondaicho")}
        if "個人番号管理" in tabs:
            break
    kept = {value.name: value for value in tabs["個人番号管理"].rows[0]}["個人番号"]
    assert (kept.withheld, kept.raw, kept.text) == (True, "", "")
    (entry, *_) = audit.entries(town, audit.Filter(action="records", subject=one.addressee))[0]
    assert entry.detail == {"withheld": ["個人番号", "個人番号_指定年月日"]}
    tabs = {tab.title: tab for tab in queries.records(town, one.addressee, reason=WHY)}
    assert len({value.name: value for value in tabs["個人番号管理"].rows[0]}["個人番号"].raw) == 12


def test_an_output_has_its_purpose_for_a_reason(town: Actor) -> None:
    one = ordinary(town)
    made = queries.output(town, [one.addressee], [CODE], "通知票の印刷")
    assert len(made.rows[0][0]) == 11
    (entry,) = audit.entries(town, audit.Filter(action="output"))[0]
    assert (entry.items, entry.reason) == ((CODE,), "通知票の印刷")


def test_who_it_is_alone_is_logged_as_such(town: Actor) -> None:
    one = ordinary(town)
    person = queries.head(town, one.addressee)
    assert person is not None
    assert (person.name, person.sections, person.history, person.sealed) == (one.name, (), (), False)
    (entry,) = audit.entries(town, audit.Filter(action="view", subject=one.addressee))[0]
    assert entry.items == ("氏名",)


@pytest.mark.parametrize("process", ["0", "3", ""])
def test_a_block_of_looking_asks_for_a_reason(town: Actor, process: str) -> None:
    one = ordinary(town)
    block(town, one, 抑止対象処理=process)
    sealed = queries.resident(town, one.addressee)
    assert sealed is not None
    assert (sealed.sealed, sealed.sections, sealed.warnings[0].kind) == (True, (), "blocked")
    assert not queries.records(town, one.addressee)
    assert not queries.businesses(town, one.addressee)
    opened = queries.resident(town, one.addressee, reason=WHY)
    assert opened is not None
    assert opened.sections
    assert queries.records(town, one.addressee, reason=WHY)


def test_other_blocks_warn_and_do_not_ask(town: Actor) -> None:
    one = ordinary(town)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    for cells in (
        {"抑止対象処理": "2"},
        {"抑止対象処理": "1"},
        {"抑止レベル": "1"},
        {"一時解除有無": "1"},
        {"抑止開始年月日": tomorrow},
    ):
        block(town, one, **cells)
    person = queries.resident(town, one.addressee)
    assert person is not None
    assert not person.sealed
    assert [warning.kind for warning in person.warnings] == ["blocked"] * 5


@pytest.mark.parametrize(("process", "forbidden"), [("0", True), ("1", True), ("2", False), ("3", False)])
def test_a_block_of_changes_forbids_them(town: Actor, process: str, forbidden: bool) -> None:
    one = ordinary(town)
    block(town, one, 抑止対象処理=process)
    change = {"異動事由": "32", "住所_方書": "見本荘"}
    if forbidden:
        with pytest.raises(NotAllowedError, match="抑止"):
            add_history(town, one.addressee, change, one.version, reason=WHY)
    else:
        assert add_history(town, one.addressee, change, one.version, reason=WHY) == one.version + 1
