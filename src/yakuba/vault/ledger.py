"""The ledger (台帳): what the entries of a chain come to, one after the other."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from yakuba.kernel.errors import NotProvenError
from yakuba.vault.format.entry import REMEDY, Entry
from yakuba.vault.format.times import moment
from yakuba.vault.generation import Generation, StoredObject, object_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


@dataclass
class Ledger:
    """The standing after some entries.

    Attributes:
        vault, municipality: of entry 0; every entry repeats them.
        signers: public keys (hex) that may write next. recipients: who can open what is written next (age1…).
        generations: by number. objects: by generation, in the order written. gone: names of objects pruned.
        dropped: generations given up. holds: reason of the legal hold, by generation.
        locks: until when an object is kept longer than it was made for, by name, as something stands on it.
    """

    vault: str = ""
    municipality: str = ""
    signers: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    generations: dict[int, Generation] = field(default_factory=dict)
    objects: dict[int, list[StoredObject]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    dropped: set[int] = field(default_factory=set)
    holds: dict[int, str] = field(default_factory=dict)
    locks: dict[str, datetime] = field(default_factory=dict)

    def begin(self, entry: Entry) -> None:
        """Entry 0 names the vault and its first keys; its own signature is held against them."""
        self.vault, self.municipality = str(entry.fields["vault"]), str(entry.fields["municipality"])
        self.signers = tuple(entry.fields["signers"])

    def add(self, entry: Entry) -> None:
        """The next entry takes effect.

        Raises:
            ValueError: it says what it cannot say here.
        """
        if (entry.fields["vault"], entry.fields["municipality"]) != (self.vault, self.municipality):
            raise ValueError("別の保管庫の記入です is of another vault")
        if (entry.kind == "init") != (entry.number == 0):
            raise ValueError("init は最初だけです init is the first entry only")
        kinds = {
            "init": self._keys, "keys": self._keys, "full": self._generation, "delta": self._generation,
            "compact": self._compact, "prune": self._prune, "hold": self._hold, "release": self._release,
        }  # fmt: skip
        if entry.kind not in kinds:
            raise ValueError("知らない種類です。新しい版の yakuba を使ってください unknown kind, use a newer yakuba")
        kinds[entry.kind](entry)
        for name, until in entry.fields.get("locks", {}).items():
            self.locks[name] = max(moment(until), self.locks.get(name, entry.written_at))

    def _keys(self, entry: Entry) -> None:
        self.signers, self.recipients = tuple(entry.fields["signers"]), tuple(entry.fields["recipients"])
        envelopes = entry.fields.get("sealed_keys", {})
        for several in self.objects.values():
            several[:] = [replace(one, envelope=envelopes.get(one.name, one.envelope)) for one in several]

    def _generation(self, entry: Entry) -> None:
        fields, full = entry.fields, entry.kind == "full"
        base, parent = int(fields["base"]), int(fields["parent"])
        newest = max(self.generations, default=entry.number)
        if (base, parent) != (entry.number, entry.number) if full else parent != newest or base not in self.generations:
            raise ValueError("土台の世代が違います stands on the wrong generation")
        self.objects[entry.number] = [object_of(entry, entry.number, full=full)]
        self.generations[entry.number] = Generation(
            number=entry.number,
            digest=entry.digest,
            kind=entry.kind,
            as_of=moment(fields["as_of"]),
            written_at=entry.written_at,
            base=base,
            parent=parent,
            size=int(fields["object"]["size"]),
            retain_until=moment(fields["retain_until"]),
            health=dict(fields["health"]),
            standard=str(fields["standard"]),
            pruned=False,
            held=False,
        )

    def _compact(self, entry: Entry) -> None:
        number = int(entry.fields["generation"])
        self.objects[number].append(object_of(entry, number, full=True))

    def _prune(self, entry: Entry) -> None:
        generations = [self.generations[int(number)] for number in entry.fields["generations"]]
        objects, there = set(entry.fields["objects"]), [one for several in self.objects.values() for one in several]
        if not objects <= {one.name for one in there}:
            raise ValueError("ない封印物を整理しています prunes what is not there")
        # Whoever holds a stolen key can write this entry; what a store still locks must not be lost to readers by it.
        ends = [one.retain_until for one in generations]
        ends += [one.retain_until for one in there if one.name in objects]
        ends += [until for name, until in self.locks.items() if name in objects]
        if any(end > entry.written_at for end in ends):
            raise ValueError("保存期間中のものを整理しています prunes what is within its retention")
        if {one.number for one in generations} & {*self.holds, max(self.generations, default=0)}:
            raise ValueError("保存命令のある世代か最新の世代を整理しています prunes what is held, or the newest one")
        self.dropped |= {one.number for one in generations}
        self.gone |= objects

    def _hold(self, entry: Entry) -> None:
        number = int(entry.fields["generation"])
        if number not in self.generations:
            raise ValueError("ない世代です no such generation")
        self.holds[number] = str(entry.fields["reason"])

    def _release(self, entry: Entry) -> None:
        self.holds.pop(int(entry.fields["generation"]))


@contextmanager
def told(entry: Entry) -> Iterator[None]:
    """What is wrong with an entry, in one sentence that names it."""
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        why = error.args[0] if isinstance(error, ValueError) and error.args else "形が違います has another form"
        raise NotProvenError(f"記入 entry {entry.number}: {why}", remedy=REMEDY) from error
