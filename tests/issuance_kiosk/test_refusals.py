"""Who gets nothing at a machine, when nothing is open, and that the outside cannot tell why.

Oracle: the domain facts on コンビニ交付, sections 3, 7, 13, 15; the cast of tests/world.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from tests.issuance_kiosk.shop import KINDS, Shop, certificate, serial
from tests.world import TOWN_A, TOWN_B

from yakuba.issuance import services
from yakuba.issuance.kiosk import administration, cards, opening
from yakuba.issuance.kiosk.access import Caller
from yakuba.issuance.kiosk.hours import Hours, Pause, paused
from yakuba.issuance.kiosk.queries import open_kinds, standing
from yakuba.issuance.kiosk.reasons import Reason, Told
from yakuba.issuance.kiosk.restrictions import old_enough
from yakuba.issuance.kiosk.states import State
from yakuba.kernel.errors import UsageError
from yakuba.registry.models import Resident
from yakuba.tenancy.acting import NotAllowedError, NotFoundError, system
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from pathlib import Path

TOKYO = ZoneInfo("Asia/Tokyo")
KASAI, HANA, BABY = "1000000015", "1000000023", "1000000058"
REMOVED, UNKNOWN_DAY, LEAVING, NOBODY = "1000000074", "1000000104", "1000000139", "9999999999"


def refused(shop: Shop, addressee: str) -> Reason:
    """Why, as it is kept; the outside gets no more than is told."""
    answer = shop.card(addressee)
    assert answer.state == State.CANCELLED
    assert (answer.menu, answer.members, answer.fee) == ((), (), None)
    reason = Reason(shop.row(answer.session).reason)
    assert answer.told == reason.told
    return reason


@pytest.mark.parametrize(
    ("addressee", "reason"),
    [
        (NOBODY, Reason.NOBODY),
        (BABY, Reason.MOVED),
        (REMOVED, Reason.MOVED),
        (UNKNOWN_DAY, Reason.MOVED),
        (LEAVING, Reason.MOVED),
    ],
)
def test_who_gets_nothing(shop: Shop, addressee: str, reason: Reason) -> None:
    assert refused(shop, addressee) == reason
    assert reason.told == Told.COUNTER


@pytest.mark.parametrize("change", [{"protected": True}, {"blocked": "2"}])
@pytest.mark.parametrize("who", [KASAI, HANA])
def test_protected_or_blocked_it_or_somebody_of_the_household(shop: Shop, who: str, change: dict[str, object]) -> None:
    with wall(TOWN_A):
        Resident.objects.filter(addressee=who).update(**change)
        if "blocked" in change:
            _block(who)
    assert refused(shop, KASAI) == Reason.HIDDEN
    assert Reason.HIDDEN.told == Reason.NOBODY.told == Reason.MOVED.told
    assert len({one.told.text for one in (Reason.HIDDEN, Reason.NOBODY, Reason.MOVED)}) == 1


def _block(who: str) -> None:
    """A row of 抑止 as the layout writes it."""
    from yakuba.layouts.read import layout
    from yakuba.registry.models import Ledger, Load, Record

    named = "kihon/2023-09/001_juminkihondaicho"
    group = layout(named).by_name["抑止"]
    columns = [item.name for item in group.items]
    row = {"宛名番号": who, "抑止レベル": "1", "抑止開始年月日": "2026-01-01"}
    ledger = Ledger.objects.create(
        municipality_id=TOWN_A, load=Load.objects.get(), layout=named, group=group.identifier, business="住民基本台帳",
        title="抑止", folder="x", place=9, columns=columns, addressee_column="宛名番号",
    )  # fmt: skip
    Record.objects.create(
        municipality_id=TOWN_A, ledger=ledger, row=0, addressee=who, cells=[row.get(name) for name in columns]
    )


def test_age_is_counted_by_birthdays() -> None:
    leap = {"生年月日": "2012-02-29", "生年月日_不詳フラグ": "0"}
    assert [old_enough(leap, date(2027, 2, 28), 15), old_enough(leap, date(2027, 3, 1), 15)] == [False, True]
    assert not old_enough({"生年月日": "1951-02-29"}, date(2026, 11, 21), 15)
    assert not old_enough({"生年月日": ""}, date(2026, 11, 21), 15)


def test_a_kind_without_its_record_is_not_on_the_menu_and_nothing_at_all_says_so(shop: Shop) -> None:
    for kind in ("juminhyo", "kisai"):
        administration.close(system(TOWN_A), kind, "点検")
    assert refused(shop, KASAI) == Reason.NOT_REGISTERED
    administration.reopen(system(TOWN_A), "kisai")
    assert [dish.kind for dish in shop.card(KASAI).menu] == ["kisai"]


# ---- closed ------------------------------------------------------------------------------------------------------


def closed(shop: Shop) -> bool:
    """Whether nothing is open; the other town's machines go on."""
    kinds = open_kinds(shop.caller)
    assert any(one for _, _, one in open_kinds(Caller(TOWN_B, shop.fingerprint)))
    shut = not any(one for _, _, one in kinds)
    assert shut == (shop.card(KASAI).told == Told.CLOSED)
    return shut


