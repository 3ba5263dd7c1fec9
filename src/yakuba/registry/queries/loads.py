"""Loads (取込みの一覧): what came in, from which evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.registry.models import Ledger, Load
from yakuba.tenancy.acting import NotAllowedError
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from datetime import date, datetime

    from yakuba.tenancy.acting import Actor


@dataclass(frozen=True, slots=True)
class LoadShown:
    """One load: see `models.Load`. rows: all records. layouts: ids of its layouts. replaceable: by a rehearsal."""

    evidence: str
    signer: str
    standard: str
    as_of: date
    counts: dict[str, int]
    rows: int
    by: str
    at: datetime
    layouts: tuple[str, ...]


def loads(actor: Actor) -> tuple[LoadShown, ...]:
    """Loads of the actor's municipality, newest first. They name no resident.

    Raises:
        NotAllowedError: the actor may neither load, export nor move data.
    """
    if not any(actor.may(action) for action in (Action.LOAD, Action.EXPORT, Action.MIGRATE, Action.DECIDE)):
        raise NotAllowedError("取込みを見る権限がありません", remedy="権限の管理者に申し出てください")
    with wall(actor.municipality):
        return tuple(_shown(load) for load in Load.objects.all())


def _shown(load: Load) -> LoadShown:
    counts = {str(name): int(rows) for name, rows in load.counts.items()}
    layouts = Ledger.objects.filter(load=load).order_by("place").values_list("layout", flat=True)
    return LoadShown(
        load.evidence, load.signer, load.standard, load.as_of, counts, sum(counts.values()), load.by, load.at,
        tuple(dict.fromkeys(layouts)),
    )  # fmt: skip
