"""Digests of records (記録のダイジェスト): whether two systems hold the same of a person, without showing what."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from yakuba.kernel.canonical import canonical
from yakuba.registry.models import Record
from yakuba.registry.queries.visible import people
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.tenancy.acting import Actor


def record_digest(actor: Actor, addressee: str) -> str | None:
    """Digest of a person's newest row; None when nobody of this number exists for the actor. It is no look at anybody.

    Args:
        addressee: 宛名番号.
    """
    with wall(actor.municipality):
        found = people(actor).filter(addressee=addressee).select_related("ledger").first()
        if found is None:
            return None
        cells = Record.objects.get(ledger=found.ledger, row=found.row).cells
        return row_digest(dict(zip(found.ledger.columns, (cell or "" for cell in cells), strict=False)))


def row_digest(items: Mapping[str, str]) -> str:
    """SHA-256, hex, of a row: official item name → cell; empty cells do not count.

    >>> row_digest({"氏名": "", "宛名番号": "1"}) == row_digest({"宛名番号": "1"})
    True
    """
    return sha256(canonical({name: value for name, value in items.items() if value})).hexdigest()