def test_switched_off_stopped_or_paused(shop: Shop) -> None:
    admin, now = system(TOWN_A), timezone.now()
    assert not closed(shop)
    administration.configure(admin, running=False)
    assert closed(shop)
    administration.configure(admin, running=True)
    services.stop(admin, "試験")
    assert closed(shop)
    services.resume(admin, "試験")
    assert not closed(shop)
    administration.plan_stop(admin, now + timedelta(hours=1), now + timedelta(hours=2), "点検")
    assert not closed(shop)
    administration.plan_stop(admin, now - timedelta(hours=1), now + timedelta(hours=1), "点検")
    assert closed(shop)


def test_hours_by_kind_weekday_and_day() -> None:
    saturday = datetime(2026, 11, 21, 12, tzinfo=TOKYO)
    assert Hours().open_at(saturday)
    assert not replace(Hours(), weekdays="12345").open_at(saturday)
    assert not replace(Hours(), closed_days=("2026-11-21",)).open_at(saturday)
    assert not Hours().open_at(datetime(2026, 12, 29, 12, tzinfo=TOKYO))
    window = Pause("inkan", saturday, saturday + timedelta(hours=1))
    assert paused([window], "inkan", saturday)
    assert not paused([window], "juminhyo", saturday)
    assert not paused([window], "inkan", saturday + timedelta(hours=1))


@pytest.mark.parametrize("text", ["nonsense", "23:00-06:30", "06:30", "25:00-26:00"])
def test_hours_that_cannot_be_meant(text: str) -> None:
    with pytest.raises(UsageError):
        administration.span(text)


def test_who_may_set_it_up_and_what_is_never_for_machines(shop: Shop) -> None:
    admin = system(TOWN_A)
    nobody = replace(admin, staff=7, rights=())
    for forbidden in (
        lambda: administration.configure(nobody, running=False),
        lambda: administration.close(nobody, "inkan", "x"),
        lambda: cards.feed_cards(nobody, 2, []),
        lambda: standing(nobody),
    ):
        with pytest.raises(NotAllowedError):
            forbidden()
    for kind, choices in (("johyo", None), ("tenshutsu", None), ("juminhyo", ("resident_code",)), ("nothing", None)):
        with pytest.raises(UsageError):
            administration.offer(admin, kind, choices=choices)
    with pytest.raises(UsageError):
        administration.admit(admin, "x", certificate(days=-1))
    with pytest.raises(UsageError):
        administration.admit(admin, "x", b"nonsense")
    administration.expel(admin, shop.fingerprint)
    with pytest.raises(NotFoundError):
        shop.card(KASAI)
    assert {one.kind for one in standing(admin).offers} == set(KINDS)


# ---- cards -------------------------------------------------------------------------------------------------------


def test_a_missing_message_stops_the_machines_until_a_whole_list_comes(shop: Shop) -> None:
    admin = system(TOWN_A)
    assert cards.feed_cards(admin, 2, [cards.CardLine("NEW", KASAI)])
    assert not cards.feed_cards(admin, 2, [cards.CardLine("NEW", HANA)])
    arrival = opening.Arrival("r", "NEW", "K1", "711")
    assert shop.row(opening.open_session(shop.caller, arrival).session).addressee == KASAI
    with pytest.raises(cards.GapError):
        cards.feed_cards(admin, 4, [])
    assert closed(shop)
    assert standing(admin).gap
    with pytest.raises(cards.GapError):
        cards.feed_cards(admin, 3, [])
    assert cards.replace_cards(admin, 5, [cards.CardLine(serial(KASAI), KASAI)]) == 1
    assert not closed(shop)
    assert refused(shop, HANA) == Reason.NOBODY


def test_a_card_has_its_history_and_goes_over_to_nobody_silently(shop: Shop) -> None:
    from yakuba.issuance.kiosk.models import Card

    cards.feed_cards(system(TOWN_A), 2, [cards.CardLine(serial(KASAI), HANA), cards.CardLine(serial(HANA), "")])
    assert shop.row(shop.card(KASAI).session).addressee == HANA
    assert refused(shop, HANA) == Reason.NOBODY
    with wall(TOWN_A):
        past = Card.objects.filter(serial=serial(KASAI)).order_by("since")
        assert [(one.addressee, one.until is None) for one in past] == [(KASAI, False), (HANA, True)]
    with pytest.raises(UsageError):
        cards.feed_cards(system(TOWN_A), 3, [cards.CardLine("A", KASAI), cards.CardLine("A", HANA)])


def test_cards_that_are_too_old_are_not_believed(shop: Shop) -> None:
    from yakuba.issuance.kiosk.models import Service

    admin = system(TOWN_A)
    administration.configure(admin, feed_minutes=60)
    assert not closed(shop)
    with wall(TOWN_A):
        Service.objects.update(fed_at=timezone.now() - timedelta(minutes=61))
    assert closed(shop)
    cards.feed_cards(admin, 2, [])
    assert not closed(shop)


@pytest.mark.parametrize(
    "text",
    [
        "シリアル番号\nA1\n",
        "シリアル番号,宛名番号\n!!,1\n",
        "シリアル番号,宛名番号\nA1,x\n",
        "シリアル番号,宛名番号\n" + "A" * 21 + ",1\n",
    ],
)
def test_a_list_of_cards_that_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cards.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError):
        cards.read_cards(path)
