"""Approving (承認): a second person agrees, or hands back with a reason. What was approved enters the shared ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from yakuba.identification.services.stepping import enter, step, tell, turn
from yakuba.identification.standing import Choice, Kind, State
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from yakuba.identification.services.stepping import Turn
    from yakuba.tenancy.acting import Actor


@transaction.atomic
def approve(actor: Actor, collection: int, glyph: int, *, seen: int) -> None:
    """Agree with somebody else's proposal.

    Raises:
        UsageError: nothing is proposed, it is one's own proposal, somebody else was faster.
        NotFoundError: no such glyph, or another town's. NotAllowedError: not the right.
    """
    with turn(actor, collection, glyph, seen) as at:
        choice, proposer = _proposal(at)
        if proposer[0] == actor.login:
            raise UsageError("自分の提案は承認できません", remedy="別の人に承認してもらってください")
        step(at, Kind.APPROVED, choice, proposer=proposer, rank=_rank(at), decision=enter(at, choice))
    tell(at, "characters_approve", choice)


@transaction.atomic
def hand_back(actor: Actor, collection: int, glyph: int, *, seen: int, reason: str) -> None:
    """Do not agree, and say why; the glyph waits for a choice again.

    Raises:
        UsageError: no reason, nothing is proposed, one's own proposal, somebody else was faster.
        NotFoundError, NotAllowedError: as above.
    """
    said = reason.strip()
    if not said:
        raise UsageError("差し戻しには理由が要ります", remedy="どこが違うかを入力してください")
    with turn(actor, collection, glyph, seen) as at:
        choice, proposer = _proposal(at)
        if proposer[0] == actor.login:
            raise UsageError("自分の提案は差し戻せません", remedy="取り消してください")
        step(at, Kind.RETURNED, choice, reason=said)
    tell(at, "characters_return", choice, said)


def _proposal(at: Turn) -> tuple[Choice, tuple[str, str]]:
    mark = at.line.mark
    if at.line.state is not State.PROPOSED or mark is None:
        raise UsageError("承認を待つ提案がありません", remedy="一覧から選び直してください")
    return mark.choice, (mark.proposer, mark.proposer_name)


def _rank(at: Turn) -> int:
    return at.line.mark.rank if at.line.mark else 0
