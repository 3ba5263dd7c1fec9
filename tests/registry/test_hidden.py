"""Hidden people leave no trace: not in others' records, not in the questions asked, not in the time they take."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.registry.desk import counter, protect, put, somebody, with_rights

from yakuba.registry import queries
from yakuba.registry.models import Resident
from yakuba.registry.queries.output import NOT_SHOWN
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Callable

    from yakuba.tenancy.acting import Actor

NOBODY = "9999999999"
JUKI = "juminkihondaicho"
_ROUNDS = 60


@pytest.fixture
def clerk_with_registers(town: Actor) -> Actor:
    """May see the 戸籍の表示 as well, and hand it on; no hidden people."""
    rights = [(action, JUKI, group) for action in (Action.VIEW, Action.OUTPUT) for group in ("", "koseki")]
    return with_rights(town, *rights, (Action.VIEW, "kokuminkenkohoken", "*"))


def family(town: Actor) -> tuple[Resident, Resident]:
    """世帯主 and 妻 of one household; the wife's 世帯主氏名 and, as a rule, her 筆頭者 are the head."""
    with wall(town.municipality):
        for wife in Resident.objects.filter(relation="妻", kind="1", removed=False, outsider=False, protected=False):
            head = Resident.objects.filter(household=wife.household, relation="世帯主", removed=False).first()
            if head and not head.protected:
                return head, wife
    raise AssertionError


def texts(made: Any) -> str:
    parts = made if isinstance(made, tuple) else (made,)
    return json.dumps([asdict(one) for one in parts], default=str, ensure_ascii=False)


def test_a_hidden_head_is_named_in_nobodys_record(town: Actor, clerk_with_registers: Actor) -> None:
    head, wife = family(town)
    clerk = clerk_with_registers
    open_before = queries.resident(clerk, wife.addressee)
    assert head.name in texts(open_before)
    protect(town, head)
    shown = queries.resident(clerk, wife.addressee)
    assert shown is not None
    values = {value.name: value for section in shown.sections for value in section.values}
    assert (values["世帯主氏名"].masked, values["世帯主氏名"].raw) == (True, "")
    assert values["氏名"].text == wife.name
    for made in (
        shown,
        queries.history(clerk, wife.addressee),
        queries.records(clerk, wife.addressee),
        queries.household(clerk, wife.household),
        queries.output(clerk, [wife.addressee], ["氏名", "世帯主氏名", "戸籍_筆頭者", "戸籍_筆頭者_名"], "試験"),
        queries.entry(with_rights(town, (Action.VIEW, JUKI, ""), (Action.WRITE, JUKI, "")), wife.addressee),
    ):
        assert head.name not in texts(made)
        assert head.addressee not in texts(made)
    made = queries.output(clerk, [wife.addressee], ["世帯主氏名"], "試験")
    assert made.rows == ((NOT_SHOWN,),)


def test_who_may_see_hidden_people_reads_the_name(town: Actor) -> None:
    head, wife = family(town)
    protect(town, head)
    assert head.name in texts(queries.resident(town, wife.addressee))


def test_a_namesake_elsewhere_is_not_masked(town: Actor, clerk_with_registers: Actor) -> None:
    """The mask of somebody who only has the same name would itself tell of the hidden person."""
    head, wife = family(town)
    other = somebody(town, removed=False, outsider=False, protected=False, kind="2")
    with wall(town.municipality):
        Resident.objects.filter(pk=other.pk).update(name=head.name)
    protect(town, other)
    assert head.name in texts(queries.resident(clerk_with_registers, wife.addressee))


def test_a_number_of_a_hidden_person_in_another_business_is_masked(town: Actor) -> None:
    head, wife = family(town)
    clerk = with_rights(town, (Action.VIEW, "*", "*"))
    put(town, "通称履歴", wife.addressee, 通称履歴番号="77", 通称=head.addressee)
    assert head.addressee in texts(queries.records(clerk, wife.addressee))
    protect(town, head)
    assert head.addressee not in texts(queries.records(clerk, wife.addressee))


def _asked(call: Callable[[], object], number: str) -> list[str]:
    with CaptureQueriesContext(connection) as caught:
        call()
    return [query["sql"].replace(number, "N") for query in caught.captured_queries if "auditentry" not in query["sql"]]


CALLS: dict[str, Callable[[Actor, str], object]] = {
    "resident": lambda actor, number: queries.resident(actor, number, reason="窓口"),
    "head": lambda actor, number: queries.head(actor, number, reason="窓口"),
    "history": lambda actor, number: queries.history(actor, number, reason="窓口"),
    "records": lambda actor, number: queries.records(actor, number, reason="窓口"),
    "businesses": lambda actor, number: queries.businesses(actor, number, reason="窓口"),
    "search": lambda actor, number: queries.search(actor, number).items,
    "output": lambda actor, number: queries.output(actor, [number], ["氏名"], "試験").rows,
    "entry": queries.entry,
    "draft": lambda actor, number: queries.draft(actor, number, {"住所_方書": "x"}),
}


@pytest.mark.parametrize("name", CALLS)
def test_hidden_and_not_there_ask_the_same_questions_and_take_one_time(town: Actor, name: str) -> None:
    """The statements are the proof; the times are printed, because a busy machine proves nothing by them."""
    clerk, hidden = counter(town), somebody(town, protected=True).addressee
    call = CALLS[name]
    assert not call(clerk, hidden)
    assert not call(clerk, NOBODY)
    assert _asked(partial(call, clerk, hidden), hidden) == _asked(partial(call, clerk, NOBODY), NOBODY)
    taken: dict[str, list[float]] = {hidden: [], NOBODY: []}
    for turn in range(_ROUNDS):
        for number in (hidden, NOBODY) if turn % 2 else (NOBODY, hidden):
            started = time.perf_counter()
            call(clerk, number)
            taken[number].append(time.perf_counter() - started)
    ratio = median(taken[hidden]) / median(taken[NOBODY])
    sys.stdout.write(f"{name}: hidden / not there = {ratio:.3f} of {median(taken[NOBODY]) * 1000:.2f} ms\n")
