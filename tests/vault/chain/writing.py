"""A small vault written entry by entry, its objects mere bytes: for tests of the chain."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from yakuba.vault.appending import append
from yakuba.vault.chain import Chain, read_chain
from yakuba.vault.format.names import new_object_name
from yakuba.vault.format.times import stamp
from yakuba.vault.keys import Signer, make_keys, open_signer
from yakuba.vault.services.initialise import initialise
from yakuba.vault.store import Store, open_store

if TYPE_CHECKING:
    from pathlib import Path

DAY = datetime(2026, 11, 1, 3, tzinfo=UTC)


@dataclass
class Small:
    """A vault under `folder/vault`, written by the keys in `folder/keys`."""

    folder: Path
    store: Store
    signer: Signer
    chain: Chain
    days: int = 0

    def add(self, kind: str, signer: Signer | None = None, **fields: Any) -> Chain:
        self.days += 1
        self.chain = append(
            self.store, self.chain, kind, fields, signer or self.signer, DAY + timedelta(days=self.days)
        )
        return self.chain

    def sealed(self) -> dict[str, Any]:
        """An object in the store, and what the entry that names it says about it."""
        name, content = new_object_name(len(self.chain.entries)), f"object {len(self.chain.entries)}".encode()
        self.store.put_new(name, content)
        return {
            "object": {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()},
            "sealed_key": "",
            "recipients": list(self.chain.recipients),
            "retain_until": stamp(DAY + timedelta(days=self.days + 30)),
        }

    def generation(self, kind: str = "delta", **fields: Any) -> int:
        number = len(self.chain.entries)
        full = kind == "full"
        kept = self.chain.ledger.generations
        said = {
            "as_of": stamp(DAY + timedelta(days=self.days)), "standard": "kihon@2023-09",
            "base": number if full else max((one.base for one in kept.values()), default=number),
            "parent": number if full else max(kept, default=number),
            "health": {"住民基本台帳/住民情報": 1200}, **self.sealed(), **fields,
        }  # fmt: skip
        self.add(kind, **said)
        return number

    def read(self, signer: str | None = None) -> Chain:
        return read_chain(self.store, signer=signer)


def small(folder: Path, municipality: str = "990019") -> Small:
    initialise(str(folder / "vault"), municipality, folder / "keys", now=DAY)
    store = open_store(str(folder / "vault"))
    return Small(folder, store, open_signer(folder / "keys"), read_chain(store))


def other_signer(folder: Path) -> Signer:
    return open_signer(make_keys(folder).folder)
