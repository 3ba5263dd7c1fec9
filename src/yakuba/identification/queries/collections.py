"""Collections of glyphs (外字の組) and how far each is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.identification.access import reading
from yakuba.identification.models import Collection
from yakuba.identification.queries.lines import lines
from yakuba.identification.standing import State
from yakuba.tenancy.acting import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from yakuba.identification.queries.lines import Line
    from yakuba.tenancy.acting import Actor

MOST = 2**63 - 1
"""The largest number that the database has for an id."""


@dataclass(frozen=True, slots=True)
class Group:
    """One collection: see `models.Collection`.

    Attributes:
        municipality, town: code and name. aside: who has taken it off the list and why, "" = it is on it.
    """

    id: int
    municipality: str
    town: str
    name: str
    vendor: str
    source: str
    by: str
    at: datetime
    glyphs: int
    aside: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a collection is.

    Attributes:
        states: glyphs by state. reused: decided by taking another town's decision over. conflicts: glyphs about whose
            shape towns have decided differently, whatever their state.
    """

    states: Mapping[State, int]
    reused: int
    conflicts: int

    @property
    def total(self) -> int:
        """All glyphs."""
        return sum(self.states.values())

    @property
    def proposed(self) -> int:
        """Those that a second person has to look at."""
        return self.states.get(State.PROPOSED, 0)

    @property
    def offered(self) -> int:
        """Those that another town has decided."""
        return self.states.get(State.OFFERED, 0)

    @property
    def decided(self) -> int:
        """Those that need nobody any more."""
        return self.states.get(State.DECIDED, 0)

    @property
    def waiting(self) -> int:
        """Those for which somebody has to choose."""
        return sum(number for state, number in self.states.items() if state.waits)


def progress(found: Sequence[Line]) -> Progress:
    """Of the lines of one collection."""
    return Progress(
        Counter(one.state for one in found),
        reused=sum(one.reused for one in found),
        conflicts=sum(one.stand.conflict for one in found),
    )


def collections(actor: Actor) -> Sequence[tuple[Group, Progress]]:
    """Those of the actor's town, or of the towns of the operator's group; newest first.

    Raises:
        NotAllowedError: neither an operator nor the right of 移行.
    """
    with reading(actor):
        rows = Collection.objects.filter(aside=None).select_related("municipality", "aside")
        return [(_group(row), progress(lines(row.pk))) for row in rows]


def collection(actor: Actor, number: int) -> tuple[Group, list[Line]]:
    """One of them with all its glyphs, most used first.

    Raises:
        NotFoundError: there is none, or it is another town's. NotAllowedError: as above.
    """
    with reading(actor):
        found = group_of(number)
        return found, lines(number)


def group_of(number: int) -> Group:
    """The collection of a number, inside the wall.

    Raises:
        NotFoundError: there is none, or it is another town's.
    """
    row = (
        Collection.objects.select_related("municipality", "aside").filter(pk=number).first() if number <= MOST else None
    )
    if row is None:
        raise NotFoundError("この外字の組はありません", remedy="一覧から選んでください")
    return _group(row)


def _group(row: Collection) -> Group:
    aside = getattr(row, "aside", None)
    return Group(
        row.pk, row.municipality_id, row.municipality.name, row.name, row.vendor, row.source, row.by, row.at,
        row.glyphs, f"{aside.name}：{aside.reason}" if aside else "",
    )  # fmt: skip
