"""Compact (まとめ直し): a generation of many objects becomes one object, proven equal; the old ones stay for the time.

They go with a later prune, and only if the new one is what was stored. So at every moment one good copy is named by
the chain and lies in the store.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from yakuba.kernel.errors import NotProvenError, UsageError
from yakuba.kernel.progress import SILENT
from yakuba.vault.keys import open_identity
from yakuba.vault.scratch import scratch
from yakuba.vault.sealed import open_layers, open_sealed, store_sealed
from yakuba.vault.services.backup import RETAIN_DAYS
from yakuba.vault.services.writable import open_writable
from yakuba.vault.tables.compacting import write_compacted
from yakuba.vault.tables.contents import Contents
from yakuba.vault.tables.proving import proved

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import pyrage

    from yakuba.kernel.progress import Progress
    from yakuba.vault.chain import Chain
    from yakuba.vault.generation import StoredObject
    from yakuba.vault.store import Store
    from yakuba.vault.tables.merging import Merged

_REMEDY = "元の世代はそのまま残っています the generation stays as it was; run yakuba vault verify"


@dataclass(frozen=True, slots=True)
class Compacted:
    """What was compacted: the generation, how many objects gave it before, and the bytes of the one that does now."""

    number: int
    before: int
    size: int
    chain: Chain


def compact(
    place: str,
    number: int | None = None,
    *,
    identity: Path,
    keys: Path,
    work: Path,
    signer: str | None = None,
    now: datetime | None = None,
    progress: Progress = SILENT,
) -> Compacted:
    """Store a generation once more, as one full object.

    Args:
        number: None = the newest. identity: file with the secret that opens it. keys, signer, now: see `open_writable`.
        work: folder of our own for the plaintext, which is gone afterwards; the `state` of the backup is one.

    Raises:
        NotProvenError: the generation does not verify, or what was stored is not equal to it; the generation stays as
            it was. UsageError: there is none, or it is one object already. CannotContinueError: as for `backup`.
    """
    opener, vault = open_identity(identity), open_writable(place, keys, signer, now)
    found = vault.chain.generation(number)
    layers = vault.chain.layers(found.number)
    if len(layers) == 1:
        remedy = "まとめ直す必要はありません there is nothing to do"
        raise UsageError(f"世代 {found.number} は1つの封印物です is one object already", remedy=remedy)
    old = Contents(open_layers(vault.store, vault.chain, found.number, opener))
    # What stands on it needs it as long as itself: the newest retention of all is never too short.
    until = max(vault.moment + timedelta(days=RETAIN_DAYS), *(one.retain_until for one in vault.chain.kept))
    with scratch(work) as folder:
        progress.stage("まとめ直し compact", len(layers), "objects")
        write_compacted(old, folder / "content")
        stored = store_sealed(vault.store, vault.chain, folder / "content", until)
    fields = {"generation": found.number, **stored}
    progress.stage("読み直し read back", 1, "objects")

    def ready(after: Chain) -> None:
        (fresh,) = after.layers(found.number)
        _equal(vault.store, fresh, old, opener)

    chain = vault.append("compact", fields, ready)
    return Compacted(found.number, len(layers), stored["object"]["size"], chain)


def _equal(store: Store, fresh: StoredObject, old: Contents, opener: pyrage.x25519.Identity) -> None:
    """The stored object opens to the same tables, row for row by digest, and the same attachments."""
    opened = open_sealed(store, fresh, opener)
    new = Contents([opened])
    same = (new.names, new.salt, new.as_of, new.standard, new.municipality)
    if same != (old.names, old.salt, old.as_of, old.standard, old.municipality) or [*proved([opened])] != [[]]:
        raise NotProvenError("まとめ直した世代を読み直せません what was stored does not verify", remedy=_REMEDY)
    for table, other in zip(new, old, strict=True):
        if _told(table) != _told(other):
            raise NotProvenError(f"{table.name}: 元と違います differs from the generation", remedy=_REMEDY)
    if new.attachments() != old.attachments():
        raise NotProvenError("添付が元と違います attachments differ from the generation", remedy=_REMEDY)


def _told(table: Merged) -> tuple[object, ...]:
    return table.digest, table.columns, table.keys, table.totals
