"""Taking back (取り消し): a counter-entry, in the town's steps and in the shared ledger. Nothing is erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from yakuba.identification.access import logged, reading, writing
from yakuba.identification.models import Decision, Step
from yakuba.identification.queries.lines import newest_steps
from yakuba.identification.services.stepping import LATE, LOOK, step, tell, turn, withdraw, withdrawal
from yakuba.identification.standing import Kind, State
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.tenancy.acting import Actor


@transaction.atomic
def undo(actor: Actor, collection: int, glyph: int, *, seen: int, reason: str = "") -> State:
    """Take back the newest step; gives how the glyph stands afterwards.

    A proposal is taken back by who made it. A decision can be taken back by anybody with the right, who says why; who
    made it a moment ago need not. An approval that is taken back leaves the proposal standing.

    Raises:
        UsageError: nothing stands, it is not one's own, a reason is missing, somebody else was faster.
        NotFoundError: no such glyph, or another town's. NotAllowedError: not the right.
    """
    said = reason.strip()
    with turn(actor, collection, glyph, seen) as at:
        mark = at.line.mark
        if mark is None or at.line.state not in (State.PROPOSED, State.DECIDED):
            raise UsageError("取り消すものがありません", remedy="一覧から選び直してください")
        own = at.line.own(actor)
        if at.line.state is State.PROPOSED and not own:
            raise UsageError("ほかの人の提案は取り消せません", remedy="承認するか、理由を付けて差し戻してください")
        if not own and not said:
            raise UsageError("決定の取り消しには理由が要ります", remedy="なぜ取り消すかを入力してください")
        reopened = mark.kind == Kind.APPROVED
        counter = withdraw(at) if at.line.state is State.DECIDED else None
        kind = Kind.REOPENED if reopened else Kind.UNDONE
        proposer = (mark.proposer, mark.proposer_name) if reopened else ("", "")
        step(at, kind, mark.choice, reason=said, rank=mark.rank, proposer=proposer, decision=counter)
    tell(at, "characters_undo", mark.choice, said)
    return State.PROPOSED if reopened else State.OPEN


def undo_last(actor: Actor, collection: int) -> list[int]:
    """Take back what this person did last in a collection, as far as it still stands; gives the glyphs.

    Glyphs that were accepted together are taken back together.

    Raises:
        UsageError: there is nothing; or somebody else was faster, and nothing was written.
    """
    with reading(actor):
        mine = [
            one
            for one in newest_steps(collection)
            if one.login == actor.login and (Kind(one.kind) is Kind.PROPOSED or Kind(one.kind).decides)
        ]
    if not mine:
        raise UsageError("取り消せるものがありません", remedy="自分が直前にしたことだけを取り消せます")
    last = max(mine, key=lambda one: one.pk)
    if last.together is None:
        undo(actor, collection, last.glyph_id, seen=last.number)
        return [last.glyph_id]
    return _undo_together(actor, [one for one in mine if one.together == last.together])


@transaction.atomic
def _undo_together(actor: Actor, steps: Sequence[Step]) -> list[int]:
    """The counter-entries to many acceptances of one moment: all of them, or none."""
    town, collection = steps[0].municipality_id, steps[0].collection_id
    try:
        with transaction.atomic(), writing(actor, town):
            counters = Decision.objects.bulk_create([withdrawal(one.decision) for one in steps if one.decision])
            Step.objects.bulk_create([_after(actor, *each) for each in zip(steps, counters, strict=True)])
    except IntegrityError as error:
        raise UsageError(LATE, remedy=LOOK) from error
    logged(actor, town, "characters_undo_together", detail={"collection": collection, "glyphs": len(steps)})
    return [one.glyph_id for one in steps]


def _after(actor: Actor, before: Step, counter: Decision) -> Step:
    """What takes a step back: the choice of who proposed it stays proposed, another town's is only offered again."""
    reopened = before.kind == Kind.APPROVED
    return Step(
        municipality_id=before.municipality_id,
        collection_id=before.collection_id,
        glyph_id=before.glyph_id,
        number=before.number + 1,
        kind=Kind.REOPENED if reopened else Kind.UNDONE,
        mj=before.mj,
        likeness=before.likeness,
        rank=before.rank,
        proposer=before.proposer if reopened else "",
        proposer_name=before.proposer_name if reopened else "",
        login=actor.login,
        name=actor.name,
        decision=counter,
    )
