"""Batch (一括作成): a paper for everybody on a list, each one checked like a single one.

Every line has a request of its own, made from the batch's and the 宛名番号: run again, after a kill at any moment, a
line that was answered gives the same paper under the same number, and nothing is made twice.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID, uuid4, uuid5

from yakuba.issuance.application import Application, Channel, Requester, Role
from yakuba.issuance.errors import ChangedSinceError, RefusedError
from yakuba.issuance.services import issue
from yakuba.kernel.errors import UsageError
from yakuba.kernel.progress import SILENT
from yakuba.tenancy.acting import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from yakuba.kernel.progress import Progress
    from yakuba.tenancy.acting import Actor

PLACE = "証明書の一括作成"
_NAME = "batch.txt"
"""In the folder of the papers: the id of the batch, so that a second run goes on with the first."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be made.

    Attributes:
        kind: of certificate. numbers: file with a 宛名番号 a line. out: folder of the papers.
        purpose: for ledger and log. choices: as the kind names them. exemption: reason for no fee, "" = the fee is due.
    """

    kind: str
    numbers: Path
    out: Path
    purpose: str
    choices: Mapping[str, bool | str] = field(default_factory=dict)
    exemption: str = ""


@dataclass(slots=True)
class Done:
    """What became of it. made: papers of this run. kept: of earlier runs. refused: 宛名番号 → why."""

    made: int = 0
    kept: int = 0
    refused: dict[str, str] = field(default_factory=dict)


def run(actor: Actor, batch: Batch, progress: Progress = SILENT) -> Done:
    """Make what is not there yet.

    Raises:
        UsageError: the list holds no 宛名番号, or the folder belongs to another batch.
        AlarmError: a finished paper was not the one that was asked for; the work stops with the municipality.
        OtherRequestError: the folder's batch was begun with other choices.
    """
    numbers = _numbers(batch.numbers)
    number = _identity(batch)
    progress.stage("証明書 papers", len(numbers), "papers")
    done = Done()
    for addressee in numbers:
        path = batch.out / f"{addressee}.pdf"
        if path.exists():
            done.kept += 1
        else:
            _one(actor, batch, number, addressee, path, done)
        progress.advance(1)
    return done


def _one(actor: Actor, batch: Batch, number: UUID, addressee: str, path: Path, done: Done) -> None:
    requester = Requester(role=Role.SELF.value, purpose=batch.purpose, exemption=batch.exemption)
    application = Application(batch.kind, addressee, requester, choices=dict(batch.choices))
    try:
        issued = issue(actor, application, request=str(uuid5(number, addressee)), channel=Channel.BATCH, place=PLACE)
    except (RefusedError, ChangedSinceError, NotFoundError) as error:
        done.refused[addressee] = str(error)
        return
    _write(path, issued.pdf)
    done.made += 1


def _numbers(path: Path) -> list[str]:
    """宛名番号 of a list, each once, in its order."""
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf-8-sig").splitlines())
    found = list(dict.fromkeys(line for line in lines if line))
    wrong = [one for one in found if not (one.isascii() and one.isalnum())]
    if wrong or not found:
        what = f"{len(wrong)} 行が宛名番号ではありません" if wrong else "宛名番号がありません"
        raise UsageError(f"{path}: {what} no addressee numbers", remedy="1行に1つの宛名番号を書いてください")
    return found


def _identity(batch: Batch) -> UUID:
    """The batch's id: made at the first run, kept in the folder."""
    batch.out.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = batch.out / _NAME
    if not path.exists():
        _write(path, f"{uuid4()} {batch.kind}\n".encode())
    said = path.read_text("ascii").split()
    try:
        number, kind = UUID(said[0]), said[1]
    except (ValueError, IndexError) as error:
        raise UsageError(f"{path}: no batch", remedy="choose a new folder for --out") from error
    if kind != batch.kind:
        raise UsageError(f"{path}: this folder holds a batch of {kind}", remedy="choose a new folder for --out")
    return number


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, for the owner's eyes only."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(content)
    part.replace(path)
