"""Veils (見せない項目): what of a record an actor does not get, and why.

One rule for screens, API and output: whatever is veiled is not handed out at all, and so is not in the log as seen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yakuba.tenancy.rights import ALWAYS, ORDINARY, Action, item_group_of, masked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yakuba.tenancy.acting import Actor

CAREFUL = frozenset({"mynumber", "juminhyo_code"})
"""Item groups that even who may see them sees only for a reason (番号法; 住民記録システム標準仕様書 10.4)."""


@dataclass(frozen=True, slots=True)
class Veil:
    """What is not handed out.

    Attributes:
        closed: items that the actor has no right to. kept: items that wait for a reason.
        texts: values that would name somebody who does not exist for the actor, in whatever item they stand.
    """

    closed: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()

    def masks(self, name: str, raw: str) -> bool:
        """Whether this value of this item is not for this actor."""
        return name in self.closed or (bool(raw) and raw in self.texts)

    def also(self, names: Iterable[str]) -> Veil:
        """The same with more items closed."""
        return replace(self, closed=self.closed.union(names))


BARE = Veil()
"""Nothing is hidden: for what the program itself has to read."""


def veil(actor: Actor, business: str, names: Iterable[str], reason: str, texts: frozenset[str] = frozenset()) -> Veil:
    """The veil over the items of one business.

    Args:
        business: its identifier. names: official item names. reason: why the actor looks, "" for none given.
        texts: see `Veil.texts`.
    """
    names = tuple(names)
    careful = () if reason.strip() else (name for name in names if item_group_of(business, name) in CAREFUL)
    return Veil(masked(actor, business, names), frozenset(careful), texts)


def closed_to(actor: Actor, action: Action, business: str, names: Iterable[str]) -> frozenset[str]:
    """Items that the actor may not see, or with which the actor may not do this (hand on, change)."""
    names = frozenset(names)
    groups = {name: item_group_of(business, name) for name in names}
    ordinary = {ALWAYS: ORDINARY}
    may = {group: actor.may(action, business, ordinary.get(group, group)) for group in set(groups.values())}
    return masked(actor, business, names) | {name for name in names if not may[groups[name]]}
