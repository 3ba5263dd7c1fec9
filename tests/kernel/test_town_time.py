"""The day at the town hall does not hang on the machine's time zone. Oracle: the official list of time zones."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakuba.kernel.town_time import JAPAN, today

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKYO = ZoneInfo("Asia/Tokyo")


# At every moment it is another day in Kiritimati or in Pago Pago than in Japan.
@pytest.fixture(params=["UTC", "Asia/Tokyo", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def elsewhere(request: pytest.FixtureRequest) -> Iterator[None]:
    """A machine whose clock is set to another place."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("elsewhere")
def test_today_is_the_day_in_japan() -> None:
    before = datetime.now(TOKYO).date()
    assert before <= today() <= datetime.now(TOKYO).date()


@given(st.datetimes(datetime(1952, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds it
def test_nine_hours_are_what_the_list_of_time_zones_says(moment: datetime) -> None:
    assert moment.astimezone(JAPAN).isoformat() == moment.astimezone(TOKYO).isoformat()
