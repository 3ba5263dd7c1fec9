"""A household of a past day: who was recorded in it then, in the legal order; what no history reaches is said."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module
from typing import TYPE_CHECKING

from django.db import connections, transaction
from django.utils import timezone
from tests.registry.desk import somebody

from yakuba.registry import queries
from yakuba.registry.models import HomeEntry, Record, Resident
from yakuba.registry.services import add_history
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor


def split(town: Actor) -> tuple[Resident, str, date]:
    """A child leaves the household today, by 世帯分離; gives who, the old household, and today."""
    child = somebody(town, relation="子", removed=False, outsider=False, protected=False)
    today = timezone.localdate()
    change = {
        "異動事由": "40", "異動年月日": today.isoformat(), "世帯番号": "5999999990", "続柄コード1": "02",
        "続柄表記": "世帯主", "世帯主氏名": child.name, "記載順位": "1",
    }  # fmt: skip
    add_history(town, child.addressee, change, child.version, reason="届出")
    return child, child.household, today


def numbers(home: queries.Household | None) -> list[str]:
    return [member.addressee for member in home.members] if home else []


def test_who_has_left_is_still_in_the_household_of_the_day_before(town: Actor) -> None:
    child, old, today = split(town)
    yesterday = today - timedelta(days=1)
    now = queries.household(town, old)
    before = queries.household(town, old, as_of=yesterday)
    assert child.addressee not in numbers(now)
    assert child.addressee in numbers(before)
    assert before is not None
    assert set(numbers(now)) <= set(numbers(before))
    assert before.members[0].relation == "世帯主"
    assert numbers(queries.household(town, "5999999990")) == [child.addressee]
    assert numbers(queries.household(town, "5999999990", as_of=today)) == [child.addressee]
    assert queries.household(town, "5999999990", as_of=yesterday) is None
    person = queries.resident(town, child.addressee, as_of=yesterday)
    assert person is not None
    assert person.household == old


def test_the_household_of_today_is_the_same_by_both_ways(town: Actor) -> None:
    with wall(town.municipality):
        homes = sorted(set(Resident.objects.filter(outsider=False, removed=False).values_list("household", flat=True)))
    for number in homes[:25]:
        now = queries.household(town, number)
        then = queries.household(town, number, as_of=timezone.localdate())
        assert numbers(now) == numbers(then)


def test_every_household_of_the_history_is_indexed(town: Actor) -> None:
    with wall(town.municipality):
        ledger = Resident.objects.filter(outsider=False)[0].ledger
        at = ledger.columns.index("世帯番号")
        rows = Record.objects.filter(ledger=ledger).values_list("addressee", "cells")
        wanted = {(addressee, cells[at]) for addressee, cells in rows if cells[at]}
        assert set(HomeEntry.objects.values_list("addressee", "household")) == wanted


def test_a_town_that_was_loaded_before_the_index_is_indexed_by_the_upgrade(town: Actor) -> None:
    fill = import_module("yakuba.registry.migrations.0003_homes")._FILL
    with wall(town.municipality):
        wanted = set(HomeEntry.objects.values_list("addressee", "household"))
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('yakuba.municipality', %s, true)", [town.municipality])
        cursor.execute("DELETE FROM registry_homeentry")
        cursor.execute(fill)
    with wall(town.municipality):
        assert set(HomeEntry.objects.values_list("addressee", "household")) == wanted


def test_a_day_that_the_history_does_not_reach_is_said(town: Actor) -> None:
    """Somebody who became a resident before the first row that came with the migration."""
    one = somebody(town, removed=False, outsider=False, protected=False, relation="世帯主")
    with wall(town.municipality):
        ledger = one.ledger
        places = {name: ledger.columns.index(name) for name in ("住民となった年月日", "異動年月日", "処理年月日")}
        rows = Record.objects.filter(ledger=ledger, addressee=one.addressee).values_list("cells", flat=True)
        begins = date.fromisoformat(min(cells[places["異動年月日"]] or "9999-12-31" for cells in rows))
    yesterday = timezone.localdate() - timedelta(days=1)
    change = {"異動事由": "34", "異動年月日": yesterday.isoformat(), "住民となった年月日": "1950-01-01"}
    add_history(town, one.addressee, change, one.version, reason="誤記")
    with connections["owner"].cursor() as cursor:
        # The rows of long ago did not come along with the migration.
        cursor.execute("SELECT set_config('yakuba.municipality', %s, false)", [town.municipality])
        cursor.execute("DELETE FROM registry_record WHERE addressee = %s AND NOT added", [one.addressee])
        cursor.execute("SELECT set_config('yakuba.municipality', '', false)")
    home = queries.household(town, one.household, as_of=begins)
    assert home is not None
    assert one.addressee not in numbers(home)
    assert [member.addressee for member in home.beyond] == [one.addressee]
    assert queries.resident(town, one.addressee, as_of=begins) is None
    now = queries.resident(town, one.addressee)
    assert now is not None
    assert (now.became, now.first) == ("1950-01-01", yesterday.isoformat())


def test_the_day_is_in_the_log(town: Actor) -> None:
    one = somebody(town, removed=False, outsider=False)
    yesterday = timezone.localdate() - timedelta(days=1)
    queries.household(town, one.household, as_of=yesterday)
    (entry,) = audit.entries(town, audit.Filter(action="household"))[0]
    assert entry.detail["as_of"] == yesterday.isoformat()
