"""Rules of a change that look at the household (世帯の検査): one 世帯主 at most, and nobody left without one unnoticed.

Source: 住民記録システム標準仕様書 1.1.10 (at most one head), 4.1.4 (the head leaves: alert, ask for 世帯主変更). Only
members who exist for the actor are counted: a sentence about a hidden head would tell of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.registry.queries.visible import people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.registry.drafting import Drafted
    from yakuba.registry.entry_rules import Problem
    from yakuba.registry.models import Resident
    from yakuba.tenancy.acting import Actor

_HEAD = "世帯主"
_REMOVED = "1"


def second_head(actor: Actor, person: Resident, made: Drafted) -> list[Problem]:
    """エラー: the person becomes the head where somebody else is. Inside the wall."""
    home, relation, stays = _after(made)
    touched = {made.roles.get(role, "") for role in ("relation", "household", "removed")} & set(made.changes)
    if not touched or not stays or relation != _HEAD:
        return []
    heads = [one for one in _others(actor, person, home) if one.relation == _HEAD]
    sentence = "この世帯には、ほかに世帯主がいます。先にその人の続柄を変えてください"
    return [(made.roles.get("relation", ""), sentence)] if heads else []


def without_head(actor: Actor, person: Resident, made: Drafted) -> list[str]:
    """アラート: those who stay behind have no head any more. Inside the wall."""
    home, relation, stays = _after(made)
    leads = stays and relation == _HEAD and home == person.household
    if person.relation != _HEAD or person.removed or leads:
        return []
    left = _others(actor, person, person.household)
    if not left or any(one.relation == _HEAD for one in left):
        return []
    return [f"残る世帯員 {len(left)} 人に世帯主がいなくなります。世帯主変更の届出を確かめてください"]


def _after(made: Drafted) -> tuple[str, str, bool]:
    """Household, relation, and whether the person still lives here, as the change makes them."""
    household, relation, removed = (
        made.after.get(made.roles.get(role, ""), "") for role in ("household", "relation", "removed")
    )
    return household, relation, removed != _REMOVED


def _others(actor: Actor, person: Resident, home: str) -> Sequence[Resident]:
    found = people(actor).filter(household=home, removed=False, outsider=False).exclude(pk=person.pk)
    return list(found) if home else []
