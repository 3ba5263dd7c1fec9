"""State (手元の状態): what the sender remembers of the newest generation, so that a backup finds the changes alone.

It holds fingerprints and digests, no resident's data, and it is never needed to restore. One file for each generation
since the last full one, named after the entry that the generation was written with: it counts only if the chain has
that entry. Whatever is missing, foreign or damaged makes the next backup a full one.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from yakuba.vault.store.durable import make_folder, sync_folder
from yakuba.vault.tables.arrays import Arrays, DoubtfulError, write_arrays
from yakuba.vault.tables.known import Known, Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np

ARRAYS: dict[str, tuple[int, ...]] = {"marks": (2, 0), "digests": (0, 2), "keys": (3, 0), "removed": (0,)}
"""Arrays of a level, and their shape when nothing is in them: those are not in the file."""
_LEFT_OVER = 86_400
"""Seconds after which a half-written file has no writer any more."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a generation changes in the state; `State.keep` makes it last.

    Attributes:
        full: whether it stands alone. salt, seeds: of the digests and the fingerprints.
        tables: level by table; one that is not named does not exist any more. attachments: digest by name.
    """

    full: bool
    salt: str
    seeds: tuple[int, int]
    tables: Mapping[str, Level]
    attachments: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a delta is counted against. See `Change`."""

    salt: str
    seeds: tuple[int, int]
    tables: Mapping[str, Known]
    attachments: Mapping[str, str]


class State:
    """The state of one vault below a folder.

    Attributes:
        basis: None when the next backup has to be full; `why` then says it in a few words for a person.
    """

    def __init__(self, folder: Path) -> None:
        self._root = self._folder = folder
        self._head = ""
        self._files: list[Arrays] = []
        self.basis: Basis | None = None
        self.why = "最初の控えです the first backup"

    def opened(self, vault: str, generations: Sequence[tuple[int, str]]) -> Self:
        """Look at what is there.

        Args:
            vault: id of the vault. generations: entry number and digest of the generations of its chain, the newest
                last; compacted copies are none.
        """
        self._folder = self._root / vault
        self._head = generations[-1][1] if generations else ""
        self._files, self.basis = [], None
        if generations:
            try:
                self._files = self._back_to_full(generations)
                self.basis = _basis(self._files)
            except DoubtfulError as error:
                self.why = f"手元の状態がないか不確かです the state is lost or in doubt: {error}"
        return self

    def _back_to_full(self, generations: Sequence[tuple[int, str]]) -> list[Arrays]:
        """Files from the last full generation to the newest."""
        files: list[Arrays] = []
        for place in range(len(generations) - 1, -1, -1):
            files.insert(0, Arrays(self._folder / _name(*generations[place])))
            if files[0].about["full"]:
                return files
            if not place or files[0].about["after"] != generations[place - 1][1]:
                break
        raise DoubtfulError("no full generation below")

    def prove(self) -> None:
        """Read the state once more before it is used, and forget it when it is not what was written.

        A byte that decayed here would otherwise be sealed: a wrong digest, or an old row beside the new one.
        """
        try:
            for file in self._files:
                file.prove()
        except (DoubtfulError, OSError) as error:
            self.basis, self.why = None, f"手元の状態が壊れています the state is damaged: {error}"

    def keep(self, change: Change, number: int, digest: str) -> None:
        """Remember a generation, durably; before or after its entry is in the chain.

        Args:
            number, digest: of the entry.
        """
        make_folder(self._folder)
        self._folder.chmod(0o700)
        after = "" if change.full else self._head
        fresh = self._folder / f"{secrets.token_hex(8)}.part"
        write_arrays(fresh, _about(change, after), _arrays(change))
        fresh.replace(self._folder / _name(number, digest))
        sync_folder(self._folder)

    def tidy(self, generations: Sequence[tuple[int, str]]) -> None:
        """Remove files that the chain no longer needs: those before its last full generation, and foreign ones."""
        self.opened(self._folder.name, generations)
        for left in self._folder.glob("*.part"):
            if time.time() - left.stat().st_mtime > _LEFT_OVER:
                left.unlink(missing_ok=True)
        if self.basis is not None:
            needed = {_name(*one) for one in generations[len(generations) - len(self._files) :]}
            for file in self._folder.glob("*.state"):
                if file.name not in needed:
                    file.unlink()


def _name(number: int, digest: str) -> str:
    return f"{number:08d}-{digest}.state"


def _about(change: Change, after: str) -> dict[str, Any]:
    return {
        "full": change.full,
        "after": after,
        "salt": change.salt,
        "seeds": list(change.seeds),
        "tables": {name: dict(level.about) for name, level in change.tables.items()},
        "attachments": dict(change.attachments),
    }


def _arrays(change: Change) -> dict[str, np.ndarray[Any, np.dtype[np.uint64]]]:
    return {
        f"{name}#{kind}": array
        for name, level in change.tables.items()
        for kind in ARRAYS
        if (array := getattr(level, kind)).size
    }


def _basis(files: Sequence[Arrays]) -> Basis:
    levels: dict[str, list[Level]] = {}
    for file in files:
        named = file.about["tables"]
        levels = {name: [] if about["full"] else levels[name] for name, about in named.items()}
        for name, about in named.items():
            levels[name].append(
                Level(about, **{kind: file.array(f"{name}#{kind}", shape) for kind, shape in ARRAYS.items()})
            )
    newest = files[-1].about
    tables = {name: Known(found) for name, found in levels.items()}
    return Basis(newest["salt"], tuple(newest["seeds"]), tables, newest["attachments"])
