"""From a request to a paper: number, ledger, the same request again, a changed record, a killed worker, a mix-up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import connection
from tests.issuance.town import approve, asks

from yakuba.certificates import drawing as drawn_by
from yakuba.certificates import guard
from yakuba.issuance import queries, services
from yakuba.issuance.errors import AlarmError, ChangedSinceError, OtherRequestError, RefusedError
from yakuba.issuance.keys import keys
from yakuba.issuance.models import Issue, Numbering
from yakuba.registry.models import Resident
from yakuba.registry.queries.certificate_record import certificate_record
from yakuba.registry.services import add_history
from yakuba.tenancy import audit
from yakuba.tenancy.acting import system
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from yakuba.issuance.application import Issued
    from yakuba.tenancy.acting import Actor

FAMILY = ("1000000015", "1000000023")


def _request() -> str:
    return str(uuid4())


def _numbers(actor: Actor) -> list[int]:
    with wall(actor.municipality):
        return sorted(Issue.objects.values_list("serial", flat=True))


def test_a_paper_is_given_under_the_next_number(town: Actor) -> None:
    first = services.issue(town, asks(), request=_request())
    second = services.issue(town, asks(), request=_request())
    assert first.pdf.startswith(b"%PDF-")
    assert [first.number[-6:], second.number[-6:]] == ["000001", "000002"]
    assert (first.fee, first.pages, first.repeated) == (300, 1, False)
    lines, count = queries.ledger(town, queries.Filter())
    assert (count, [one.number for one in lines]) == (2, [second.number, first.number])
    assert queries.gaps(town) == {}


def test_the_ledger_and_the_log_say_who_got_what(town: Actor) -> None:
    issued = services.issue(
        town, asks("juminhyo", FAMILY[0], *FAMILY, purpose="年金の手続き", exemption="pension"), request=_request()
    )
    entry = queries.entry(town, issued.entry)
    assert entry is not None
    assert [number for number, _ in entry.members] == list(FAMILY)
    assert entry.choices[0] == "世帯全員"
    assert (issued.fee, entry.exemption[:2]) == (0, "年金")
    assert entry.documents == ("運転免許証",)
    found, _ = audit.entries(town, audit.Filter(action="certificate_issue"))
    assert (found[0].subject, found[0].reason) == (FAMILY[0], "年金の手続き")
    assert found[0].detail["number"] == issued.number
    assert {one.number for one in queries.history(town, FAMILY[1])} == {issued.number}


def test_the_same_request_gives_the_same_issue_and_never_another(town: Actor) -> None:
    request = _request()
    first = services.issue(town, asks(), request=request)
    again = services.issue(town, asks(), request=request)
    assert (again.number, again.entry, again.repeated) == (first.number, first.entry, True)
    with pytest.raises(OtherRequestError):
        services.issue(town, asks("juminhyo", "1000000031"), request=request)
    assert _numbers(town) == [1]


def test_a_changed_record_is_not_printed_under_an_old_number(town: Actor) -> None:
    request = _request()
    issued = services.issue(town, asks(), request=request)
    assert services.reprint(town, issued.entry, "用紙づまり").number == issued.number
    add_history(town, FAMILY[0], {"住所_番地号表記": "９番９号", "異動事由": "31"}, 1, reason="転居")
    with pytest.raises(ChangedSinceError):
        services.reprint(town, issued.entry, "用紙づまり")
    with pytest.raises(ChangedSinceError):
        services.issue(town, asks(), request=request)
    happened = queries.entry(town, issued.entry)
    assert happened is not None
    assert [one.kind.value for one in happened.happened] == ["reprinted"]


def test_many_at_a_time_leave_no_gap_and_no_double(town: Actor) -> None:
    """Threads as several clerks and kiosks; every third request is sent twice at the same moment."""
    requests = [_request() for _ in range(18)]
    jobs = [(place, request) for place, request in enumerate(requests) for _ in range(2 if place % 3 == 0 else 1)]

    def one(job: tuple[int, str]) -> tuple[str, Issued]:
        try:
            subject = FAMILY[job[0] % 2]
            return job[1], services.issue(system("990019"), asks("juminhyo", subject), request=job[1])
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(one, jobs))
    assert _numbers(town) == list(range(1, len(requests) + 1))
    by_request: dict[str, set[str]] = {}
    for request, issued in found:
        by_request.setdefault(request, set()).add(issued.number)
    assert {len(numbers) for numbers in by_request.values()} == {1}
    assert queries.gaps(town) == {}


def test_a_record_that_changes_while_its_paper_is_drawn_is_read_again(
    town: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    render = drawn_by.render

    def meanwhile(*given: Any, **more: Any) -> Any:
        add_history(town, FAMILY[0], {"住所_番地号表記": "８番８号", "異動事由": "31"}, 1, reason="転居")
        return render(*given, **more)

    with monkeypatch.context() as patch:
        patch.setattr(drawn_by, "render", meanwhile)
        with pytest.raises(RefusedError, match="記録が変わりました"):
            services.issue(town, asks(), request=_request())
    assert _numbers(town) == []
    assert services.issue(town, asks(), request=_request()).number.endswith("000001")


class _KilledError(Exception):
    pass


@pytest.mark.parametrize("step", ["draw", "sign", "check", "ledger", "log"])
def test_a_kill_between_two_steps_leaves_nothing(town: Actor, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object, **__: object) -> None:
        raise _KilledError

    places = {
        "draw": (drawn_by, "render"),
        "sign": (type(keys(town.municipality).signer), "sign"),
        "check": (guard, "check"),
        "ledger": (Issue, "save"),
        "log": (audit, "record"),
    }
    services.issue(town, asks(), request=_request())
    with monkeypatch.context() as patch:
        patch.setattr(*places[step], killed)
        with pytest.raises(_KilledError):
            services.issue(town, asks(), request=_request())
    assert _numbers(town) == [1]
    assert services.issue(town, asks(), request=_request()).number.endswith("000002")


def test_a_planted_mix_up_is_caught_and_stops_everything(town: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The drawing hands out the paper of the person before, as a shared place would (川崎市, 横浜市 2023)."""
    render, before = drawn_by.render, []

    def swapped(composed: object, *args: object, **kwargs: object) -> object:
        before.append(render(composed, *args, **kwargs))  # type: ignore[arg-type]
        return before[0]

    services.issue(town, asks("juminhyo", "1000000031"), request=_request())
    with monkeypatch.context() as patch:
        patch.setattr(drawn_by, "render", swapped)
        services.issue(town, asks("juminhyo", "1000000031"), request=_request())
        # As a page does it: inside the transaction of its request, which goes on and answers.
        with wall(town.municipality), pytest.raises(AlarmError, match="停止しました"):
            services.issue(town, asks("juminhyo", "1000000082"), request=_request())
    assert _numbers(town) == [1, 2]
    assert "別人の証明書の疑い" in queries.stopped(town.municipality)
    with pytest.raises(RefusedError) as refused:
        services.issue(town, asks(), request=_request())
    assert refused.value.refusals[0].code == "stopped"
    assert queries.stopped("990027") == ""
    services.resume(town, "原因を調べ、直したため")
    assert services.issue(town, asks(), request=_request()).number.endswith("000003")


