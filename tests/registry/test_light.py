"""What a page asks of the database is bounded: a tab reads its own business, and the log says no more than was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.registry.desk import counter, somebody

from yakuba.registry import queries
from yakuba.registry.models import Resident
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from collections.abc import Callable

    from yakuba.tenancy.acting import Actor

MOST = {"person": 8, "person, hidden people left out": 10, "tabs": 9, "one tab": 12, "household": 7}
"""Statements inside an open wall; four to six of them are the wall and the entry in the log."""


def taxed(town: Actor) -> Resident:
    """Somebody with records in several businesses."""
    with wall(town.municipality):
        for one in Resident.objects.filter(removed=False, protected=False, blocked="", kind="1"):
            if len(queries.businesses(town, one.addressee)) > 3:
                return one
    raise AssertionError


def statements(actor: Actor, call: Callable[[], object]) -> int:
    with wall(actor.municipality), CaptureQueriesContext(connection) as caught:
        call()
    return len(caught)


def test_a_person_their_tabs_and_one_tab_take_few_statements(town: Actor) -> None:
    one = taxed(town)
    clerk = counter(town)
    number = one.addressee
    taken = {
        "person": statements(town, lambda: queries.resident(town, number)),
        "person, hidden people left out": statements(clerk, lambda: queries.resident(clerk, number)),
        "tabs": statements(town, lambda: queries.businesses(town, number)),
        "one tab": statements(town, lambda: queries.records(town, number, business="kojinjuminzei")),
        "household": statements(town, lambda: queries.household(town, one.household)),
    }
    assert {name: count for name, count in taken.items() if count > MOST[name]} == {}


def test_tabs_are_named_and_counted_and_read_nothing(town: Actor) -> None:
    one = taxed(town)
    found = queries.businesses(town, one.addressee)
    every = queries.records(town, one.addressee)
    assert {business.identifier: business.count for business in found} == {
        tab.identifier: sum(each.count for each in every if each.identifier == tab.identifier) for tab in every
    }
    with CaptureQueriesContext(connection) as caught:
        queries.businesses(town, one.addressee)
    assert not [query for query in caught.captured_queries if '"registry_record"."cells"' in query["sql"]]
    entry = audit.entries(town, audit.Filter(action="businesses", subject=one.addressee))[0][0]
    assert set(entry.items) == {business.business for business in found}


def test_an_opened_tab_reads_and_logs_its_own_business_only(town: Actor) -> None:
    one = taxed(town)
    opened = queries.records(town, one.addressee, business="kojinjuminzei")
    assert {tab.identifier for tab in opened} == {"kojinjuminzei"}
    (entry,) = audit.entries(town, audit.Filter(action="records", subject=one.addressee))[0]
    assert set(entry.items) == {f"個人住民税/{tab.title}" for tab in opened}
    assert not queries.records(town, one.addressee, business="none-such")


def test_tabs_of_a_business_that_is_closed_are_not_there(town: Actor) -> None:
    one = taxed(town)
    assert {business.identifier for business in queries.businesses(counter(town), one.addressee)} <= {
        "juminkihondaicho"
    }
    assert not queries.businesses(town, "9999999999")
    gone = somebody(town, protected=True)
    assert not queries.businesses(counter(town), gone.addressee, reason="窓口")
