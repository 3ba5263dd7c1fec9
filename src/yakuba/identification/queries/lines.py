"""Every glyph of a collection in one line with how it stands: three questions to the database, however many glyphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.identification.ledger import known
from yakuba.identification.models import Glyph, Step
from yakuba.identification.standing import Choice, Known, Stand, State, stand

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from yakuba.tenancy.acting import Actor


@dataclass(frozen=True, slots=True)
class Mark:
    """The newest step of a glyph: see `models.Step`."""

    number: int
    kind: str
    choice: Choice
    rank: int
    reason: str
    proposer: str
    proposer_name: str
    login: str
    name: str
    at: datetime
    followed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One glyph: see `models.Glyph`.

    Attributes:
        first: the machine's first candidate, "" without one. stand: how it stands.
        mark: its newest step, None before the first. known: towns' decisions about its shape.
    """

    id: int
    place: int
    private: str
    name: str
    digest: str
    people: int
    first: str
    stand: Stand
    mark: Mark | None
    known: tuple[Known, ...]

    @property
    def state(self) -> State:
        """How it stands."""
        return self.stand.state

    @property
    def seen(self) -> int:
        """Number of the newest step: what a form sends back, so that nobody decides over another's head."""
        return self.mark.number if self.mark else 0

    @property
    def reused(self) -> bool:
        """Whether the decision is another town's that was taken over."""
        return self.state is State.DECIDED and self.mark is not None and self.mark.followed

    def approvable(self, actor: Actor) -> bool:
        """Whether this person may approve: a proposal of somebody else."""
        return self.state is State.PROPOSED and self.mark is not None and self.mark.proposer != actor.login

    def own(self, actor: Actor) -> bool:
        """Whether what stands is this person's own: the proposal, or the approval or acceptance that decided."""
        if self.mark is None:
            return False
        return actor.login == (self.mark.proposer if self.state is State.PROPOSED else self.mark.login)

    def together(self, actor: Actor) -> bool:
        """Whether it may be settled with many others at once.

        字形一致, decided so before by all who did, and what the machine finds nearest in shape too.
        """
        choice = self.stand.choice
        before = {one.choice.mj for one in self.known}
        agreed = choice is not None and choice.same_shape and before == {choice.mj} == {self.first}
        settled_so = all(one.choice.same_shape for one in self.known)
        return agreed and settled_so and (self.state is State.OFFERED or self.approvable(actor))


def lines(collection: int) -> list[Line]:
    """All glyphs, those first that most people use; inside the wall through which they are read."""
    rows = Glyph.objects.filter(collection=collection)
    marks = {one.glyph_id: _mark(one) for one in newest_steps(collection)}
    entries = known(rows.order_by().values("digest"))
    fields = ("id", "place", "private", "name", "digest", "people", "candidates__0__0")
    return [
        _line(values, marks.get(values[0]), tuple(entries.get(values[4], ())))
        for values in rows.order_by("-people", "place").values_list(*fields)
    ]


def newest_steps(collection: int) -> Sequence[Step]:
    """The newest step of every glyph that has one."""
    rows = Step.objects.filter(collection=collection).select_related("decision")
    return list(rows.order_by("glyph_id", "-number").distinct("glyph_id"))


def line_of(glyph: Glyph) -> Line:
    """One glyph by itself."""
    step = Step.objects.filter(glyph=glyph).select_related("decision").order_by("-number").first()
    first = str(glyph.candidates[0][0]) if glyph.candidates else ""
    values = (glyph.pk, glyph.place, glyph.private, glyph.name, glyph.digest, glyph.people, first)
    return _line(values, _mark(step) if step else None, tuple(known([glyph.digest]).get(glyph.digest, ())))


def _line(
    values: tuple[int, int, str, str, str, int, str | None], mark: Mark | None, entries: tuple[Known, ...]
) -> Line:
    stood = stand(mark.kind if mark else "", mark.choice if mark else None, entries)
    number, place, private, name, digest, people, first = values
    return Line(number, place, private, name, digest, people, first or "", stand=stood, mark=mark, known=entries)


def _mark(row: Step) -> Mark:
    return Mark(
        row.number, row.kind, Choice(row.mj, row.likeness), row.rank, row.reason, row.proposer, row.proposer_name,
        row.login, row.name, row.at, followed=row.decision is not None and row.decision.follows_id is not None,
    )  # fmt: skip
