"""From the card to the paper: every step once, whatever is repeated, late or out of order.

Oracle: issue 4 no. 5 and the domain facts on コンビニ交付 (state machine, failure handling, correctness property).
"""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import DatabaseError
from django.utils import timezone
from tests.issuance_kiosk.shop import Shop, serial
from tests.world import TOWN_A, TOWN_B

from yakuba.issuance import queries, services
from yakuba.issuance.kiosk import choosing, ending, opening, paper
from yakuba.issuance.kiosk.access import Caller
from yakuba.issuance.kiosk.errors import BusyError, EndedError, StepError
from yakuba.issuance.kiosk.models import Session
from yakuba.issuance.kiosk.reasons import Reason, Told
from yakuba.issuance.kiosk.simulation.reading import words
from yakuba.issuance.kiosk.states import STEPS, State
from yakuba.kernel.errors import UsageError
from yakuba.tenancy.acting import NotFoundError, system
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from uuid import UUID

    from yakuba.issuance.application import Issued

KASAI = "1000000015"


def ledger(town: str = TOWN_A) -> list[tuple[str, str]]:
    """Number and state of every paper, oldest first."""
    lines, _ = queries.ledger(system(town), queries.Filter())
    return [(one.number[-6:], one.state.value) for one in reversed(lines)]


def test_from_the_card_to_the_paper(shop: Shop) -> None:
    answer = shop.card(KASAI)
    assert (answer.state, answer.told) == (State.OFFERED, None)
    assert [(dish.kind, dish.fee) for dish in answer.menu] == [("juminhyo", 200), ("kisai", 200)]
    session = shop.paid(KASAI)
    made = shop.document(session)
    row = shop.row(session)
    assert (row.state, row.number, row.sends) == (State.SENT, made.number, 1)
    assert "葛西" in words(made.pdf).replace("\U000e0102", "")
    assert made.number in words(made.pdf)
    assert shop.printed(session).state == State.PRINTED
    assert ledger() == [("000001", "valid")]


def test_choices_that_need_a_clerk_are_not_on_the_menu(shop: Shop) -> None:
    (dish,) = [one for one in shop.card(KASAI).menu if one.kind == "juminhyo"]
    offered = {one.identifier for one in dish.choices}
    assert "register" in offered
    assert not offered & {"resident_code", "individual_number", "public_use", "whole"}
    with pytest.raises(UsageError):
        shop.chosen(KASAI, choices={"resident_code": True})


# ---- repeated ----------------------------------------------------------------------------------------------------


def test_whatever_is_sent_twice_is_done_once(shop: Shop) -> None:
    first, again = (shop.card(KASAI, reception="same") for _ in range(2))
    assert first == again
    chosen = [choosing.select(shop.caller, first.session, "juminhyo", (), {}) for _ in range(2)]
    assert chosen[0] == chosen[1]
    paid = [choosing.pay(shop.caller, first.session, 200) for _ in range(2)]
    assert paid[0] == paid[1]
    papers = [shop.document(first.session) for _ in range(2)]
    assert papers[0].number == papers[1].number
    assert [shop.printed(first.session).state for _ in range(2)] == [State.PRINTED] * 2
    assert ledger() == [("000001", "valid")]
    assert shop.row(first.session).sends == 2


def test_the_same_reception_for_somebody_else_is_refused(shop: Shop) -> None:
    shop.card(KASAI, reception="same")
    with pytest.raises(StepError):
        shop.card("1000000023", reception="same")


def test_another_choice_under_the_same_session_is_refused(shop: Shop) -> None:
    session = shop.chosen(KASAI).session
    with pytest.raises(StepError):
        choosing.select(shop.caller, session, "kisai", (), {})


def test_the_same_person_twice_and_the_same_moment_are_two_sessions(shop: Shop) -> None:
    one, two = shop.paid(KASAI), shop.paid(KASAI)
    assert shop.document(two).number != shop.document(one).number
    assert ledger() == [("000001", "valid"), ("000002", "valid")]


# ---- out of order, late ------------------------------------------------------------------------------------------


def test_no_step_is_left_out(shop: Shop) -> None:
    session = shop.card(KASAI).session
    for early in (lambda: shop.document(session), lambda: shop.printed(session)):
        with pytest.raises(StepError):
            early()
    with pytest.raises(UsageError):
        choosing.pay(shop.caller, session, 200)
    chosen = shop.chosen(KASAI).session
    with pytest.raises(UsageError):
        choosing.pay(shop.caller, chosen, 199)
    assert ledger() == []


@pytest.mark.parametrize("steps", range(4))
def test_cancelled_at_any_step_nothing_follows(shop: Shop, steps: int) -> None:
    session = _walked(shop, steps)
    assert ending.cancel(shop.caller, session).state == State.CANCELLED
    assert ending.cancel(shop.caller, session).told == Told.ENDED
    for late in (
        lambda: choosing.select(shop.caller, session, "kisai", (), {}),
        lambda: shop.document(session),
        lambda: shop.printed(session),
    ):
        with pytest.raises(StepError):
            late()
    assert ledger() == ([("000001", "withdrawn")] if steps == 3 else [])


def _walked(shop: Shop, steps: int) -> UUID:
    if steps < 2:
        return (shop.card(KASAI) if steps == 0 else shop.chosen(KASAI)).session
    session = shop.paid(KASAI)
    if steps == 3:
        shop.document(session)
    return session


