"""What happens to a paper later: void, undo, verification, notices, the list of overflows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from tests.issuance.reading import code_on
from tests.issuance.town import asks
from tests.registry.desk import with_rights

from yakuba.issuance import queries, services
from yakuba.issuance.errors import RefusedError
from yakuba.issuance.events import Happened, Validity
from yakuba.issuance.models import Issue, Overflow
from yakuba.kernel.errors import UsageError
from yakuba.tenancy.acting import NotAllowedError, NotFoundError, system
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from yakuba.issuance.application import Issued
    from yakuba.tenancy.acting import Actor


def _issued(town: Actor, *who: str, **more: object) -> Issued:
    subject, *members = who or ("1000000015",)
    return services.issue(town, asks("juminhyo", subject, *members, **more), request=str(uuid4()))


def test_the_code_on_the_paper_answers_valid_then_withdrawn_then_valid_again(town: Actor) -> None:
    issued = _issued(town)
    code = code_on(issued.pdf)
    found = queries.verify(code)
    assert (found.validity, found.municipality, found.number) == (Validity.VALID, "見本町", issued.number)
    services.void(town, issued.entry, "印刷が欠けた", why=Happened.SPOILED)
    assert queries.verify(code).validity is Validity.WITHDRAWN
    with pytest.raises(UsageError, match="すでに無効"):
        services.void(town, issued.entry, "もう一度")
    with pytest.raises(UsageError, match="無効になっています"):
        services.reprint(town, issued.entry, "用紙づまり")
    services.counter_entry(town, issued.entry, "取り違え")
    assert queries.verify(code).validity is Validity.VALID
    with pytest.raises(UsageError, match="有効です"):
        services.counter_entry(town, issued.entry, "もう一度")
    services.void(town, issued.entry, "やはり")
    entry = queries.entry(town, issued.entry)
    assert entry is not None
    assert [one.kind.value for one in entry.happened] == ["void", "undone", "void"]


def test_a_forged_or_foreign_code_is_unknown(town: Actor) -> None:
    code = code_on(_issued(town).pdf)
    assert queries.verify(code[:-1] + ("A" if code[-1] != "A" else "B")).validity is Validity.UNKNOWN
    assert queries.verify("").validity is Validity.UNKNOWN
    with wall(town.municipality):
        known = Issue.objects.get()
    assert queries.state("990027", known.number, known.proof) is Validity.UNKNOWN
    assert queries.state("990019", known.number, "0" * 24) is Validity.UNKNOWN


def test_a_replaced_paper_names_the_other(town: Actor) -> None:
    first, second = _issued(town), _issued(town)
    with pytest.raises(UsageError, match="ありません"):
        services.void(town, first.entry, "誤字", why=Happened.REPLACED, replaced_by="2020-000009")
    services.void(town, first.entry, "誤字", why=Happened.REPLACED, replaced_by=second.number)
    entry = queries.entry(town, first.entry)
    assert entry is not None
    assert entry.happened[0].about == second.number
    assert queries.verify(code_on(first.pdf)).validity is Validity.WITHDRAWN


def test_another_town_has_none_of_it(town: Actor) -> None:
    issued = _issued(town)
    other = system("990027")
    assert queries.entry(other, issued.entry) is None
    with pytest.raises(NotFoundError):
        services.void(other, issued.entry, "よその町")


def test_who_may_not_may_not(town: Actor) -> None:
    issued = _issued(town)
    clerk = with_rights(town, (Action.VIEW, "*", "*"))
    for attempt in (
        lambda: _issued(clerk),
        lambda: queries.ledger(clerk, queries.Filter()),
        lambda: services.void(clerk, issued.entry, "理由"),
        lambda: services.stop(clerk, "理由"),
        lambda: services.resume(clerk, "理由"),
        lambda: services.approve(clerk, "", "理由"),
        lambda: services.register(clerk, "1000000015", date(2026, 1, 1)),
    ):
        with pytest.raises(NotAllowedError):
            attempt()


def test_who_has_registered_is_told_of_third_parties_and_agents_only(town: Actor) -> None:
    services.register(town, "1000000015", date(2026, 1, 1))
    services.register(town, "1000000031", date(2020, 1, 1), date(2020, 12, 31))
    _issued(town)
    _issued(town, "1000000015", role="agent", name="代理　人", mandate=True)
    _issued(town, "1000000031", role="third", name="株式会社", purpose="債権の回収", evidence="契約書")
    told = queries.notices(town)
    assert [(one.addressee, one.role) for one in told] == [("1000000015", "agent")]
    services.sent(town, told[0].notice)
    assert queries.notices(town) == ()


def test_what_cannot_be_drawn_is_not_given_and_goes_on_the_list(town: Actor) -> None:
    from yakuba.registry.services import add_history

    add_history(town, "1000000031", {"住所_方書": "\U000f0001荘", "異動事由": "31"}, 1, reason="外字")
    for times in (1, 2):
        with pytest.raises(RefusedError):
            _issued(town, "1000000031")
        with wall(town.municipality):
            assert set(Overflow.objects.values_list("times", flat=True)) == {times}
    listed = queries.overflows(town)
    assert {one.addressee for one in listed} == {"1000000031"}
    for one in listed:
        services.settle(town, one.entry)
    assert queries.overflows(town) == ()
