"""計画停止 that end early. Oracle: what a person at a machine is told before, while and after."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from tests.world import TOWN_A, TOWN_B

from yakuba.issuance.kiosk import administration, queries
from yakuba.issuance.kiosk.planned_stops import end_stop
from yakuba.issuance.kiosk.reasons import Told
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotFoundError, system

if TYPE_CHECKING:
    from tests.issuance_kiosk.shop import Shop

KASAI = "1000000015"
HOUR = timedelta(hours=1)


def test_a_stop_that_is_ended_is_over_at_once(shop: Shop) -> None:
    now, actor = timezone.now(), system(TOWN_A)
    administration.plan_stop(actor, now - HOUR, now + HOUR, "点検")
    assert shop.card(KASAI).told == Told.CLOSED
    (window,) = queries.standing(actor).windows
    with pytest.raises(NotFoundError):
        end_stop(system(TOWN_B), window.window)
    end_stop(actor, window.window)
    end_stop(actor, window.window)
    assert shop.card(KASAI).told is None
    assert queries.standing(actor).windows == ()
    entries, _ = audit.entries(actor, audit.Filter(action="kiosk_window_end"))
    assert [one.reason for one in entries] == ["点検"]
    assert entries[0].detail["last"] == window.last.isoformat()


def test_a_stop_that_has_not_begun_does_not_happen(shop: Shop) -> None:
    now, actor = timezone.now(), system(TOWN_A)
    administration.plan_stop(actor, now + HOUR, now + 2 * HOUR, "入替え", kind="juminhyo")
    (window,) = queries.standing(actor).windows
    end_stop(actor, window.window)
    assert queries.standing(actor).windows == ()
    assert shop.card(KASAI).told is None
