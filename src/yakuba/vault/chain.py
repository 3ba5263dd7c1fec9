"""The chain (台帳の鎖): every entry from the first, each signed and holding the digest of the one before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from yakuba.kernel.errors import NotProvenError, UsageError
from yakuba.kernel.fingerprint import fingerprint, same_fingerprint
from yakuba.vault.format.entry import LARGEST, REMEDY, START, Entry, parse
from yakuba.vault.format.names import ENTRIES, entry_name, entry_number
from yakuba.vault.keys import signed_by
from yakuba.vault.ledger import Ledger, told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from yakuba.vault.generation import Generation, StoredObject
    from yakuba.vault.store import Store

_READERS = 8
"""Entries fetched at a time: on object storage each is a round trip."""


@dataclass(frozen=True)
class Chain:
    """A chain that has been verified: what it says is what its signers wrote, in their order.

    Attributes:
        entries: all of them, by number. ledger: what they come to.
    """

    entries: tuple[Entry, ...]
    ledger: Ledger

    @property
    def head(self) -> str:
        """Digest of the newest entry: who knows it knows the whole chain."""
        return self.entries[-1].digest

    @property
    def vault(self) -> str:
        """Id of the vault."""
        return str(self.entries[0].fields["vault"])

    @property
    def municipality(self) -> str:
        """団体コード of the vault's 団体."""
        return str(self.entries[0].fields["municipality"])

    @property
    def signers(self) -> tuple[str, ...]:
        """Public keys (hex) that may write the next entry."""
        return self.ledger.signers

    @property
    def recipients(self) -> tuple[str, ...]:
        """Who can open what is written next (age1…)."""
        return self.ledger.recipients

    @property
    def holds(self) -> Mapping[int, str]:
        """Generations under legal hold (保存命令), with the reason."""
        return self.ledger.holds

    @cached_property
    def generations(self) -> tuple[Generation, ...]:
        """All generations ever written, by number, also those given up."""
        return tuple(
            replace(one, pruned=one.number in self.ledger.dropped or not self._layers(one.number),
                    held=one.number in self.holds)
            for one in self.ledger.generations.values()
        )  # fmt: skip

    @property
    def kept(self) -> tuple[Generation, ...]:
        """Generations that can be restored, by number."""
        return tuple(one for one in self.generations if not one.pruned)

    def generation(self, number: int | None = None) -> Generation:
        """A generation that can be restored; the newest when no number is given.

        Raises:
            UsageError: there is none of that number, or it was given up.
        """
        remedy = "yakuba vault list で世代を確かめてください see which there are"
        for one in reversed(self.kept):
            if number in {None, one.number}:
                return one
        what = "世代がありません no generation" if number is None else f"世代 {number} はありません no such generation"
        raise UsageError(what, remedy=remedy)

    def generation_at(self, moment: datetime) -> Generation:
        """The generation of the newest data that are not after a moment.

        Raises:
            UsageError: all are after it, or there is none.
        """
        there = [one for one in self.kept if one.as_of <= moment]
        if not there:
            remedy = "yakuba vault list で世代を確かめてください see which there are"
            raise UsageError(f"{moment.isoformat()} までの世代がありません no generation so early", remedy=remedy)
        return max(there, key=lambda one: (one.as_of, one.number))

    def layers(self, number: int) -> tuple[StoredObject, ...]:
        """The objects that give a generation: a full one, then the deltas after it, in order.

        Raises:
            NotProvenError: one of them is gone.
        """
        found = self._layers(number)
        if not found:
            raise NotProvenError(f"世代 generation {number}: 封印物が欠けています an object is gone", remedy=REMEDY)
        return found

    def _layers(self, number: int) -> tuple[StoredObject, ...]:
        above: list[StoredObject] = []
        while True:
            there = [one for one in self.ledger.objects.get(number, ()) if one.name not in self.ledger.gone]
            whole = [one for one in there if one.full]
            if whole:
                return (whole[-1], *reversed(above))
            if not there:
                return ()
            above.append(there[-1])
            number = self.ledger.generations[number].parent

    @property
    def objects(self) -> tuple[StoredObject, ...]:
        """Every object that should lie in the store, by entry."""
        all_of = (one for several in self.ledger.objects.values() for one in several)
        return tuple(sorted((one for one in all_of if one.name not in self.ledger.gone), key=lambda one: one.entry))


def read_chain(store: Store, *, signer: str | None = None, upto: int | None = None) -> Chain:
    """Read every entry and verify it: number, link, signature, vault, what it may say.

    Args:
        signer: fingerprint of a key that must have written to this chain; None takes the chain's own word, which
            proves only that nothing was changed since.
        upto: number of the last entry to read; what comes after it may be damaged. None reads all.

    Raises:
        UsageError: there is no vault. NotProvenError: an entry does not verify; the message names it.
    """
    raw, gap = raw_entries(store, upto)
    if gap is not None:
        raise gap
    return chain_of(raw, signer=signer)


def chain_of(raw: Sequence[bytes], *, signer: str | None = None) -> Chain:
    """The chain of entry files, in the order of their numbers. Arguments and errors as for `read_chain`."""
    ledger, entries, wrote = Ledger(), list[Entry](), set[str]()
    for number, content in enumerate(raw):
        entry = parse(content, number)
        if entry.fields.get("previous") != (entries[-1].digest if entries else START):
            problem = f"記入 entry {number}: 前の記入とつながりません does not follow the one before"
            raise NotProvenError(problem, remedy=REMEDY)
        with told(entry):
            if number == 0:
                ledger.begin(entry)
            wrote.add(_writer(entry, ledger))
            ledger.add(entry)
        entries.append(entry)
    if signer is not None and not any(same_fingerprint(signer, one) for one in wrote):
        remedy = "指紋を確かめてください。合っていれば、この保管庫は偽物です compare the fingerprint again"
        raise NotProvenError("この鍵で書かれた保管庫ではありません written by other keys", remedy=remedy)
    return Chain(tuple(entries), ledger)


def _writer(entry: Entry, ledger: Ledger) -> str:
    """Fingerprint of the key that signed an entry, which must be one that may write at this place."""
    for public in ledger.signers:
        name = fingerprint(bytes.fromhex(public))
        if name == entry.fields["signer"] and signed_by(public, entry.signature, entry.text):
            return name
    problem = f"記入 entry {entry.number}: 署名が合いません is not signed by a key of this vault"
    raise NotProvenError(problem, remedy=REMEDY)


def raw_entries(store: Store, upto: int | None = None) -> tuple[list[bytes], NotProvenError | None]:
    """The files of the entries from 0 to the last, or to the first gap.

    Returns:
        The files; what to say of the gap, None where there is none.

    Raises:
        UsageError: there is no vault. CannotContinueError: the store cannot be read.
    """
    there = {number for name in store.names(ENTRIES) if (number := entry_number(name)) is not None}
    if not there:
        remedy = "場所を確かめるか、yakuba vault init で作ってください check the place, or make one"
        raise UsageError("保管庫がありません there is no vault here", remedy=remedy)
    last = max(there) if upto is None else upto
    missing = next((number for number in range(last + 1) if number not in there), None)
    gap = None if missing is None else NotProvenError(f"記入 entry {missing}: ありません is missing", remedy=REMEDY)
    with ThreadPoolExecutor(_READERS) as readers:
        wanted = range(last + 1 if missing is None else missing)
        return list(readers.map(lambda number: store.read(entry_name(number), 0, LARGEST + 1), wanted)), gap
