"""Opening a vault in order to write to it (書込みのために開く): the chain is ours, and our key may go on with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yakuba.vault.appending import allowed, append
from yakuba.vault.chain import Chain, read_chain
from yakuba.vault.clock import writing_time
from yakuba.vault.keys import Signer, open_signer
from yakuba.vault.store import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Writable:
    """A vault, its verified chain, the key that may write to it, and the moment to write down."""

    store: Store
    chain: Chain
    key: Signer
    moment: datetime

    def append(self, kind: str, fields: Mapping[str, Any], ready: Callable[[Chain], None] | None = None) -> Chain:
        """Write the next entry. Arguments and errors as for `appending.append`."""
        return append(self.store, self.chain, kind, fields, self.key, self.moment, ready)


def open_writable(place: str, keys: Path, signer: str | None = None, now: datetime | None = None) -> Writable:
    """Open a vault with the folder of keys that writes to it.

    Args:
        signer: fingerprint of a key that must have written to it; None takes the key itself, which is right but for a
            key that was just put in and has written nothing yet.
        now: moment to write down, when it is not this one (for trials).

    Raises:
        UsageError: there is no vault. NotProvenError: it does not verify, or was written by others.
        CannotContinueError: the key may not write, a clock is wrong, or the store cannot be read.
    """
    store, key = open_store(place), open_signer(keys)
    chain = read_chain(store, signer=signer or key.fingerprint)
    allowed(chain, key)
    return Writable(store, chain, key, now or writing_time(store))
