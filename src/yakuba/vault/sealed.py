"""Objects in a store: sealed into it under a fresh key, and opened out of it again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import NotProvenError
from yakuba.vault.errors import MissingError
from yakuba.vault.format.binding import Binding
from yakuba.vault.format.entry import REMEDY
from yakuba.vault.format.envelope import enveloped, key_in
from yakuba.vault.format.names import new_object_name
from yakuba.vault.format.opening import Opened
from yakuba.vault.format.sealing import KEY, seal
from yakuba.vault.format.times import stamp

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import pyrage

    from yakuba.vault.chain import Chain
    from yakuba.vault.generation import StoredObject
    from yakuba.vault.store import Store


def store_sealed(store: Store, chain: Chain, plain: Path, retain_until: datetime) -> dict[str, Any]:
    """Seal a content for the next entry of a chain and put it into the store.

    Args:
        plain: the content, in a folder of our own; its sealed form lies beside it for a while.

    Returns:
        What the entry says about the object. Until that entry is written, nobody reads it.

    Raises:
        CannotContinueError: the store is full or does not answer.
    """
    number = len(chain.entries)
    key, sealed = os.urandom(KEY), plain.with_name(f"{plain.name}.sealed")
    try:
        made = seal(plain, sealed, key, Binding(chain.vault, chain.municipality, number, chain.head))
        name = new_object_name(number)
        store.put_new(name, sealed, retain_until=retain_until)
    finally:
        sealed.unlink(missing_ok=True)
    return {
        "object": {"name": name, "size": made.size, "sha256": made.sha256},
        "sealed_key": enveloped(key, chain.recipients),
        "recipients": list(chain.recipients),
        "retain_until": stamp(retain_until),
    }


def open_sealed(store: Store, one: StoredObject, identity: pyrage.x25519.Identity) -> Opened:
    """The content of an object.

    Raises:
        NotProvenError: it is gone, is not what its entry says, or the identity does not open it.
    """
    what = f"世代 generation {one.generation} ({one.name})"
    key = key_in(one.envelope, identity, what)
    try:
        size = store.size(one.name)
    except MissingError as error:
        raise NotProvenError(f"{what}: ありません is missing", remedy=REMEDY) from error
    if size != one.size:
        raise NotProvenError(f"{what}: 大きさが {size:,} です（記入は {one.size:,}） its size differs", remedy=REMEDY)
    return Opened(lambda start, length: store.read(one.name, start, length), size, key, one.binding, what)


def open_layers(store: Store, chain: Chain, number: int, identity: pyrage.x25519.Identity) -> list[Opened]:
    """The contents that give a generation: a full one, then the deltas on it. Errors as for `open_sealed`."""
    return [open_sealed(store, one, identity) for one in chain.layers(number)]
