"""Copying a vault (複製): entry by entry, the object first, nothing ever overwritten; then both sides compared.

No database: killed at any moment it goes on where it stood, because a name in the second place is there whole or not
at all.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from yakuba.backup.reading import digest_of
from yakuba.kernel.errors import CannotContinueError, NotProvenError
from yakuba.kernel.home import yakuba_home
from yakuba.kernel.progress import SILENT
from yakuba.vault.errors import AlreadyThereError, MissingError
from yakuba.vault.format.names import ENTRIES, OBJECTS, entry_name
from yakuba.vault.services.keeping import locks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from yakuba.kernel.progress import Progress
    from yakuba.vault.chain import Chain
    from yakuba.vault.format.entry import Entry
    from yakuba.vault.generation import StoredObject
    from yakuba.vault.store import Store

RETAINED = timedelta(days=3653)
"""So long entries are locked where the store can lock: they are small, and without the first no later one is proven."""
_REMEDY = "二つの置き場所を調べてください。何も上書きしていません look at both places"


@dataclass(frozen=True, slots=True)
class Copied:
    """What was done. objects, bytes: newly copied. entries: numbers that the second place now has, compared."""

    objects: int
    bytes: int
    entries: tuple[int, ...]


def copy(
    first: Store, second: Store, chain: Chain, *, done: Collection[int] = (), progress: Progress = SILENT
) -> Copied:
    """Bring the second place to the state of the first.

    Args:
        chain: of the first place, verified. done: entries that are known to be there and equal.

    Raises:
        NotProvenError: the two differ, or the first place's object is not what was signed; nothing is overwritten.
        CannotContinueError: one of them is not reached, or an object went from the first while it was copied.
    """
    wanted = [entry for entry in chain.entries if entry.number not in done]
    objects = {one.entry: one for one in chain.objects}
    progress.stage(f"複製 replicate {chain.municipality}", len(wanted), "entries")
    there, until = set(second.names(OBJECTS)), locks(chain)
    copied, size = 0, 0
    for entry in wanted:
        thing = objects.get(entry.number)
        if thing is not None and _object(first, second, thing, there, until[thing.name]):
            copied, size = copied + 1, size + thing.size
        lengthen(second, {name: until[name] for name in entry.fields.get("locks", {}) if name in until})
        _entry(second, entry)
        progress.advance(1)
    return Copied(copied, size, tuple(entry.number for entry in wanted))


def lengthen(store: Store, until: Mapping[str, datetime]) -> None:
    """Have a store lock objects for as long as an entry says, where it can; no lock is ever shortened."""
    for name, moment in until.items():
        store.keep(name, moment)


def _object(first: Store, second: Store, thing: StoredObject, there: Collection[str], until: datetime) -> bool:
    """Have one object in the second place; whether it had to be copied."""
    if thing.name in there:
        if digest_of(second, thing.name, SILENT) != (thing.size, thing.sha256):
            raise NotProvenError(f"{thing.name}: 第二センターのものが違います differs there", remedy=_REMEDY)
        return False
    yakuba_home().mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(prefix=".copy-", dir=yakuba_home()) as file:
        if _digest(first, thing, cast("BinaryIO", file)) != (thing.size, thing.sha256):
            raise NotProvenError(f"{thing.name}: 署名されたものと違います is not what was signed", remedy=_REMEDY)
        file.flush()
        _put(second, thing, Path(file.name), until)
    return True


def _digest(first: Store, thing: StoredObject, into: BinaryIO) -> tuple[int, str]:
    """Bytes of an object of the first place, and what they are.

    Raises:
        CannotContinueError: it is not there: where somebody prunes meanwhile that is no damage, and passes.
    """
    try:
        return digest_of(first, thing.name, SILENT, into)
    except MissingError as error:
        remedy = "もう一度実行してください。続くときは yakuba backup verify で検査してください run again; then verify"
        problem = f"{thing.name}: 第一の置き場所にありません。整理の最中かもしれません is gone, maybe pruned just now"
        raise CannotContinueError(problem, remedy=remedy) from error


def _put(second: Store, thing: StoredObject, file: Path, until: datetime) -> None:
    try:
        second.put_new(thing.name, file, retain_until=until)
    except AlreadyThereError as error:  # another copier was quicker
        if digest_of(second, thing.name, SILENT) != (thing.size, thing.sha256):
            raise NotProvenError(f"{thing.name}: 第二センターのものが違います differs there", remedy=_REMEDY) from error


def _entry(second: Store, entry: Entry) -> None:
    """Have one entry in the second place, after its object."""
    name = entry_name(entry.number)
    try:
        second.put_new(name, entry.raw, retain_until=entry.written_at + RETAINED)
    except AlreadyThereError as error:
        if second.read(name) != entry.raw:
            raise NotProvenError(f"{name}: 第二センターのものが違います differs there", remedy=_REMEDY) from error


def differences(first: Store, second: Store, chain: Chain, *, gone: Collection[str] = ()) -> Sequence[str]:
    """Compare both sides by name and size, entries byte by byte; one sentence per difference.

    Args:
        gone: objects that may be missing on either side, because their time is over.
    """
    return list(_differences(first, second, chain, set(gone)))


def _differences(first: Store, second: Store, chain: Chain, gone: set[str]) -> Iterator[str]:
    for entry in chain.entries:
        name = entry_name(entry.number)
        try:
            if second.read(name) != entry.raw:
                yield f"{name} の中身が違います"
        except MissingError:
            yield f"{name} が第二センターにありません"
    for more in set(second.names(ENTRIES)) - {entry_name(entry.number) for entry in chain.entries}:
        yield f"{more} が第二センターにだけあります"
    ours, theirs = ({name: store.size(name) for name in store.names(OBJECTS)} for store in (first, second))
    for thing in chain.objects:
        here, away = ours.get(thing.name), theirs.get(thing.name)
        if here != thing.size or away != thing.size:
            yield f"{thing.name} の大きさが違います（こちら {here}、第二センター {away}、署名 {thing.size}）"
    for more in set(theirs) - set(ours) - {one.name for one in chain.objects} - gone:
        yield f"{more} が第二センターにだけあります"
