"""Settling many at once (まとめて受け入れる): only 字形一致 that was decided so before, for the very same shape."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import IntegrityError, transaction

from yakuba.identification.access import logged, writing
from yakuba.identification.ledger import DECIDED
from yakuba.identification.models import Decision, Step
from yakuba.identification.queries.collections import collection as found_collection
from yakuba.identification.standing import Kind, State
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection as Some
    from uuid import UUID

    from yakuba.identification.queries.collections import Group
    from yakuba.identification.queries.lines import Line
    from yakuba.tenancy.acting import Actor


@transaction.atomic
def settle_together(actor: Actor, collection: int, glyphs: Some[int]) -> int:
    """Accept other towns' decisions, and approve colleagues' proposals that agree with them; gives how many.

    Args:
        glyphs: those that were looked at. One that may not be settled so, or not any more, stays as it is.

    Raises:
        UsageError: somebody else did something in the same moment; nothing was written.
        NotFoundError: no such collection, or another town's. NotAllowedError: not the right.
    """
    group, every = found_collection(actor, collection)
    chosen = [one for one in every if one.id in glyphs and one.together(actor)]
    if chosen:
        _write(actor, group, chosen)
        counted = {"collection": collection, "glyphs": len(chosen)}
        logged(actor, group.municipality, "characters_together", detail=counted)
    return len(chosen)


def _write(actor: Actor, group: Group, chosen: list[Line]) -> None:
    try:
        with transaction.atomic(), writing(actor, group.municipality):
            entries = Decision.objects.bulk_create([_entry(group, one) for one in chosen])
            pairs, together = zip(chosen, entries, strict=True), uuid4()
            Step.objects.bulk_create([_step(actor, group, line, entry, together) for line, entry in pairs])
    except IntegrityError as error:
        raise UsageError("ほかの人が先に決めました", remedy="画面を見直してから、もう一度選んでください") from error


def _entry(group: Group, line: Line) -> Decision:
    choice, offer = line.stand.choice, line.stand.offer
    assert choice is not None  # `together` says so
    return Decision(
        municipality_id=group.municipality,
        digest=line.digest,
        kind=DECIDED,
        mj=choice.mj,
        likeness=choice.likeness,
        follows_id=offer.id if offer else None,
    )


def _step(actor: Actor, group: Group, line: Line, entry: Decision, together: UUID) -> Step:
    mark = line.mark if line.state is State.PROPOSED else None
    return Step(
        municipality_id=group.municipality,
        collection_id=group.id,
        glyph_id=line.id,
        number=line.seen + 1,
        kind=Kind.APPROVED if mark else Kind.ACCEPTED,
        mj=entry.mj,
        likeness=entry.likeness,
        rank=mark.rank if mark else 0,
        proposer=mark.proposer if mark else "",
        proposer_name=mark.proposer_name if mark else "",
        login=actor.login,
        name=actor.name,
        decision=entry,
        together=together,
    )
