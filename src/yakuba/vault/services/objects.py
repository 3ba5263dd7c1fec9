"""The objects of a vault, one after the other: are they what was stored, and do they open to what was sent?"""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from yakuba.kernel.errors import NotProvenError
from yakuba.kernel.problem import Problem
from yakuba.vault.errors import MissingError
from yakuba.vault.sealed import open_sealed
from yakuba.vault.tables.contents import Contents
from yakuba.vault.tables.proving import proved

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyrage

    from yakuba.kernel.progress import Progress
    from yakuba.vault.chain import Chain
    from yakuba.vault.generation import StoredObject
    from yakuba.vault.store import Store

_BLOCK = 8 << 20
_READERS = 2
_COPY_JA = "第二の写しから、このファイルを戻してください"
_COPY = "put this file back from the second copy"


def changed(store: Store, chain: Chain, progress: Progress) -> Iterator[Problem]:
    """Objects whose stored bytes are not those that their entries name."""
    progress.stage("読み直し read again", sum(one.size for one in chain.objects), "bytes")
    with ThreadPoolExecutor(_READERS) as readers:
        found = readers.map(lambda one: read_again(store, one), chain.objects)
        for one, problem in zip(chain.objects, found, strict=True):
            progress.advance(one.size)
            if problem:
                yield problem


def read_again(store: Store, one: StoredObject) -> Problem | None:
    """What is wrong with the stored bytes of an object, read from the first to the last; None when nothing is."""
    digest, at = hashlib.sha256(), 0
    try:
        size = store.size(one.name)
        while at < size:
            block = store.read(one.name, at, _BLOCK)
            if not block:
                break
            digest.update(block)
            at += len(block)
    except MissingError:
        return Problem("missing", one.name, "", f"ありません。{_COPY_JA}", f"is missing; {_COPY}")
    if (at, digest.hexdigest()) == (one.size, one.sha256):
        return None
    where = f"{at:,} / {one.size:,} bytes"
    return Problem("changed", one.name, where, f"書き換わっています。{_COPY_JA}", f"is not what was stored; {_COPY}")


def opening(
    store: Store, chain: Chain, identity: pyrage.x25519.Identity, bad: set[str], progress: Progress
) -> tuple[int, list[Problem]]:
    """Open every generation and count its rows again, each object decoded once.

    Args:
        bad: names of objects that are known to be no good; what stands on them is left out.

    Returns:
        Rows of the newest generation; what does not hold.
    """
    lines = [line for line in _lines(chain) if not bad & {one.name for one in line}]
    progress.stage("開けて数え直し open and count", sum(len(line) for line in lines), "generations")
    problems: list[Problem] = []
    for line in lines:
        problems += _open(store, line, identity, progress)
    used = {one.name for line in lines for one in line}
    for one in chain.objects:
        if one.name not in used | bad:
            problems += _open_alone(store, one, identity)
    newest = chain.kept[-1].number if chain.kept else None
    if newest is None or problems or bad & {one.name for one in chain.layers(newest)}:
        return 0, problems
    contents = Contents([open_sealed(store, one, identity) for one in chain.layers(newest)])
    return sum(table.digest.rows for table in contents), problems


def _lines(chain: Chain) -> list[tuple[StoredObject, ...]]:
    """The longest ways up from a full object: together they pass every object that a generation needs."""
    ways = [chain.layers(one.number) for one in chain.kept]
    inner = {way[:-1] for way in ways}
    return [way for way in ways if way not in inner]


def _open(
    store: Store, line: tuple[StoredObject, ...], identity: pyrage.x25519.Identity, progress: Progress
) -> list[Problem]:
    at, problems = 0, list[Problem]()
    try:
        opened = []
        for at, one in enumerate(line):  # noqa: B007 - tells below which one it was
            opened.append(open_sealed(store, one, identity))
        at = 0
        for wrong in proved(opened):
            problems += [_other_rows(line[at], table) for table in wrong]
            at += 1
            progress.advance(1)
    except NotProvenError as error:
        problems.append(_unsealed(line[min(at, len(line) - 1)], error))
    return problems


def _other_rows(one: StoredObject, table: str) -> Problem:
    return Problem("digest", one.name, table, f"行が送られたものと違います。{_COPY_JA}", f"other rows; {_COPY}")


def _unsealed(one: StoredObject, error: NotProvenError) -> Problem:
    return Problem("seal", one.name, "", f"{error.message}。{error.remedy}", str(error))


def _open_alone(store: Store, one: StoredObject, identity: pyrage.x25519.Identity) -> list[Problem]:
    """An object that no kept generation needs, such as a delta that was compacted: its seal still has to hold."""
    try:
        opened = open_sealed(store, one, identity)
        for _ in opened.blocks(0, opened.length):
            pass
    except NotProvenError as error:
        return [_unsealed(one, error)]
    return []
