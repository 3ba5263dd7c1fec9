"""Writing a step: the number after the one that was seen, so that of two people who act at once one is told so."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from yakuba.identification.access import logged, reading, writing
from yakuba.identification.ledger import DECIDED, WITHDRAWN
from yakuba.identification.models import Decision, Step
from yakuba.identification.queries.glyph import glyph_row
from yakuba.identification.queries.lines import line_of
from yakuba.kernel.errors import UsageError
from yakuba.tenancy.acting import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.identification.models import Glyph
    from yakuba.identification.queries.lines import Line
    from yakuba.identification.standing import Choice, Kind
    from yakuba.tenancy.acting import Actor

REASON = 200
"""Longest reason, in characters."""
LATE = "ほかの人が先に決めました"
LOOK = "画面を見直してから、もう一度決めてください"


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody's turn at a glyph: the row, how it stands, who acts."""

    actor: Actor
    glyph: Glyph
    line: Line

    @property
    def municipality(self) -> str:
        """団体コード of the glyph's town."""
        return self.glyph.municipality_id


@contextmanager
def turn(actor: Actor, collection: int, number: int, seen: int) -> Iterator[Turn]:
    """Inside the wall of the glyph's town, with nothing changed since `seen`.

    Raises:
        NotFoundError: no such glyph in the collection, or another town's. NotAllowedError: not the right.
        UsageError: somebody else was faster.
    """
    with reading(actor):
        glyph = glyph_row(number)
    if glyph.collection_id != collection:
        raise NotFoundError("この外字はありません", remedy="一覧から選んでください")
    with transaction.atomic(), writing(actor, glyph.municipality_id):
        line = line_of(glyph)
        if line.seen != seen:
            raise UsageError(LATE, remedy=LOOK)
        yield Turn(actor, glyph, line)


def step(
    at: Turn,
    kind: Kind,
    choice: Choice,
    *,
    reason: str = "",
    rank: int = 0,
    proposer: tuple[str, str] = ("", ""),
    decision: Decision | None = None,
) -> None:
    """Write what somebody did.

    Args:
        proposer: login and name of who proposed what stands now; ("", "") where nobody of this town did.

    Raises:
        UsageError: somebody else did something in the same moment.
    """
    try:
        with transaction.atomic():
            Step.objects.create(
                municipality_id=at.municipality,
                collection_id=at.glyph.collection_id,
                glyph=at.glyph,
                number=at.line.seen + 1,
                kind=kind,
                mj=choice.mj,
                likeness=choice.likeness,
                rank=rank,
                reason=reason.replace("\0", "")[:REASON],
                proposer=proposer[0],
                proposer_name=proposer[1],
                login=at.actor.login,
                name=at.actor.name,
                decision=decision,
            )
    except IntegrityError as error:
        raise UsageError(LATE, remedy=LOOK) from error


def enter(at: Turn, choice: Choice, *, follows: int | None = None) -> Decision:
    """Write a decision into the shared ledger."""
    return Decision.objects.create(
        municipality_id=at.municipality,
        digest=at.glyph.digest,
        kind=DECIDED,
        mj=choice.mj,
        likeness=choice.likeness,
        follows_id=follows,
    )


def withdraw(at: Turn) -> Decision | None:
    """Write the counter-entry to the decision that the newest step made; None where it made none."""
    newest = Step.objects.filter(glyph=at.glyph).order_by("-number").select_related("decision").first()
    if newest is None or newest.decision is None:
        return None
    counter = withdrawal(newest.decision)
    counter.save()
    return counter


def withdrawal(entry: Decision) -> Decision:
    """The counter-entry to an entry of the ledger, not yet written."""
    return Decision(
        municipality_id=entry.municipality_id,
        digest=entry.digest,
        kind=WITHDRAWN,
        mj=entry.mj,
        likeness=entry.likeness,
        withdraws=entry,
    )


def tell(at: Turn, action: str, choice: Choice, reason: str = "") -> None:
    """Enter into the log what was done; after the step, outside of the town's wall."""
    said = {"collection": at.glyph.collection_id, "glyph": at.glyph.name, "mj": choice.mj, "likeness": choice.likeness}
    logged(at.actor, at.municipality, action, reason=reason[:REASON], detail=said)
