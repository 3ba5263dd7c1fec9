"""One glyph with everything that helps to decide: candidates, readings, what was done, what other towns say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.identification import ledger
from yakuba.identification.access import reading
from yakuba.identification.models import Glyph, Spelling, Step
from yakuba.identification.queries.collections import MOST
from yakuba.identification.standing import Choice, Kind, Known
from yakuba.tenancy.acting import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from yakuba.tenancy.acting import Actor


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate of the machine: MJ文字図形名, similarity 0 … 1 with what is known, and of the shape alone."""

    mj: str
    similarity: float
    shape: float


@dataclass(frozen=True, slots=True)
class Used:
    """A family name that several people write with the glyph."""

    text: str
    kana: str
    people: int


@dataclass(frozen=True, slots=True)
class Happening:
    """One step of this town, for its history."""

    kind: Kind
    choice: Choice
    reason: str
    name: str
    at: datetime
    follows: str


@dataclass(frozen=True, slots=True)
class Page:
    """What the workbench shows.

    Attributes:
        dots: size of the bitmap, 0 = outlines. suggestion: 区分 that the machine would give its first candidate.
        readings: reading at the glyph's place in names, people. names: empty for an operator.
        steps: of this town, oldest first. others: entries of other towns, oldest first, and whether withdrawn.
    """

    dots: int
    suggestion: str
    sure: float
    candidates: tuple[Proposal, ...]
    readings: tuple[tuple[str, int], ...]
    names: tuple[Used, ...]
    steps: tuple[Happening, ...]
    others: tuple[tuple[Known, bool], ...]


def page(actor: Actor, number: int) -> Page:
    """Everything about one glyph.

    Raises:
        NotFoundError: there is none, or it is another town's. NotAllowedError: not the right.
    """
    with reading(actor):
        row = glyph_row(number)
        rows = Step.objects.filter(glyph=row).select_related("decision__follows__municipality").order_by("number")
        others = ledger.history(row.digest)
        return Page(
            row.dots,
            row.suggestion,
            row.sure,
            tuple(Proposal(*one) for one in row.candidates),
            tuple((str(text), int(people)) for text, people in row.readings),
            tuple(Used(one.text, one.kana, one.people) for one in Spelling.objects.filter(glyph=row)),
            tuple(_happening(one) for one in rows),
            tuple(pair for pair in others if pair[0].municipality != row.municipality_id),
        )


def picture(actor: Actor, collection: int, number: int) -> tuple[bytes, int, Sequence[Proposal]]:
    """The glyph's PNG, its dots (0 = outlines) and its candidates.

    Raises:
        NotFoundError, NotAllowedError: as above.
    """
    with reading(actor):
        row = glyph_row(number)
        if row.collection_id != collection:
            raise NotFoundError("この外字はありません", remedy="一覧から選んでください")
        return bytes(row.picture), row.dots, [Proposal(*one) for one in row.candidates]


def glyph_row(number: int) -> Glyph:
    """The row of a glyph, inside the wall.

    Raises:
        NotFoundError: there is none, or it is another town's.
    """
    row = Glyph.objects.filter(pk=number).first() if number <= MOST else None
    if row is None:
        raise NotFoundError("この外字はありません", remedy="一覧から選んでください")
    return row


def _happening(row: Step) -> Happening:
    decision = row.decision
    follows = decision.follows.municipality.name if decision and decision.follows else ""
    return Happening(Kind(row.kind), Choice(row.mj, row.likeness), row.reason, row.name, row.at, follows)
