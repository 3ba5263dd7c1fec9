"""A store in memory with a clock that tests set, and a chain on it whose objects are mere bytes."""

from __future__ import annotations

import tempfile
import uuid
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from tests.vault.chain.writing import DAY, Small

from yakuba.vault.appending import begin
from yakuba.vault.errors import AlreadyThereError, LockedError, MissingError
from yakuba.vault.keys import Signer, make_keys, open_signer, recipient_of
from yakuba.vault.services.writable import Writable


class PowerCutError(Exception):
    """The machine stopped here."""


class Shelf:
    """See `store.protocol.Store`. `clock` is what it takes for now; `power`: so many more writes and deletions."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.locks: dict[str, datetime] = {}
        self.deleted: list[str] = []
        self.clock = DAY
        self.power = 1_000_000

    def put_new(self, name: str, source: Path | bytes, *, retain_until: datetime | None = None) -> None:
        self._work()
        if name in self.files:
            raise AlreadyThereError(name)
        self.files[name] = source if isinstance(source, bytes) else source.read_bytes()
        if retain_until is not None:
            self.locks[name] = retain_until

    def read(self, name: str, start: int = 0, length: int | None = None) -> bytes:
        if name not in self.files:
            raise MissingError(name)
        return self.files[name][start:][:length]

    def names(self, prefix: str) -> list[str]:
        return sorted(name for name in self.files if name.startswith(prefix))

    def size(self, name: str) -> int:
        return len(self.read(name))

    def delete(self, name: str) -> None:
        if self.locks.get(name, self.clock) > self.clock:
            raise LockedError(name)
        self._work()
        self.deleted.append(name)
        self.files.pop(name, None)

    def keep(self, name: str, until: datetime) -> None:
        self.locks[name] = max(until, self.locks.get(name, until))

    def now(self) -> datetime:
        return self.clock

    def warnings(self) -> tuple[str, ...]:
        return ()

    def _work(self) -> None:
        if self.power == 0:
            raise PowerCutError
        self.power -= 1


@cache
def keys() -> tuple[Signer, str]:
    """A signer and a recipient for all examples."""
    folder = Path(tempfile.mkdtemp(prefix="yakuba-keys-")) / "keys"
    make_keys(folder)
    return open_signer(folder), recipient_of(folder)


class Held(Small):
    """A small vault on a shelf. `add` writes a day later each time; `shelf` is its store."""

    shelf: Shelf

    def writable(self, at: datetime | None = None) -> Writable:
        """The vault as it stands now, read anew, to be written to at a moment."""
        moment = at or DAY + timedelta(days=self.days)
        return Writable(self.shelf, self.read(), self.signer, moment)


def held() -> Held:
    """An empty vault."""
    signer, recipient = keys()
    shelf = Shelf()
    fields = {"vault": str(uuid.uuid4()), "municipality": "990019", "signers": [signer.public]}
    chain = begin(shelf, {**fields, "recipients": [recipient]}, signer, DAY)
    made = Held(Path(), shelf, signer, chain)
    made.shelf = shelf
    return made
