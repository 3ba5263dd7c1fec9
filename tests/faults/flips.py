"""A byte of a vault is flipped: verify has to find it, with keys and without, and restore to serve nothing wrong."""

from __future__ import annotations

import os
import random
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from tests.faults.feeds import rows
from tests.faults.town import Town, says_what_to_do

from yakuba.kernel.errors import NotProvenError
from yakuba.vault.format import padding
from yakuba.vault.services.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

_MASKS = (0x01, 0x80)
"""In turn: the lowest bit, the highest."""
_UNTOUCHED = 10
"""Every how manieth time the generations are restored, too, that do not need the file."""


@dataclass
class Flips:
    """What came of flipped bytes. `ends`: restores of a generation that ended each way."""

    bytes: int
    flipped: int = 0
    ends: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        """One line for people."""
        ways = ", ".join(f"{count} {way}" for way, count in sorted(self.ends.items()))
        return (
            f"{self.flipped} of {self.bytes} bytes of a vault flipped: {self.flipped} found by verify with keys, "
            f"{self.flipped} without; generations restored after it: {ways}; 0 wrong"
        )


def places(town: Town) -> list[tuple[Path, int]]:
    """Every byte of every file of a vault."""
    files = sorted(path for path in Path(town.vault).rglob("*") if path.parent.name in {"entries", "objects"})
    return [(path, offset) for path in files for offset in range(path.stat().st_size)]


def flip(town: Town, chosen: list[tuple[Path, int]], total: int) -> Flips:
    """Flip bytes one after the other.

    Raises:
        AssertionError: one was not found, or something wrong was served.
    """
    flips, days, needs = Flips(total), town.days, _needs(town)
    for number, (path, offset) in enumerate(chosen):
        with tampered(path, offset, _MASKS[number % 2]):
            where = f"{path.name} byte {offset}"
            assert not verify(town.vault).proven, f"{where}: not found without keys"
            assert not verify(town.vault, identity=town.keys).proven, f"{where}: not found with keys"
            for generation, day in days.items():
                needed = path.name in needs[generation]
                # What does not read the file cannot serve its byte; it is asked now and then all the same.
                if needed or number % _UNTOUCHED == 0:
                    flips.ends[_restored(town, generation, day, where, needed=needed)] += 1
        flips.flipped += 1
    assert verify(town.vault, identity=town.keys).proven, "the flips were not put back"
    return flips


def every_byte(most: int, seed: int, folder: Path) -> Flips:
    """Flip every byte of a vault whose objects are padded little, so that they are mostly content; at most so many."""
    with mock.patch.object(padding, "LEAST", 1024):
        town = three_days(folder)
        everything = places(town)
        return flip(town, sample(everything, min(most, len(everything)), seed), len(everything))


def three_days(folder: Path) -> Town:
    """A full generation, a delta on it, and another full one."""
    town = Town(folder / "fixed", folder / "disk")
    town.begin()
    town.back_up(0)
    town.back_up(1)
    town.back_up(2, full=True)
    return town


def sample(everything: list[tuple[Path, int]], count: int, seed: int) -> list[tuple[Path, int]]:
    """Places by chance, in order."""
    return sorted(random.Random(seed).sample(everything, count))  # noqa: S311 - places, no secrets


def _needs(town: Town) -> dict[int, set[str]]:
    """Files that a generation cannot be restored without: all entries, and its objects."""
    chain = town.chain()
    entries = {f"{entry.number:08}.json" for entry in chain.entries}
    return {one: entries | {Path(layer.name).name for layer in chain.layers(one)} for one in town.days}


def _restored(town: Town, generation: int, day: int, where: str, *, needed: bool) -> str:
    try:
        found = town.restored_rows(generation)
    except NotProvenError as error:
        says_what_to_do(error, where)
        assert needed, f"{where}: generation {generation} does not need it, and was refused"
        return "refused"
    assert found == (day, rows(day)), f"{where}: generation {generation} was served wrong"
    assert not needed, f"{where}: generation {generation} was served though a byte of it was flipped"
    return "served whole, from other objects"


@contextmanager
def tampered(path: Path, offset: int, mask: int) -> Iterator[None]:
    """A file with some bits of a byte flipped."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        byte = os.pread(descriptor, 1, offset)[0]
        os.pwrite(descriptor, bytes([byte ^ mask]), offset)
        try:
            yield
        finally:
            os.pwrite(descriptor, bytes([byte]), offset)
    finally:
        os.close(descriptor)
