"""Moves (移行作業): where a municipality's dumps, definitions, answers and rehearsals lie on the server.

    HOME/moves/<団体コード>/<move>/move.json   what it is called, who began it
                                  /dump/       the old system's files, project.toml, decisions.csv and side files
                                  /runs/1 …    rehearsals; runs/1.json says which job makes it

A name from outside never becomes a path: moves and runs are found by listing what is there.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.utils import timezone

from yakuba.kernel.home import yakuba_home
from yakuba.migration.verification.files import INCOMPLETE
from yakuba.migration.whole import whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

IDENTIFIER = re.compile(r"[0-9a-f]{16}")
"""A move's identifier: made with the form that begins it, so that a form sent twice begins one move."""
INCOMING = ".incoming-"
"""How the folders begin into which uploads are put; what is left in them is swept after a day."""
_RUN = re.compile(r"[1-9][0-9]{0,3}")


@dataclass(frozen=True, slots=True)
class Run:
    """One rehearsal (リハーサル). `job` is 0 until the queue has taken it.

    Attributes:
        loads: jobs that took it into the registry, oldest first.
    """

    number: int
    folder: Path
    job: int
    by: str
    at: datetime
    loads: tuple[int, ...] = ()

    @property
    def finished(self) -> bool:
        """Whether its result is whole."""
        return (self.folder / "run.json").exists() and not (self.folder / INCOMPLETE).exists()

    @property
    def outcome(self) -> dict[str, Any]:
        """The figures of run.json; {} while it is not finished."""
        return dict(json.loads((self.folder / "run.json").read_text("utf-8"))) if self.finished else {}


@dataclass(frozen=True, slots=True)
class Move:
    """One move of one dump, with all its rehearsals."""

    folder: Path
    name: str
    by: str
    at: datetime

    @property
    def identifier(self) -> str:
        """Its part of the address."""
        return self.folder.name

    @property
    def dump(self) -> Path:
        """Folder of the old system's files."""
        return self.folder / "dump"

    @property
    def project(self) -> Path:
        """The definition (移行定義)."""
        return self.dump / "project.toml"

    def files(self) -> list[tuple[str, int]]:
        """What lies in the dump's folder, with sizes in bytes."""
        hidden = (".draft", ".part")
        found = (path for path in sorted(self.dump.rglob("*")) if path.is_file() and path.suffix not in hidden)
        return [(path.relative_to(self.dump).as_posix(), path.stat().st_size) for path in found]

    def sources(self) -> list[dict[str, Any]]:
        """What the last look at the dump saw, a row per source (see `proposal.summary`)."""
        seen = self.folder / "sources.json"
        return list(json.loads(seen.read_text("utf-8"))) if seen.is_file() else []

    def keep_sources(self, rows: list[dict[str, Any]]) -> None:
        """Keep what a look at the dump saw."""
        _write(self.folder / "sources.json", rows)

    def runs(self) -> list[Run]:
        """Its rehearsals, oldest first."""
        numbers = sorted(int(path.stem) for path in self._runs().glob("*.json") if _RUN.fullmatch(path.stem))
        return [self._read(number) for number in numbers]

    def run(self, number: int) -> Run | None:
        """The rehearsal of a number."""
        return self._read(number) if self._note(number).is_file() else None

    def claim(self, number: int, by: str) -> bool:
        """Take the number of the next rehearsal; whether it was still free, so that a form sent twice starts one."""
        self._runs().mkdir(exist_ok=True)
        try:
            descriptor = os.open(self._note(number), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return False
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump({"job": 0, "by": by, "at": timezone.now().isoformat(), "loads": []}, stream)
        return True

    def give_up(self, number: int) -> None:
        """Free a claimed number whose job could not be queued."""
        self._note(number).unlink(missing_ok=True)

    def note(self, number: int, *, job: int | None = None, load: int | None = None) -> None:
        """Write down which job makes a rehearsal, or one more that loads it."""
        with locked(self.folder):
            data = json.loads(self._note(number).read_text("utf-8"))
            data["job"] = data["job"] if job is None else job
            data["loads"] += [] if load is None else [load]
            _write(self._note(number), data)

    def _runs(self) -> Path:
        return self.folder / "runs"

    def _note(self, number: int) -> Path:
        return self._runs() / f"{number}.json"

    def _read(self, number: int) -> Run:
        data = json.loads(self._note(number).read_text("utf-8"))
        at = datetime.fromisoformat(data["at"])
        return Run(number, self._runs() / str(number), data["job"], data["by"], at, tuple(data["loads"]))


def moves(municipality: str) -> list[Move]:
    """All moves of a municipality, newest first."""
    folders = [
        path.parent for path in place(municipality).glob("*/move.json") if IDENTIFIER.fullmatch(path.parent.name)
    ]
    return sorted((_move(folder) for folder in folders), key=lambda move: move.at, reverse=True)


def move_of(municipality: str, identifier: str) -> Move | None:
    """One move; None when this municipality has none of that identifier."""
    folder = place(municipality) / identifier
    return _move(folder) if IDENTIFIER.fullmatch(identifier) and (folder / "move.json").is_file() else None


def begin(folder: Path, name: str, by: str) -> Move:
    """Enter a new move whose dump lies in `folder/dump`; from here on it is listed."""
    _write(folder / "move.json", {"name": name, "by": by, "at": timezone.now().isoformat()})
    return _move(folder)


def place(municipality: str) -> Path:
    """Folder of a municipality's moves."""
    return yakuba_home() / "moves" / municipality


def arrival_folder(folder: Path) -> Path:
    """A name in a folder of moves under which an upload may lie; nobody has had it before."""
    return folder / f"{INCOMING}{uuid4().hex}"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One at a time, over all processes: two clerks who answer at once must not write over each other."""
    with (folder / ".lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _move(folder: Path) -> Move:
    data = json.loads((folder / "move.json").read_text("utf-8"))
    return Move(folder, data["name"], data["by"], datetime.fromisoformat(data["at"]))


def _write(path: Path, document: Any) -> None:
    with whole(path) as temporary:
        temporary.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
