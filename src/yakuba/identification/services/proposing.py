"""Proposing (提案): one person says which character a glyph is, or that it is none; another one has to agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from yakuba.characters import tables
from yakuba.characters.glyphs.knowledge import CLEAR
from yakuba.characters.vendor import Likeness
from yakuba.identification.services.stepping import enter, step, tell, turn
from yakuba.identification.standing import Choice, Kind, State
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from yakuba.identification.services.stepping import Turn
    from yakuba.tenancy.acting import Actor

FIRST = 9
"""So many candidates can be chosen without saying why: those that have a key."""


@transaction.atomic
def propose(actor: Actor, collection: int, glyph: int, choice: Choice, *, seen: int, reason: str = "") -> State:
    """Say what a glyph is; gives how it stands afterwards.

    Where other towns have decided the very same about this shape, this is the acceptance that is still missing.

    Args:
        choice: MJ文字図形名 and 区分. seen: number of the newest step that the person saw. reason: why; needed for
            類似, for what is not among the first candidates or clearly not the nearest in shape, and against what
            another town has decided.

    Raises:
        UsageError: no such character, a reason is missing, the glyph is decided, somebody else was faster.
        NotFoundError: no such glyph, or another town's. NotAllowedError: not the right.
    """
    said = reason.strip()
    with turn(actor, collection, glyph, seen) as at:
        _check(at, choice, said)
        offer = at.line.stand.offer
        if offer and offer.choice == choice:
            step(
                at,
                Kind.ACCEPTED,
                choice,
                reason=said,
                rank=_rank(at, choice),
                decision=enter(at, choice, follows=offer.id),
            )
            state, action = State.DECIDED, "characters_accept"
        else:
            step(at, Kind.PROPOSED, choice, reason=said, rank=_rank(at, choice), proposer=(actor.login, actor.name))
            state, action = State.PROPOSED, "characters_propose"
    tell(at, action, choice, said)
    return state


def _check(at: Turn, choice: Choice, reason: str) -> None:
    if not at.line.state.waits:
        raise UsageError(
            f"この外字は{at.line.state.label}です", remedy="変えるときは、先に提案または決定を取り消してください"
        )
    if choice.likeness not in set(Likeness) or (choice.likeness == Likeness.NONE) is not (choice.mj == ""):
        raise UsageError("文字と区分が合いません", remedy="文字を選ぶか、「どれでもない」を選んでください")
    if choice.mj and choice.mj not in tables.form_by_name():
        raise UsageError(
            f"{choice.mj[:8]}はMJ文字情報一覧表にないか、符号がなく書けません", remedy="別の文字を選んでください"
        )
    if not reason and (why := _needs_reason(at, choice)):
        raise UsageError(f"{why}は理由が要ります", remedy="なぜこの文字か（または文字でないか）を入力してください")


def _needs_reason(at: Turn, choice: Choice) -> str:
    """Why a reason is needed, as the beginning of a sentence; "" if it is not."""
    if choice.likeness == Likeness.SIMILAR:
        return "「類似」に"
    if choice.mj and not 0 < _rank(at, choice) <= FIRST:
        return f"{FIRST}番までの候補にない文字を選ぶとき"
    if choice.mj and _farther(at, choice):
        return "一番近い候補より明らかに遠い文字を選ぶとき"
    if any(one.choice.mj != choice.mj for one in at.line.known):
        return "ほかの町の決定と違う文字を選ぶとき"
    return ""


def _farther(at: Turn, choice: Choice) -> bool:
    """Whether another candidate is nearer in shape, by more than can be doubted."""
    shapes = {str(name): float(shape) for name, _, shape in at.glyph.candidates}
    return shapes[choice.mj] < max(shapes.values()) - CLEAR


def _rank(at: Turn, choice: Choice) -> int:
    names = [str(one[0]) for one in at.glyph.candidates]
    return names.index(choice.mj) + 1 if choice.mj in names else 0
