"""How a glyph stands (判断のようす): a rule over its newest step and what the ledger knows of its shape."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from yakuba.characters.vendor import Likeness

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


class Kind(StrEnum):
    """What somebody did about a glyph."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    UNDONE = "undone"
    REOPENED = "reopened"

    @property
    def label(self) -> str:
        """Its word on screens."""
        return _KINDS[self.value]

    @property
    def proposes(self) -> bool:
        """Whether a proposal stands after it."""
        return self in (Kind.PROPOSED, Kind.REOPENED)

    @property
    def decides(self) -> bool:
        """Whether a decision stands after it."""
        return self in (Kind.APPROVED, Kind.ACCEPTED)


_KINDS = {
    "proposed": "提案",
    "approved": "承認",
    "accepted": "他の決定を受け入れ",
    "returned": "差し戻し",
    "undone": "取り消し",
    "reopened": "承認の取り消し",
}


class State(StrEnum):
    """How a glyph stands, in the order in which the screens show them."""

    OPEN = "open"
    DISPUTED = "disputed"
    OFFERED = "offered"
    PROPOSED = "proposed"
    DECIDED = "decided"

    @property
    def label(self) -> str:
        """Its word on screens."""
        return _STATES[self.value]

    @property
    def waits(self) -> bool:
        """Whether somebody has to choose."""
        return self in (State.OPEN, State.DISPUTED, State.OFFERED)


_STATES = {
    "open": "判断待ち",
    "disputed": "町ごとに違う",
    "offered": "他の町の決定あり",
    "proposed": "承認待ち",
    "decided": "決定",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a glyph is said to be: MJ文字図形名 ("" = 該当なし) and 区分."""

    mj: str
    likeness: str

    @property
    def same_shape(self) -> bool:
        """字形一致: what may be taken over many at a time."""
        return self.likeness == Likeness.SAME


@dataclass(frozen=True, slots=True)
class Known:
    """What one town has decided about a shape, and not taken back.

    Attributes:
        id: of the ledger's entry. municipality, town: code and name. follows: name of the town whose decision it took
            over, "" = decided by two people of its own.
    """

    id: int
    municipality: str
    town: str
    choice: Choice
    at: datetime
    follows: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """How a glyph stands.

    Attributes:
        choice: what is decided, proposed or offered; None while nothing is.
        offer: the entry of the ledger that an acceptance would follow, None unless `offered`.
        conflict: towns have decided differently about this shape (this one's decision counts).
    """

    state: State
    choice: Choice | None
    offer: Known | None
    conflict: bool


def stand(kind: str, mine: Choice | None, known: Iterable[Known]) -> Stand:
    """The rule.

    Args:
        kind: of the newest step, "" before the first. mine: its choice. known: entries of the ledger for the shape.
    """
    entries = sorted(known, key=lambda one: one.id)
    said = {one.choice.mj for one in entries}
    if kind and Kind(kind).decides:
        return Stand(State.DECIDED, mine, None, conflict=len(said) > 1)
    if kind and Kind(kind).proposes:
        return Stand(State.PROPOSED, mine, None, conflict=len(said | {mine.mj if mine else ""}) > 1)
    if not entries:
        return Stand(State.OPEN, None, None, conflict=False)
    if len(said) > 1:
        return Stand(State.DISPUTED, None, None, conflict=True)
    return Stand(State.OFFERED, entries[0].choice, entries[0], conflict=False)
