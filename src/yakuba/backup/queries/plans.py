"""Plans as they are read."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import TYPE_CHECKING

from yakuba.backup.models import Plan
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.queries import municipalities

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class PlanLine:
    """控えの計画 of one municipality: see `models.Plan`. name: of the municipality."""

    municipality: str
    name: str
    place: str
    second_place: str
    signer: str
    link: str
    max_age_hours: int
    quota_mb: int
    lock_days: int
    keep_daily: int
    keep_weekly: int
    keep_monthly: int
    keep_yearly: int
    shrink_percent: int
    paused: bool
    since: datetime

    @property
    def max_age(self) -> timedelta:
        """How old the newest good copy may be."""
        return timedelta(hours=self.max_age_hours)

    @property
    def quota(self) -> int:
        """Bytes that all objects may take."""
        return self.quota_mb * _MIB


def plan(municipality: str) -> PlanLine | None:
    """The plan of a municipality; None without one."""
    with wall(municipality):
        row = Plan.objects.select_related("municipality").filter(pk=municipality).first()
        return plan_line(row) if row else None


def plans() -> Sequence[PlanLine]:
    """All plans of the installation, by 団体コード."""
    return [found for one in municipalities() if (found := plan(one.code))]


def plan_line(row: Plan) -> PlanLine:
    """A row as a value."""
    own = {field.name: getattr(row, field.name) for field in fields(PlanLine) if field.name not in _TOLD}
    return PlanLine(row.municipality_id, row.municipality.name, **own)


_TOLD = frozenset({"municipality", "name"})
