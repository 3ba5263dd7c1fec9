"""A municipality that writes its vault: real entries, real sealing, contents that nobody here can read."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from yakuba.vault.appending import append
from yakuba.vault.format.binding import Binding
from yakuba.vault.format.envelope import enveloped
from yakuba.vault.format.names import entry_name, new_object_name
from yakuba.vault.format.sealing import KEY, seal
from yakuba.vault.format.times import stamp
from yakuba.vault.keys import open_signer
from yakuba.vault.services.initialise import initialise
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from yakuba.vault.chain import Chain
    from yakuba.vault.keys import Signer
    from yakuba.vault.store import Store

LINK = "ab" * 32
"""SHA-256 of 見本町's certificate, where no TLS is spoken."""
BOOK = "住民基本台帳/住民情報"
ROWS = {BOOK: 12_000, "印鑑登録/印鑑登録": 4_500}
YEAR = timedelta(days=365)


def second_of(place: Path) -> Path:
    """Where the second centre's copy lies."""
    return place.with_name("second")


@dataclass
class Sender:
    """A vault at home. Its clock can be set; `chain` is as it stands."""

    folder: Path
    municipality: str
    chain: Chain = field(init=False)
    signer: Signer = field(init=False)
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        keys = self.folder.with_name(f"{self.folder.name}-keys")
        self.chain = initialise(str(self.folder), self.municipality, keys)
        self.signer = open_signer(keys)
        self.store = open_store(str(self.folder))

    def full(self, rows: Mapping[str, int] = ROWS, **more: Any) -> int:
        """One more full generation; gives its number. more: as for `_sealed`."""
        number = len(self.chain.entries)
        return self._sealed("full", {"base": number, "parent": number, "health": dict(rows)}, **more)

    def delta(self, rows: Mapping[str, int] = ROWS, **more: Any) -> int:
        """One more delta; gives its number."""
        newest = self.chain.kept[-1]
        return self._sealed("delta", {"base": newest.base, "parent": newest.number, "health": dict(rows)}, **more)

    def prune(self, *numbers: int, now: datetime | None = None) -> int:
        """Give generations up; gives the entry's number."""
        names = [one.name for one in self.chain.objects if one.entry in numbers]
        return self._entry("prune", {"generations": list(numbers), "objects": names}, now or datetime.now(UTC))

    def _sealed(
        self,
        kind: str,
        fields: dict[str, Any],
        *,
        size: int = 300_000,
        as_of: datetime | None = None,
        now: datetime | None = None,
    ) -> int:
        """An object of random bytes and its entry."""
        moment, key, number = now or datetime.now(UTC), secrets.token_bytes(KEY), len(self.chain.entries)
        plain, out = self.folder / "plain", self.folder / "sealed"
        plain.write_bytes(secrets.token_bytes(size))
        sealed = seal(plain, out, key, Binding(self.chain.vault, self.municipality, number, self.chain.head))
        name = new_object_name(number)
        self.store.put_new(name, out)
        plain.unlink()
        out.unlink()
        more = {
            "as_of": stamp(as_of or moment),
            "standard": "kihon@2023-09",
            "object": {"name": name, "size": sealed.size, "sha256": sealed.sha256},
            "sealed_key": enveloped(key, self.chain.recipients),
            "retain_until": stamp(moment + YEAR),
        }
        return self._entry(kind, fields | more, moment)

    def _entry(self, kind: str, fields: dict[str, Any], moment: datetime) -> int:
        self.chain = append(self.store, self.chain, kind, fields, self.signer, moment)
        return len(self.chain.entries) - 1

    def raw(self, number: int) -> bytes:
        """The file of an entry."""
        return self.store.read(entry_name(number))

    def thing(self, number: int) -> tuple[str, bytes, dict[str, Any]]:
        """Short name, bytes and description of the object of an entry."""
        described = self.chain.entries[number].fields["object"]
        return described["name"].removeprefix("objects/"), self.store.read(described["name"]), described

    def carry(self, place: Path) -> None:
        """Bring the vault to a place as somebody with a disk in his hand would: everything that it lacks there."""
        for part in ("entries", "objects"):
            (place / part).mkdir(parents=True, exist_ok=True)
            for file in (self.folder / part).glob("*"):
                if not (place / part / file.name).exists():
                    shutil.copyfile(file, place / part / file.name)
