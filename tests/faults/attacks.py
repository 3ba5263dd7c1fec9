"""What somebody with the stored bytes can do to a vault, and no key: each has to be found, and nothing wrong served."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.feeds import rows
from tests.faults.town import says_what_to_do

from yakuba.kernel.errors import CannotContinueError
from yakuba.vault.services.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.town import Town

Change = dict[Path, bytes | None]
"""New bytes of files; None = removed."""


@dataclass
class Attacks:
    """What came of attacks. `kinds`: how many of each were found. `ends`: restores after them that ended each way."""

    kinds: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        """One line for people."""
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.kinds.items()))
        ways = ", ".join(f"{count} {way}" for way, count in sorted(self.ends.items()))
        return f"changes to a vault, all found by verify: {kinds}; generations restored after it: {ways}; 0 wrong"


def attack(town: Town, other: Town, seed: int) -> Attacks:
    """Do all of them, one after the other.

    Args:
        other: another 団体 that has the same keys, as when one vendor keeps two.

    Raises:
        AssertionError: one was not found, or something wrong was served.
    """
    attacks, days = Attacks(), town.days
    for kind, change in _changes(town, other, random.Random(seed)):  # noqa: S311 - places, no secrets
        where = f"{kind}: {', '.join(path.name for path in change)}"
        before = {path: path.read_bytes() if path.exists() else None for path in change}
        _put(change)
        assert not verify(town.vault).proven, f"{where}: not found without keys"
        assert not verify(town.vault, identity=town.keys).proven, f"{where}: not found with keys"
        for generation, day in days.items():
            attacks.ends[_restored(town, generation, day, where)] += 1
        attacks.kinds[kind] += 1
        _put(before)
    assert verify(town.vault, identity=town.keys).proven, "the changes were not put back"
    return attacks


def _changes(town: Town, other: Town, chance: random.Random) -> Iterator[tuple[str, Change]]:
    entries, objects = files(town, "entries"), files(town, "objects")
    for path in entries + objects:
        whole = path.read_bytes()
        for length in {0, 1, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(3))}:
            yield "truncated", {path: whole[:length]}
        yield "lengthened", {path: whole + b"\0"}
        yield "lengthened", {path: whole + whole[-64:]}
    for alike in (entries, objects):
        for one, two in permutations(alike, 2):
            yield "overwritten by its neighbour", {one: two.read_bytes()}
            if one < two:
                yield "swapped", {one: two.read_bytes(), two: one.read_bytes()}
    for path in entries[:-1] + objects:
        yield "removed", {path: None}
    yield "added, an entry twice", {entries[-1].with_name(f"{len(entries):08}.json"): entries[-1].read_bytes()}
    for folder in ("entries", "objects"):
        for ours, theirs in zip(files(town, folder), files(other, folder), strict=False):
            yield "of another 団体", {ours: theirs.read_bytes()}


def files(town: Town, folder: str) -> list[Path]:
    """Files of a vault, by name."""
    return sorted(Path(town.vault, folder).iterdir())


def _put(change: Change) -> None:
    for path, content in change.items():
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(content)


def _restored(town: Town, generation: int, day: int, where: str) -> str:
    try:
        found = town.restored_rows(generation)
    except CannotContinueError as error:
        says_what_to_do(error, where)
        return "refused"
    assert found == (day, rows(day)), f"{where}: generation {generation} was served wrong"
    return "served whole, from other objects"
