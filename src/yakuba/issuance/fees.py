"""Fees (手数料): what a copy costs on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.issuance.application import Channel

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from yakuba.issuance.models import Fee


def fee_on(fees: Iterable[Fee], kind: str, channel: Channel, day: date) -> int | None:
    """Yen for one copy; None where the municipality has set nothing. A batch costs what the counter does.

    Args:
        fees: of all kinds, the older before the newer (`approving.Held.fees`).
    """
    way = Channel.COUNTER if channel is Channel.BATCH else channel
    found = [one.yen for one in fees if one.kind == kind and one.channel == way and one.valid_from <= day]
    return found[-1] if found else None
