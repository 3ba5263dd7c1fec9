"""What changes a move: each with the right it needs, and one entry of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.registry.moves import answers, definition, material
from yakuba.tenancy.audit import record
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from yakuba.migration.report.answers import Collected
    from yakuba.registry.moves.material import Arrived
    from yakuba.registry.moves.store import Move, Run
    from yakuba.tenancy.acting import Actor

PLACE, DEFINITION, DECISIONS = "データ移行", "移行定義", "移行の判断"


def begin_with_upload(actor: Actor, identifier: str, name: str, files: Sequence[Arrived]) -> Move:
    """Begin a move with files that have arrived.

    Raises:
        NotAllowedError: the actor may not move data. UsageError: see `material.begin_with_upload`.
    """
    actor.must(Action.MIGRATE)
    made = material.begin_with_upload(actor.municipality, identifier, name, actor.name, files)
    record(actor, place=PLACE, action="move", detail={"move": made.identifier, "files": len(files)})
    return made


def begin_with_folder(actor: Actor, identifier: str, name: str, folder: str) -> Move:
    """Begin a move with a folder that lies on the server.

    Raises:
        NotAllowedError: the actor may not move data. UsageError: see `material.begin_with_folder`.
    """
    actor.must(Action.MIGRATE)
    made = material.begin_with_folder(actor.municipality, identifier, name, actor.name, folder)
    record(actor, place=PLACE, action="move", detail={"move": made.identifier})
    return made


def add_files(actor: Actor, move: Move, files: Sequence[Arrived]) -> None:
    """Put further files into a move's dump, and look at it again.

    Raises:
        NotAllowedError: the actor may not move data. UsageError: see `material.add_files`.
        CannotContinueError: no file holds records.
    """
    actor.must(Action.MIGRATE)
    material.add_files(move, files)
    record(actor, place=DEFINITION, action="move", detail={"move": move.identifier, "files": len(files)})
    definition.propose(move, actor.municipality)


def save_definition(actor: Actor, move: Move, text: str, seen: str) -> str:
    """Put an edited definition into use; gives why it is not in use, "" when it is (see `definition.save`).

    Raises:
        NotAllowedError: the actor may not move data.
    """
    actor.must(Action.MIGRATE)
    record(actor, place=DEFINITION, action="define", detail={"move": move.identifier})
    return definition.save(move, actor.municipality, text, seen)


def discard_draft(actor: Actor, move: Move) -> None:
    """Throw the draft of a definition away.

    Raises:
        NotAllowedError: the actor may not move data.
    """
    actor.must(Action.MIGRATE)
    definition.discard(move)
    record(actor, place=DEFINITION, action="discard", detail={"move": move.identifier})


def answer(
    actor: Actor, move: Move, run: Run, given: Mapping[str, Mapping[str, str]], seen: Mapping[str, str]
) -> tuple[Collected, list[str]]:
    """Keep the answers to questions; who answers and when is put in where nobody is named (see `answers.answer`).

    Raises:
        NotAllowedError: the actor may not decide. UsageError: an answer is none, or lacks its value.
    """
    actor.must(Action.DECIDE)
    who, when = f"{actor.department} {actor.name}".strip(), timezone.localdate().isoformat()
    answered = {
        one: {**fields, "who": fields["who"] or who, "when": fields["when"] or when}
        for one, fields in given.items()
        if fields["verdict"]
    }
    collected, late = answers.answer(move, run, answered, seen)
    _decided(actor, move, run, collected)
    return collected, late


def gather(actor: Actor, move: Move, run: Run, workbooks: Sequence[Path]) -> Collected:
    """Keep the answers of departments' workbooks.

    Raises:
        NotAllowedError: the actor may not decide. UsageError: see `answers.gather`.
    """
    actor.must(Action.DECIDE)
    collected = answers.gather(move, run, workbooks)
    _decided(actor, move, run, collected)
    return collected


def _decided(actor: Actor, move: Move, run: Run, collected: Collected) -> None:
    detail = {"move": move.identifier, "run": run.number, "new": collected.new, "changed": collected.changed}
    record(actor, place=DECISIONS, action="decide", detail=detail)
