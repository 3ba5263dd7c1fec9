"""The centre's own copy of each chain (台帳の写し): every signed entry as it came, and when it came by our clock.

A store can be put back to an older state by whoever holds its keys; what the centre has seen once stays here. Which
generations are good is written here too, so that a screen need not verify signatures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yakuba.backup.models import Entry
from yakuba.vault.chain import Chain, chain_of
from yakuba.vault.format.times import moment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from yakuba.vault.format.entry import Entry as Written


def known(municipality: str) -> Sequence[Entry]:
    """Entries of a municipality with their files, by number. Inside its wall."""
    return list(Entry.objects.filter(municipality=municipality).order_by("number"))


def chain_known(rows: Sequence[Entry]) -> Chain:
    """The chain of our own copy, proven again.

    Raises:
        NotProvenError: the table was changed by somebody.
    """
    return chain_of([bytes(row.raw) for row in rows])


def add(
    municipality: str, entry: Written, *, received_at: datetime, verified: bool, receipt: Mapping[str, Any] | None
) -> None:
    """Keep an entry that has been proven. Inside the wall.

    Args:
        verified: its object's bytes have just been found to be those that it names.
    """
    fields = entry.fields
    thing = fields.get("object") or {}
    Entry.objects.create(
        municipality_id=municipality,
        number=entry.number,
        kind=entry.kind,
        digest=entry.digest,
        raw=entry.raw,
        written_at=entry.written_at,
        received_at=received_at,
        receipt=dict(receipt) if receipt else None,
        as_of=moment(fields["as_of"]) if "as_of" in fields else None,
        rows=fields.get("health") or {},
        object=thing.get("name", ""),
        size=thing.get("size", 0),
        sha256=thing.get("sha256", ""),
        verified_at=received_at if verified and thing else None,
    )


def appraise(municipality: str, chain: Chain) -> None:
    """Note which generations are good: every object that gives them was found right. Inside the wall.

    Args:
        chain: of our own copy, or of the store where both are the same.
    """
    rows = {row.number: row for row in Entry.objects.filter(municipality=municipality).defer("raw", "receipt")}
    sound = {row.object for row in rows.values() if row.object and row.verified_at and not row.swept_at}
    for one in chain.generations:
        good = not one.pruned and all(layer.name in sound for layer in chain.layers(one.number))
        if one.number in rows and rows[one.number].good is not good:
            Entry.objects.filter(pk=rows[one.number].pk).update(good=good)
