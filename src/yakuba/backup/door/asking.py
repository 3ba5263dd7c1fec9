"""What a sender asks before it sends (受領の状況)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.backup.models import Entry
from yakuba.tenancy.database.walls import wall
from yakuba.vault.format.entry import parse
from yakuba.vault.format.names import OBJECTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.backup.queries.plans import PlanLine


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry that was acknowledged; number -1 before the first."""

    vault: str
    number: int
    digest: str


def head(plan: PlanLine) -> Head:
    """Where the chain of a municipality stands here."""
    with wall(plan.municipality):
        newest = Entry.objects.order_by("-number").first()
        if newest is None:
            return Head("", -1, "")
        vault = parse(bytes(newest.raw), newest.number).fields["vault"]
        return Head(str(vault), newest.number, newest.digest)


def entries(plan: PlanLine) -> Sequence[tuple[int, str]]:
    """Number and digest of every entry."""
    with wall(plan.municipality):
        return list(Entry.objects.order_by("number").values_list("number", "digest"))


def objects(plan: PlanLine) -> Sequence[tuple[str, int]]:
    """Name (without its folder) and size of every object that belongs to an entry and was not taken away."""
    with wall(plan.municipality):
        rows = Entry.objects.exclude(object="").filter(swept_at=None).order_by("number")
        return [(name.removeprefix(OBJECTS), size) for name, size in rows.values_list("object", "size")]
