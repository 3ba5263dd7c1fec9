"""Clocks (時計): none is trusted alone. Who writes must agree with the store; who deletes takes the earliest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from yakuba.vault.chain import Chain
    from yakuba.vault.store import Store

APART = timedelta(minutes=10)
"""How far two clocks may be apart before one of them is wrong."""


def writing_time(store: Store) -> datetime:
    """The moment to write into an entry.

    Raises:
        CannotContinueError: this machine and the store disagree; a false time stamp is worse than a late backup.
    """
    ours, theirs = datetime.now(UTC), store.now()
    if abs(ours - theirs) > APART:
        remedy = "時刻合わせ（NTP）を直して、もう一度実行してください set the clock, then run again"
        problem = f"時計が合いません: この機械 {ours:%Y-%m-%d %H:%M} UTC, 保管庫 store {theirs:%Y-%m-%d %H:%M} UTC"
        raise CannotContinueError(problem, remedy=remedy)
    return ours


def deleting_time(store: Store, chain: Chain, ours: datetime | None = None) -> datetime:
    """The moment to judge retention by: the earliest of this clock, the store's, and the newest entry.

    A clock that runs ahead, ours or the store's, can therefore end no retention early.
    """
    return min(ours or datetime.now(UTC), store.now(), chain.entries[-1].written_at)
