"""The end of a day: our list, the centre's, what was unknown, what the shops owe.

Oracle: the domain facts on コンビニ交付, section 17: history of the server = list of the centre = fee statement.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from tests.world import TOWN_A

from yakuba.issuance.kiosk.lists import Listed, read_list, write_list, write_settlement
from yakuba.issuance.kiosk.reconciling import our_list, reconcile, settlement
from yakuba.issuance.kiosk.states import State
from yakuba.kernel.errors import UsageError
from yakuba.tenancy.acting import system

if TYPE_CHECKING:
    from tests.issuance_kiosk.shop import Shop

KASAI = "1000000015"


def sent(shop: Shop, kind: str = "juminhyo") -> Listed:
    """A paper that was sent, as the centre will list it."""
    session = shop.paid(KASAI, kind)
    made = shop.document(session)
    return Listed(shop.row(session).reception, kind, "711", made.number, 200, printed=True)


def test_the_centres_list_settles_what_was_unknown(shop: Shop) -> None:
    admin, today = system(TOWN_A), timezone.localdate()
    known, lost, jammed = sent(shop), sent(shop, "kisai"), sent(shop)
    theirs = [known, lost, replace(jammed, printed=False)]
    outcome = reconcile(admin, today, read_list(write_list(theirs)))
    assert (outcome.ours, outcome.theirs, outcome.settled, outcome.differences) == (2, 2, 3, ())
    again = reconcile(admin, today, theirs)
    assert (again.settled, again.differences) == (0, ())
    assert list(our_list(admin, today)) == [known, lost]
    dues = settlement(admin, today)
    assert [(one.kind, one.papers, one.fees, one.commission, one.net) for one in dues] == [
        ("juminhyo", 1, 200, 117, 83),
        ("kisai", 1, 200, 117, 83),
    ]
    assert write_settlement(dues).splitlines()[1] == f"{today},juminhyo,711,1,200,117,83"


def test_what_does_not_agree_is_shown_and_changes_nothing(shop: Shop) -> None:
    admin, today = system(TOWN_A), timezone.localdate()
    ours, other = sent(shop), sent(shop)
    theirs = [replace(ours, number="2026-999999"), Listed("strange", "inkan", "711", "2026-000009", 200, printed=True)]
    outcome = reconcile(admin, today, theirs)
    assert outcome.settled == 0
    assert {(one.reception, one.what) for one in outcome.differences} == {
        (ours.reception, "number"),
        (ours.reception, "printed"),
        (other.reception, "ours_only"),
        ("strange", "theirs_only"),
    }
    assert settlement(admin, today) == ()


def test_a_paper_whose_session_died_is_void_at_the_end_of_the_day(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between the cancel and the void: the ledger gets its word later."""
    from yakuba.issuance import queries
    from yakuba.issuance.kiosk import ending

    session = shop.paid(KASAI)
    shop.document(session)
    with monkeypatch.context() as patch:
        patch.setattr(ending, "void_paper", lambda *_: False)
        assert shop.printed(session, printed=False).state == State.CANCELLED
    admin = system(TOWN_A)
    assert queries.ledger(admin, queries.Filter())[0][0].state == "valid"
    reconcile(admin, timezone.localdate(), [])
    assert queries.ledger(admin, queries.Filter())[0][0].state == "withdrawn"


@pytest.mark.parametrize("text", ["", "受付番号\n1\n", "受付番号,証明書,事業者,発行番号,手数料,印刷\nR1,k,c,1,x,1\n"])
def test_a_list_that_is_none(text: str) -> None:
    with pytest.raises(UsageError):
        read_list(text)


def test_a_list_with_one_number_twice(shop: Shop) -> None:
    one = sent(shop)
    with pytest.raises(UsageError):
        reconcile(system(TOWN_A), timezone.localdate(), [one, one])
