"""Sending (送信): what the centre lacks of the outbox, objects before their entry, each from where it was cut off.

Nothing here is remembered between two attempts: what is sent is what the centre says that it lacks. So a cut line, a
kill and a power cut all end in the same way, and nothing arrives twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.kernel.errors import NotProvenError
from yakuba.link import receipts
from yakuba.link.centre import TryLaterError
from yakuba.link.journal import note
from yakuba.link.sealing import outbox
from yakuba.link.settings import within
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from threading import Event

    from yakuba.link.centre import Centre, Head
    from yakuba.link.place import Place
    from yakuba.link.settings import Settings
    from yakuba.vault.chain import Chain
    from yakuba.vault.format.entry import Entry
    from yakuba.vault.store import Store

_KIB = 1024
_STUCK = 8
"""Times that a piece may be sent without the centre getting further."""


def send(place: Place, settings: Settings, centre: Centre, head: Head, stop: Event) -> int:
    """Send everything that the centre lacks; gives how many entries it has confirmed now that it had not before.

    Args:
        head: what the centre has. stop: set by somebody who wants to end; then it ends between two pieces.

    Raises:
        TryLaterError: the line or the centre fails for now.
        CentreRefusedError: it will not take this.
        NotProvenError: what the centre has is not our chain.
    """
    chain = outbox(place, settings)
    known = receipts.confirmed(place)
    _same_chain(chain, head, max(known, default=-1))
    store = open_store(str(within(place, settings.outbox.folder)))
    done = 0
    for entry in chain.entries:
        if entry.number in known or stop.is_set():
            continue
        if entry.number > head.number:
            _objects(store, centre, entry, settings.centre.piece_kib * _KIB, stop)
            if stop.is_set():
                break
            note(place, "sent", number=entry.number)
        # An entry that the centre has already is answered with its receipt, which a cut line may have swallowed.
        receipts.keep(place, settings, entry, centre.entry(entry.number, entry.raw))
        done += 1
    return done


def _same_chain(chain: Chain, head: Head, confirmed: int) -> None:
    """What the centre has is the beginning of ours, and not less than it has confirmed.

    Raises:
        NotProvenError: it is another vault, another continuation, more than we have, or less than it had.
    """
    lost = "送信を止めました。センターの管理者に、第二センターの写しと比べてもらってください"
    if head.number < confirmed:
        raise NotProvenError("センターが、受領した記入を失っています the centre has lost entries", remedy=lost)
    if head.number < 0:
        return
    remedy = "送信を止めました。保管庫を取り違えたか、送り箱が古いものに戻されています。センターの写しと比べてください"
    if head.vault != chain.vault:
        raise NotProvenError("センターには別の保管庫があります the centre has another vault", remedy=remedy)
    if head.number >= len(chain.entries):
        raise NotProvenError(
            "センターのほうが新しい記入を持っています the centre is ahead of the outbox", remedy=remedy
        )
    if chain.entries[head.number].digest != head.digest:
        raise NotProvenError("センターの台帳と枝分かれしています the chains have parted", remedy=remedy)


def _objects(store: Store, centre: Centre, entry: Entry, piece: int, stop: Event) -> None:
    thing = entry.fields.get("object")
    if thing is None:
        return
    name, size = str(thing["name"]), int(thing["size"])
    received, stored = centre.received(name)
    stuck = 0
    while not stored and received < size:
        if stop.is_set():
            return
        before, received = received, centre.put(name, received, size, store.read(name, received, piece))
        stuck = stuck + 1 if received <= before else 0
        if stuck > _STUCK:
            raise TryLaterError("センター centre: no progress")
    centre.store(name, size, str(thing["sha256"]), str(entry.fields["retain_until"]))
