"""Policy (保存方針): which generations stay, and why. Nothing here depends on what a clock says now, but retention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError
from yakuba.kernel.town_time import JAPAN

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from yakuba.vault.chain import Chain
    from yakuba.vault.generation import Generation

_APRIL = 4

_PERIODS: dict[str, Callable[[datetime], object]] = {
    "daily": lambda day: day.date(),
    "weekly": lambda day: day.isocalendar()[:2],
    "monthly": lambda day: (day.year, day.month),
    "yearly": lambda day: day.year - (day.month < _APRIL),
}
"""What makes two moments the same day, week, month, 年度 (from April), by Japan's time."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How many generations stay: the newest ones, and the last one of each of the last days, weeks, months, 年度.

    As a period without a generation does not count, a vault that stands still loses nothing by the passing of time.
    """

    newest: int = 7
    daily: int = 35
    weekly: int = 10
    monthly: int = 13
    yearly: int = 5

    def __post_init__(self) -> None:
        """A policy keeps something.

        Raises:
            UsageError: it would give up the newest generation, or a number is below zero.
        """
        if self.newest < 1 or min(self.daily, self.weekly, self.monthly, self.yearly) < 0:
            remedy = "--newest は1以上、ほかは0以上にしてください at least 1 newest, 0 or more of the others"
            raise UsageError("何も残らない保存方針です a policy that keeps nothing", remedy=remedy)

    def reasons(self, chain: Chain, at: datetime) -> dict[int, str]:
        """Why each generation that stays does, by number; those not in it can be given up.

        Args:
            at: the moment to judge retention by, see `clock.deleting_time`.
        """
        there = sorted(chain.kept, key=lambda one: (one.as_of, one.number), reverse=True)
        kept = {one.number: "retained" for one in there if one.retain_until > at}
        kept |= dict.fromkeys(chain.holds, "held")
        for name, period in reversed(_PERIODS.items()):
            kept |= dict.fromkeys(_last_of_each(there, period, getattr(self, name)), name)
        # By number: what is written next stands on the newest entry, whatever moment its data claim.
        newest = sorted((one.number for one in there), reverse=True)
        kept |= dict.fromkeys(newest[: self.newest], "newest")
        return {one.number: kept[one.number] for one in chain.kept if one.number in kept}


def _last_of_each(there: list[Generation], period: Callable[[datetime], object], count: int) -> list[int]:
    """Numbers of the newest generation of each of the newest `count` periods."""
    last: dict[object, int] = {}
    for one in there:
        last.setdefault(period(one.as_of.astimezone(JAPAN)), one.number)
    return list(last.values())[:count]
