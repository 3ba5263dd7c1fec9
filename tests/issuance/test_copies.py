"""部数: several originals in one go. Oracle: the ledger, with an entry, a number and a fee for each, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from tests.issuance.reading import code_on
from tests.issuance.town import asks

from yakuba.issuance import queries, services
from yakuba.issuance.errors import OtherRequestError, RefusedError
from yakuba.issuance.models import Issue
from yakuba.kernel.errors import UsageError
from yakuba.registry.services import add_history
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor


def _entries(actor: Actor) -> list[Issue]:
    with wall(actor.municipality):
        return list(Issue.objects.order_by("serial"))


def test_every_copy_is_an_original_with_its_own_number_code_and_fee(town: Actor) -> None:
    request = str(uuid4())
    made = services.issue_copies(town, asks(), request=request, copies=3)
    assert [one.number[-6:] for one in made] == ["000001", "000002", "000003"]
    assert len({code_on(one.pdf) for one in made}) == len({one.pdf for one in made}) == 3
    assert [one.fee for one in _entries(town)] == [300, 300, 300]
    assert [services.copy_key(request, copy) for copy in (1, 2, 3)] == [one.request for one in _entries(town)]
    assert queries.gaps(town) == {}


def test_the_same_application_again_gives_the_same_copies_and_one_of_them_alone(town: Actor) -> None:
    request = str(uuid4())
    first = services.issue_copies(town, asks(), request=request, copies=2)
    again = services.issue_copies(town, asks(), request=request, copies=2)
    assert [one.number for one in again] == [one.number for one in first]
    second = services.issue(town, asks(), request=str(services.copy_key(request, 2)))
    assert (second.number, second.repeated) == (first[1].number, True)
    with pytest.raises(OtherRequestError):
        services.issue_copies(town, asks("juminhyo", "1000000031"), request=request, copies=2)
    assert len(_entries(town)) == 2


def test_what_stops_one_copy_stops_them_all(town: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last of three cannot be entered: no number was ever taken."""
    from yakuba.issuance.services.entering import entered

    done = []

    def third(*given: Any) -> Issue:
        done.append(given)
        if len(done) == 3:
            raise UsageError("試験")
        return entered(*given)

    with monkeypatch.context() as patch:
        patch.setattr("yakuba.issuance.services.issuing.entered", third)
        with pytest.raises(UsageError, match="試験"):
            services.issue_copies(town, asks(), request=str(uuid4()), copies=3)
    assert _entries(town) == []
    assert services.issue(town, asks(), request=str(uuid4())).number.endswith("000001")


def test_a_paper_that_cannot_be_drawn_is_on_the_list_once_however_many_copies(town: Actor) -> None:
    add_history(town, "1000000031", {"住所_方書": "\U000f0001荘", "異動事由": "31"}, 1, reason="外字")
    with pytest.raises(RefusedError):
        services.issue_copies(town, asks("juminhyo", "1000000031"), request=str(uuid4()), copies=2)
    assert {one.times for one in queries.overflows(town)} == {1}
    assert _entries(town) == []


@pytest.mark.parametrize("copies", [0, -1, 11])
def test_a_number_of_copies_that_cannot_be_meant(town: Actor, copies: int) -> None:
    with pytest.raises(UsageError, match="部数"):
        services.issue_copies(town, asks(), request=str(uuid4()), copies=copies)
    assert _entries(town) == []
