"""Keeping (保存の延長): the store's locks reach as far as the retention of everything that stands on a file.

A delta is worth nothing without the objects below it. So before it is written, their locks are made to last as long as
its own; an entry says how far, in `locks`. They are extended in strides, so that a day asks for a few of them only.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from yakuba.vault.format.times import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from yakuba.vault.chain import Chain
    from yakuba.vault.generation import StoredObject
    from yakuba.vault.store import Store

_STRIDE = timedelta(days=30)


def locks(chain: Chain) -> dict[str, datetime]:
    """Until when each object that should be in the store may not be deleted, by name."""
    longer = chain.ledger.locks
    return {one.name: max(one.retain_until, longer.get(one.name, one.retain_until)) for one in chain.objects}


def keep_below(store: Store, chain: Chain, until: datetime) -> dict[str, dict[str, str]]:
    """What the newest generation stands on is locked at least until then: called before a delta on it is written.

    Returns:
        `{"locks": {object: until}}` for the entry of the delta; nothing when all reach far enough already.

    Raises:
        CannotContinueError: the store does not take a lock; the delta must not be written.
    """
    return keep_objects(store, chain, chain.layers(chain.generations[-1].number), until)


def keep_objects(
    store: Store, chain: Chain, objects: Iterable[StoredObject], until: datetime
) -> dict[str, dict[str, str]]:
    """The same for objects of one's choice."""
    has, longer = locks(chain), until + _STRIDE
    short = [one.name for one in objects if has[one.name] < until]
    for name in short:
        store.keep(name, longer)
    return {"locks": dict.fromkeys(short, stamp(longer))} if short else {}
