"""Thinning (間引き): of old generations that the centre has confirmed, the data need not stay in the outbox for ever.

The entries stay, so that the chain goes on and proves itself; the newest generations stay whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.link import receipts
from yakuba.link.journal import note
from yakuba.link.sealing import outbox
from yakuba.link.settings import within
from yakuba.vault.errors import LockedError
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from yakuba.link.place import Place
    from yakuba.link.settings import Settings


def thin(place: Place, settings: Settings) -> int:
    """Remove the objects of old, confirmed generations from the outbox; gives how many.

    What stands on something older keeps it: a restore of the newest `keep_generations` never lacks a layer. Objects
    within their retention stay too.
    """
    keep = settings.outbox.keep_generations
    if not keep:
        return 0
    chain = outbox(place, settings)
    newest = chain.kept[-keep:]
    needed = {layer.name for one in newest for layer in chain.layers(one.number)}
    store, known = open_store(str(within(place, settings.outbox.folder))), receipts.confirmed(place)
    there, gone = set(store.names("objects/")), 0
    for one in chain.objects:
        if one.name not in needed and one.name in there and one.entry in known and one.generation < newest[0].number:
            try:
                store.delete(one.name)
            except LockedError:
                continue
            note(place, "thinned", number=one.entry)
            gone += 1
    return gone
