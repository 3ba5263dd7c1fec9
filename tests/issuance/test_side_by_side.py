"""Papers of one municipality that are drawn side by side: numbers in order, none left out, whoever fails when.

Oracle: issue 4 no. 4 (numbering without gaps). What stands on a paper is read from its bytes.
"""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier, Event, current_thread
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import connection
from tests.issuance.town import asks

from yakuba.certificates import drawing as drawn_by
from yakuba.certificates import guard
from yakuba.certificates.paper import read_paper
from yakuba.issuance import queries, services
from yakuba.issuance.keys import keys
from yakuba.issuance.models import Issue, Numbering
from yakuba.issuance.services.numbering import settle, take
from yakuba.tenancy import audit
from yakuba.tenancy.acting import system
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from collections.abc import Callable

    from yakuba.issuance.application import Issued
    from yakuba.tenancy.acting import Actor

KASAI, HANA = "1000000015", "1000000023"
PATIENCE = 20.0


class _FailedError(Exception):
    pass


def _issued(subject: str = KASAI, request: str = "", copies: int = 1) -> tuple[Issued, ...]:
    """As a thread of the web server does it."""
    try:
        asked = asks("juminhyo", subject)
        return services.issue_copies(system("990019"), asked, request=request or str(uuid4()), copies=copies)
    finally:
        connection.close()


def _printed(issued: Issued) -> int:
    """The serial that stands on the paper."""
    found = re.search(r"発行番号\d{4}-(\d{6})", "".join(read_paper(issued.pdf).pages))
    assert found is not None
    return int(found[1])


def _whole(actor: Actor, count: int) -> None:
    """So many papers, each with its number, in the order in which they went into the ledger."""
    with wall(actor.municipality):
        assert list(Issue.objects.order_by("id").values_list("serial", flat=True)) == list(range(1, count + 1))
        times = list(Issue.objects.order_by("serial").values_list("at", flat=True))
        assert times == sorted(times)
        assert Numbering.objects.get().last == count
    assert queries.gaps(actor) == {}
    assert audit.verify(actor) == []


def _drawing(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[str], object]) -> None:
    """Something happens while a paper is drawn; it is told the number."""
    render = drawn_by.render

    def drawn(composed: Any, *given: Any, **more: Any) -> Any:
        meanwhile(composed.order.number)
        return render(composed, *given, **more)

    monkeypatch.setattr(drawn_by, "render", drawn)


def test_two_are_drawn_at_the_same_time(town: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    both = Barrier(2, timeout=PATIENCE)
    _drawing(monkeypatch, lambda _: both.wait())
    with ThreadPoolExecutor(2) as pool:
        found = [one for each in pool.map(_issued, (KASAI, HANA)) for one in each]
    assert sorted(_printed(one) for one in found) == [1, 2]
    _whole(town, 2)


def test_the_lower_number_ends_after_the_higher_and_comes_before_it(
    town: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = Event()

    def meanwhile(number: str) -> None:
        if number.endswith("1"):
            assert drawn.wait(PATIENCE)
            time.sleep(0.3)  # the other one has come to where it waits
        else:
            drawn.set()

    _drawing(monkeypatch, meanwhile)
    with ThreadPoolExecutor(2) as pool:
        found = [one for each in pool.map(_issued, (KASAI, HANA)) for one in each]
    assert sorted(_printed(one) for one in found) == [1, 2]
    _whole(town, 2)


def test_a_number_that_was_given_back_goes_to_whoever_came_after(town: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first fails when the second is ready: the second begins again under the number of the first."""
    begun, drawn, numbers = Event(), Event(), list[str]()

    def meanwhile(number: str) -> None:
        numbers.append(number[-1])
        if current_thread().name.endswith("_0"):
            begun.set()
            assert drawn.wait(PATIENCE)
            time.sleep(0.3)
            raise _FailedError
        drawn.set()

    _drawing(monkeypatch, meanwhile)
    with ThreadPoolExecutor(2) as pool:
        fails = pool.submit(_issued, KASAI)
        assert begun.wait(PATIENCE)
        (second,) = pool.submit(_issued, HANA).result()
        with pytest.raises(_FailedError):
            fails.result()
    assert numbers == ["1", "2", "1"]
    assert _printed(second) == 1
    _whole(town, 1)


def test_copies_wait_until_they_are_alone(town: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = Event()

    def meanwhile(number: str) -> None:
        if number.endswith("1"):
            begun.set()
            time.sleep(0.3)

    _drawing(monkeypatch, meanwhile)
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(_issued, KASAI)
        assert begun.wait(PATIENCE)
        copies = pool.submit(_issued, HANA, copies=3)
        time.sleep(0.1)
        last = pool.submit(_issued, KASAI)
        found = [*first.result(), *copies.result(), *last.result()]
    assert [_printed(one) for one in found] == [1, 2, 3, 4, 5]
    _whole(town, 5)


def test_several_papers_in_one_transaction_of_a_page(town: Actor) -> None:
    with wall(town.municipality):
        found = [services.issue(town, asks(), request=str(uuid4())) for _ in range(3)]
    assert [_printed(one) for one in found] == [1, 2, 3]
    _whole(town, 3)


def test_many_at_a_time_that_fail_anywhere(town: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """One step in twelve fails, in drawing, signing, checking or writing; what failed is asked for again."""
    random = Random(4)  # noqa: S311 - repeatable, not secret
    requests, failed = [str(uuid4()) for _ in range(24)], list[str]()

    def frail(place: Any, name: str) -> None:
        sound = getattr(place, name)

        def step(*given: Any, **more: Any) -> Any:
            if random.random() < 1 / 12:
                failed.append(name)
                raise _FailedError
            return sound(*given, **more)

        monkeypatch.setattr(place, name, step)

    frail(drawn_by, "render")
    frail(type(keys(town.municipality).signer), "sign")
    frail(guard, "check")
    frail(Issue, "save")

    def one(place: int) -> Issued:
        for _ in range(50):
            try:
                return _issued((KASAI, HANA)[place % 2], requests[place])[0]
            except _FailedError:
                continue
        raise AssertionError(place)

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(one, range(len(requests))))
    assert len(failed) >= 3
    assert sorted(_printed(each) for each in found) == list(range(1, len(requests) + 1))
    assert all(int(each.number[-6:]) == _printed(each) for each in found)
    monkeypatch.undo()
    _whole(town, len(requests))


def test_a_number_behind_nothing_is_never_counted(town: Actor) -> None:
    """The counter goes from a number to the next, whatever a program believes."""
    services.issue(town, asks(), request=str(uuid4()))
    with wall(town.municipality):
        year = Numbering.objects.get().year
        assert not settle(year, 1)
        assert not settle(year, 3)
        assert not settle(year + 1, 2)
        assert (take(year), take(year + 1)) == (2, 1)
    _whole(town, 1)
