"""What needs attention: dates that have come; only for those for whom the people exist; nothing is lifted by a date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.registry.desk import block, counter, protect, with_rights
from tests.world import TOWN_B

from yakuba.registry import queries
from yakuba.registry.models import Resident
from yakuba.registry.queries.attention import month_after
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotAllowedError, NotFoundError, system
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

CONCERN = queries.Concern
_STATEMENTS = 16


def plain(town: Actor, at: int = 0) -> Resident:
    with wall(town.municipality):
        found = Resident.objects.filter(removed=False, outsider=False, protected=False, blocked="", leaving="")
        return found.order_by("addressee")[at]


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def counts(actor: Actor) -> dict[queries.Concern, int]:
    return {one.concern: one.count for one in queries.attention(actor)}


def listed(actor: Actor, concern: queries.Concern) -> list[str]:
    return [one.addressee for one in queries.concerned(actor, concern).people]


def test_a_measure_is_told_a_month_before_its_end_and_after_it(town: Actor) -> None:
    before = counts(town)
    ends = {plain(town, at).addressee: plain(town, at) for at in range(4)}
    month = (month_after(timezone.localdate()) - timezone.localdate()).days
    numbers = list(ends)
    for number, days in zip(numbers, (month, month + 1, 0, -1), strict=True):
        protect(town, ends[number], 支援措置終了年月日=day(days))
    assert set(numbers) & set(listed(town, CONCERN.PROTECTION_ENDS)) == {numbers[0], numbers[2]}
    assert set(numbers) & set(listed(town, CONCERN.PROTECTION_OVER)) == {numbers[3]}
    now = counts(town)
    assert now[CONCERN.PROTECTION_ENDS] == before.get(CONCERN.PROTECTION_ENDS, 0) + 2
    assert now[CONCERN.PROTECTION_OVER] == before.get(CONCERN.PROTECTION_OVER, 0) + 1


def test_an_extension_and_a_release_are_no_matter_any_more(town: Actor) -> None:
    extended, released = plain(town, 0), plain(town, 1)
    for one in (extended, released):
        protect(town, one, 支援措置終了年月日=day(-3))
    assert {extended.addressee, released.addressee} <= set(listed(town, CONCERN.PROTECTION_OVER))
    protect(town, extended, 支援措置番号="10", 支援措置終了年月日=day(300))
    gone = plain(town, 2)
    protect(town, gone, 支援措置終了年月日=day(-3), 支援措置状態="4", 解除年月日=day(-1))
    assert listed(town, CONCERN.PROTECTION_OVER) == [released.addressee]


def test_who_may_not_see_protected_people_is_told_nothing_of_them(town: Actor) -> None:
    one = plain(town)
    protect(town, one, 支援措置終了年月日=day(-3))
    block(town, one, 抑止終了年月日=day(-3))
    clerk = counter(town)
    assert set(counts(clerk)) <= {CONCERN.LEAVING}
    assert listed(clerk, CONCERN.BLOCK_OVER) == []
    for concern in (CONCERN.PROTECTION_ENDS, CONCERN.PROTECTION_OVER, "none-such"):
        with pytest.raises(NotFoundError):
            queries.concerned(clerk, concern)


def test_a_block_past_its_end_still_holds_and_is_told(town: Actor) -> None:
    one, other, open_end = (plain(town, at) for at in range(3))
    block(town, one, 抑止終了年月日=day(-1))
    block(town, other, 抑止終了年月日=day(0))
    block(town, open_end, 抑止終了年月日="9999-12-31")
    assert listed(town, CONCERN.BLOCK_OVER) == [one.addressee]
    seen = queries.resident(town, one.addressee)
    assert seen is not None
    assert seen.sealed


def test_who_should_have_left_is_told_from_the_planned_day_on(town: Actor) -> None:
    people = [plain(town, at) for at in range(3)]
    with wall(town.municipality):
        Resident.objects.exclude(leaving="").update(leaving="")
        for one, days in zip(people, (-20, 0, 1), strict=True):
            Resident.objects.filter(pk=one.pk).update(leaving=day(days))
    assert listed(town, CONCERN.LEAVING) == [people[0].addressee, people[1].addressee]
    assert counts(town)[CONCERN.LEAVING] == 2
    assert counts(counter(town)) == {CONCERN.LEAVING: 2}


def test_the_list_is_logged_and_the_numbers_are_not(town: Actor) -> None:
    one = plain(town)
    block(town, one, 抑止終了年月日=day(-1))
    queries.attention(town)
    assert not audit.entries(town, audit.Filter(action="list"))[0]
    queries.concerned(town, CONCERN.BLOCK_OVER)
    (entry,) = audit.entries(town, audit.Filter(action="list"))[0]
    assert entry.detail == {"concern": "block-over", "page": 1, "shown": [one.addressee]}
    assert "氏名" in entry.items


def test_the_numbers_take_few_questions_and_stay_behind_the_wall(town: Actor) -> None:
    block(town, plain(town), 抑止終了年月日=day(-1))
    with CaptureQueriesContext(connection) as caught:
        queries.attention(town)
    assert len(caught) <= _STATEMENTS
    assert queries.attention(system(TOWN_B)) == ()
    assert listed(system(TOWN_B), CONCERN.BLOCK_OVER) == []


def test_without_the_right_to_look_there_is_nothing(town: Actor) -> None:
    nobody = with_rights(town)
    assert queries.attention(nobody) == ()
    with pytest.raises(NotAllowedError):
        queries.concerned(nobody, CONCERN.LEAVING)


def test_a_month_later_is_the_same_day_or_the_last() -> None:
    assert [month_after(date(*parts)) for parts in ((2026, 12, 31), (2027, 1, 31), (2028, 1, 30))] == [
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]
