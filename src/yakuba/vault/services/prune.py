"""Prune (世代の整理): what the policy no longer keeps goes; first the entry that says so, then the objects.

Killed in between, the next prune finishes it. What stays is looked at first: nothing is deleted while something that
has to stay is missing, or while a compacted object that replaces others is not what was stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.kernel.errors import NotProvenError
from yakuba.kernel.progress import SILENT
from yakuba.vault.clock import deleting_time
from yakuba.vault.errors import LockedError, MissingError
from yakuba.vault.format.names import OBJECTS, object_number
from yakuba.vault.services.keeping import locks
from yakuba.vault.services.objects import read_again
from yakuba.vault.services.writable import open_writable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from yakuba.kernel.progress import Progress
    from yakuba.vault.chain import Chain
    from yakuba.vault.generation import StoredObject
    from yakuba.vault.services.policy import Policy
    from yakuba.vault.services.writable import Writable
    from yakuba.vault.store import Store

_REMEDY = "何も消していません。yakuba vault verify で調べ、写しから戻してください nothing was deleted: run verify"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a prune does.

    Attributes:
        kept: why each generation stays ("newest", "daily", … "held", "retained"), by number.
        generations: numbers given up. objects: no longer needed by any generation that stays.
        waiting: not needed either, but within their retention.
    """

    kept: Mapping[int, str]
    generations: tuple[int, ...]
    objects: tuple[StoredObject, ...]
    waiting: tuple[StoredObject, ...]


@dataclass(frozen=True, slots=True)
class Pruned:
    """What a prune did.

    Attributes:
        plan: as above. deleted: names that went now: of this prune, of a former one that was cut, and leftovers of
            writers that never got as far as their entry. refused: names that the store still locks; a later prune
            deletes them. bytes: freed; 0 for those of which only the name was known.
    """

    plan: Plan
    deleted: tuple[str, ...]
    refused: tuple[str, ...]
    bytes: int


def planned(chain: Chain, policy: Policy, at: datetime) -> Plan:
    """What a prune would do at a moment, see `clock.deleting_time`. Nothing is touched."""
    kept, until = policy.reasons(chain, at), locks(chain)
    needed = {one.name for number in kept for one in chain.layers(number)}
    free = [one for one in chain.objects if one.name not in needed]
    return Plan(
        kept=kept,
        generations=tuple(one.number for one in chain.kept if one.number not in kept),
        objects=tuple(one for one in free if until[one.name] <= at),
        waiting=tuple(one for one in free if until[one.name] > at),
    )


def prune(
    place: str,
    policy: Policy,
    *,
    keys: Path,
    dry_run: bool = False,
    signer: str | None = None,
    now: datetime | None = None,
    progress: Progress = SILENT,
) -> Pruned:
    """Give up what the policy no longer keeps.

    Args:
        keys, signer, now: see `open_writable`. dry_run: only say what would go.

    Raises:
        NotProvenError: something that has to stay is damaged; nothing was deleted. Others as for `open_writable`.
    """
    return prune_opened(open_writable(place, keys, signer, now), policy, dry_run=dry_run, now=now, progress=progress)


def prune_opened(
    vault: Writable, policy: Policy, *, dry_run: bool = False, now: datetime | None = None, progress: Progress = SILENT
) -> Pruned:
    """The same for a vault that is open. Arguments and errors as for `prune`."""
    plan = planned(vault.chain, policy, deleting_time(vault.store, vault.chain, now))
    if dry_run:
        return Pruned(plan, (), (), 0)
    _sound(vault.store, vault.chain, plan, progress)
    chain = vault.chain
    if plan.generations or plan.objects:
        given_up = {"generations": list(plan.generations), "objects": [one.name for one in plan.objects]}
        chain = vault.append("prune", given_up, lambda after: _as_planned(after, plan))
    deleted, refused = _delete(vault.store, _dead(vault.store, chain), progress)
    sizes = {one.name: one.size for one in vault.chain.objects}
    return Pruned(plan, deleted, refused, sum(sizes.get(name, 0) for name in deleted))


def _as_planned(after: Chain, plan: Plan) -> None:
    """The chain with the entry still gives everything that stays; asked before the entry is written."""
    if [one.number for one in after.kept] != sorted(plan.kept):
        raise NotProvenError("整理のあとに残る世代が違います other generations would stay", remedy=_REMEDY)


def _sound(store: Store, chain: Chain, plan: Plan, progress: Progress) -> None:
    """What stays is in the store, and what stays instead of something that goes was read again to its last byte."""
    going = {one.name for one in plan.objects}
    layers = {one.name: one for number in plan.kept for one in chain.layers(number)}
    progress.stage("残る世代を確かめる check what stays", len(layers), "objects")
    for one in layers.values():
        problem = None
        try:
            whole = store.size(one.name) == one.size
        except MissingError:
            whole = False
        if whole and one.entry != one.generation and going & _below(chain, one.generation):
            problem = read_again(store, one)
        if not whole or problem is not None:
            raise NotProvenError(
                f"世代 generation {one.generation}: {one.name} が壊れています is damaged", remedy=_REMEDY
            )
        progress.advance(1)


def _below(chain: Chain, number: int) -> set[str]:
    """Names of all objects that a generation was ever put together from."""
    names: set[str] = set()
    while True:
        names |= {one.name for one in chain.ledger.objects[number]}
        parent = chain.ledger.generations[number].parent
        if parent == number:
            return names
        number = parent


def _dead(store: Store, chain: Chain) -> list[str]:
    """Names in the store that no generation can ever need: given up, or left by a writer that lost.

    An object carries the number of its entry. Once the chain has that entry, and it names another object or none, no
    later one can name this object: it is bound to its place. A writer that is still at work has a higher number.
    """
    alive = {one.name for one in chain.objects}
    return [
        name
        for name in store.names(OBJECTS)
        if name not in alive and (number := object_number(name)) is not None and number < len(chain.entries)
    ]


def _delete(store: Store, names: list[str], progress: Progress) -> tuple[tuple[str, ...], tuple[str, ...]]:
    progress.stage("削除 delete", len(names), "objects")
    deleted, refused = list[str](), list[str]()
    for name in names:
        try:
            store.delete(name)
            deleted.append(name)
        except LockedError:
            refused.append(name)
        progress.advance(1)
    return tuple(deleted), tuple(refused)