def test_a_late_result_after_the_cancel_is_dropped(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The 横浜 type: the paper comes out of the drawing after its request has ended."""
    session = shop.paid(KASAI)

    def slow(*given: Any, **named: Any) -> Issued:
        made = services.issue(*given, **named)
        ending.cancel(shop.caller, session)
        return made

    monkeypatch.setattr(paper, "issue", slow)
    with pytest.raises(StepError):
        shop.document(session)
    assert shop.row(session).state == State.CANCELLED
    assert ledger() == [("000001", "withdrawn")]


def test_an_attempt_that_died_is_taken_over(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    session = shop.paid(KASAI)

    def killed(*_: object, **__: object) -> object:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(paper, "issue", killed)
        with pytest.raises(KeyboardInterrupt):
            shop.document(session)
    with pytest.raises(StepError, match="作成しています"):
        shop.document(session)
    monkeypatch.setattr(paper, "PATIENCE", timedelta(0))
    assert shop.document(session).number.endswith("000001")
    assert ledger() == [("000001", "valid")]


def test_a_session_past_its_time_ends_by_itself(shop: Shop) -> None:
    waiting, sent = shop.card(KASAI).session, shop.paid(KASAI)
    shop.document(sent)
    past = timezone.now() - timedelta(seconds=1)
    with wall(TOWN_A):
        Session.objects.filter(pk__in=[waiting, sent]).update(deadline=past)
    assert choosing.select(shop.caller, waiting, "juminhyo", (), {}).told == Told.LATER
    shop.card(KASAI)
    assert [shop.row(one).state for one in (waiting, sent)] == [State.CANCELLED, State.UNKNOWN]
    assert shop.printed(sent).state == State.PRINTED


def test_not_printed_is_void_and_its_number_is_not_used_again(shop: Shop) -> None:
    first = shop.paid(KASAI)
    shop.document(first)
    assert shop.printed(first, printed=False).state == State.CANCELLED
    second = shop.paid(KASAI)
    assert shop.document(second).number.endswith("000002")
    assert ledger() == [("000001", "withdrawn"), ("000002", "valid")]
    with pytest.raises(StepError):
        shop.printed(first)


def test_too_many_in_the_making_are_turned_away_early(shop: Shop) -> None:
    from yakuba.issuance.kiosk.administration import configure

    configure(system(TOWN_A), queue_limit=1)
    shop.paid(KASAI)
    with pytest.raises(BusyError):
        shop.card(KASAI)
    assert shop.card(KASAI, town=TOWN_B).state in (State.OFFERED, State.CANCELLED)


# ---- the record changes ------------------------------------------------------------------------------------------


def test_a_record_that_changed_after_the_choice_is_not_printed(shop: Shop) -> None:
    from yakuba.registry.models import Resident

    session = shop.paid(KASAI)
    with wall(TOWN_A):
        Resident.objects.filter(addressee=KASAI).update(blocked="2", leaving="2026-12-01")
    with pytest.raises(EndedError) as ended:
        shop.document(session)
    assert ended.value.reason in (Reason.MOVED, Reason.HIDDEN)
    assert ledger() == []
    assert shop.row(session).state == State.CANCELLED


# ---- whose it is -------------------------------------------------------------------------------------------------


def test_nobody_elses_session_exists(shop: Shop) -> None:
    session = shop.paid(KASAI)
    for stranger in (Caller(TOWN_B, shop.fingerprint), Caller(TOWN_A, "0" * 64), Caller("990035", shop.fingerprint)):
        for ask in (lambda who: opening.look(who, session), lambda who: paper.document(who, session)):
            with pytest.raises(NotFoundError):
                ask(stranger)
    assert shop.row(session).state == State.PAID


def test_a_card_of_one_town_is_nobodys_in_another(shop: Shop) -> None:
    only_a = next(
        one for one in ("1000000040", KASAI, "1000000023") if shop.card(one, town=TOWN_B).told == Told.COUNTER
    )
    assert serial(only_a)


# ---- the database holds the steps --------------------------------------------------------------------------------


def test_the_database_takes_no_step_that_there_is_not(shop: Shop) -> None:
    like = shop.row(shop.card(KASAI).session)
    for before, after in product(State, State):
        made = _in_state(like, before)
        if after in STEPS[before] or (before == after and not before.over):
            with wall(TOWN_A):
                assert Session.objects.filter(pk=made).update(state=after) == 1
            continue
        with pytest.raises(DatabaseError), wall(TOWN_A):
            Session.objects.filter(pk=made).update(state=after)


def _in_state(like: Session, state: State) -> UUID:
    """One more session, put there in a state as no program of ours can."""
    number = uuid4()
    with wall(TOWN_A):
        Session.objects.create(
            id=number, municipality_id=TOWN_A, centre_id=like.centre_id, reception=number.hex, machine="K1",
            company="711", serial=like.serial, state=state, received_at=like.received_at, deadline=like.deadline,
        )  # fmt: skip
    return number


def test_a_session_never_becomes_somebody_elses(shop: Shop) -> None:
    session = shop.card(KASAI).session
    for change in ({"addressee": "1000000023"}, {"serial": "X"}, {"reception": "other"}):
        with pytest.raises(DatabaseError, match="one request of one person"), wall(TOWN_A):
            Session.objects.filter(pk=session).update(**change)