def test_a_record_of_somebody_else_is_caught(town: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The query answers with another person: the number on the paper's tag and the name betray it."""
    from yakuba.issuance.services import asking

    def other(actor: Actor, subject: str, **more: object) -> object:
        return certificate_record(actor, "1000000082" if subject == "1000000031" else subject, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(asking, "certificate_record", other)
    with pytest.raises((AlarmError, RefusedError)):
        services.issue(town, asks("juminhyo", "1000000031"), request=_request())
    assert _numbers(town) == []


def test_nothing_is_issued_before_the_settings_are_approved(bare: Actor) -> None:
    with pytest.raises(RefusedError) as refused:
        services.issue(bare, asks(), request=_request())
    assert {one.code for one in refused.value.refusals} == {"not_approved"}
    with wall(bare.municipality):
        assert not Numbering.objects.exists()


def test_a_difference_from_what_was_approved_is_named_and_blocks(town: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.issuance.town import SEAL, content

    services.set_content(town, content(copy_guard=False), SEAL, "地紋をやめる")
    with pytest.raises(RefusedError, match="地紋などの体裁"):
        services.issue(town, asks(), request=_request())
    approve(town)
    services.issue(town, asks(), request=_request())
    from yakuba.issuance import approving

    with monkeypatch.context() as patch:
        patch.setattr(approving, "template_digest", lambda kind: "0" * 64 if kind.identifier == "inkan" else "1")
        with pytest.raises(RefusedError, match="様式 印鑑登録証明書"):
            services.issue(town, asks(), request=_request())
        told = [differences for code, _, differences in queries.everywhere() if code == town.municipality]
    assert "様式 印鑑登録証明書" in told[0]


def test_a_stranger_number_is_not_found(town: Actor) -> None:
    from yakuba.tenancy.acting import NotFoundError

    with pytest.raises(NotFoundError):
        services.issue(town, asks("juminhyo", "1999999999"), request=_request())
    with wall(town.municipality):
        assert Resident.objects.filter(addressee="1000000031").exists()
