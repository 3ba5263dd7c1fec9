"""Planted mix-ups: whatever gets between the drawing and the sending, the wrong paper does not leave.

Oracle: issue 4 no. 6 (caught 100 %) and the incidents of 2023–24: the file of the person before or after (横浜市,
宗像市), of another shop at the same moment (川崎市, 高松市), of another municipality.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from tests.issuance_kiosk.shop import Shop
from tests.world import TOWN_A, TOWN_B

from yakuba.issuance import queries, services
from yakuba.issuance.kiosk import paper
from yakuba.issuance.kiosk.errors import EndedError
from yakuba.issuance.kiosk.reasons import Reason, Told
from yakuba.issuance.kiosk.states import State
from yakuba.tenancy.acting import system

if TYPE_CHECKING:
    from uuid import UUID

    from yakuba.issuance.application import Issued

KASAI, HANA, TSUJI = "1000000015", "1000000023", "1000000031"


def swapped(monkeypatch: pytest.MonkeyPatch, change: dict[str, Any]) -> None:
    """From now on another paper comes out of the making than the one that was made."""
    monkeypatch.setattr(paper, "issue", lambda *given, **named: replace(services.issue(*given, **named), **change))


def caught(shop: Shop, session: UUID) -> None:
    """Nothing left, the session ended, the number is void, the town stands still until somebody has looked."""
    with pytest.raises(EndedError) as ended:
        shop.document(session)
    assert (ended.value.reason, ended.value.reason.told) == (Reason.MISMATCH, Told.CLOSED)
    row = shop.row(session)
    assert (row.state, row.sends, row.digest) == (State.CANCELLED, 0, "")
    lines, _ = queries.ledger(system(shop.town), queries.Filter())
    assert lines[0].state == "withdrawn"
    assert queries.stopped(shop.town)
    assert shop.card(KASAI).told == Told.CLOSED
    services.resume(system(shop.town), "試験")


def test_any_other_paper_in_place_of_the_right_one(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every ordered pair of: another person, somebody of the household, the same person's other or earlier paper."""
    asked = [(KASAI, "juminhyo"), (KASAI, "kisai"), (HANA, "juminhyo"), (TSUJI, "kisai")]
    there = [shop.document(shop.paid(who, kind)).pdf for who, kind in asked]
    other = Shop(TOWN_B)
    there.append(other.document(other.paid(KASAI)).pdf)
    tried = 0
    # The paper in the same place is that of an earlier request of the same person for the same kind.
    for mine, strange in product(range(len(asked)), range(len(there))):
        session = shop.paid(*asked[mine])
        with monkeypatch.context() as patch:
            swapped(patch, {"pdf": there[strange]})
            caught(shop, session)
        tried += 1
    assert tried == 20
    assert not queries.stopped(TOWN_B)


def test_the_whole_result_of_another_request(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes, number and entry of another session, which all fit together."""
    first = shop.paid(HANA)
    kept: list[Issued] = []

    def keep(*given: Any, **named: Any) -> Issued:
        kept.append(services.issue(*given, **named))
        return kept[-1]

    with monkeypatch.context() as patch:
        patch.setattr(paper, "issue", keep)
        shop.document(first)
    session = shop.paid(KASAI)
    swapped(monkeypatch, {name: getattr(kept[0], name) for name in ("pdf", "number", "entry", "request")})
    caught(shop, session)


@pytest.mark.parametrize("cut", [0, 1, 100, -1, -2000])
def test_bytes_that_are_damaged(shop: Shop, monkeypatch: pytest.MonkeyPatch, cut: int) -> None:
    whole = shop.document(shop.paid(KASAI)).pdf
    session = shop.paid(KASAI)
    swapped(monkeypatch, {"pdf": whole[:cut]})
    caught(shop, session)
    assert shop.town == TOWN_A
