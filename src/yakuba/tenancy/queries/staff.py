"""Lists for those who administer: staff, departments, rights and when they end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils import timezone

from yakuba.tenancy.audit import home
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.models import Department, Right, Staff
from yakuba.tenancy.queries.actors import works
from yakuba.tenancy.rights import Action, item_group_labels

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from yakuba.tenancy.acting import Actor


@dataclass(frozen=True, slots=True)
class Account:
    """An account as lists show it. works: it can sign in today; second_factor: it has set one up."""

    id: int
    login: str
    name: str
    department: str
    department_id: int | None
    valid_from: date
    valid_until: date
    works: bool
    stopped_at: datetime | None
    last_login: datetime | None
    email: str
    second_factor: bool


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """A department and how many working accounts it has."""

    id: int
    name: str
    staff: int


@dataclass(frozen=True, slots=True)
class RightLine:
    """A right as lists show it. holds: it allows something today."""

    id: int
    staff: int
    login: str
    name: str
    action: str
    label: str
    business: str
    item_group: str
    item_group_label: str
    valid_from: date
    valid_until: date
    exceptional: bool
    reason: str
    granted_by: str
    granted_at: datetime
    revoked_by: str
    revoked_at: datetime | None
    holds: bool


def staff(actor: Actor) -> Sequence[Account]:
    """All accounts of the actor's municipality, or of the operator's group; empty without the right."""
    if not _administers(actor):
        return []
    with home(actor):
        return [_account(row) for row in _accounts()]


def account(actor: Actor, staff: int) -> Account | None:
    """One account; None where it does not exist, is behind another wall, or may not be seen."""
    if not _administers(actor):
        return None
    with home(actor):
        row = _accounts().filter(pk=staff).first()
        return _account(row) if row else None


def departments(actor: Actor) -> Sequence[DepartmentLine]:
    """Departments of the actor's municipality with their number of working accounts."""
    with wall(actor.municipality):
        working = [row.department_id for row in Staff.objects.exclude(department=None) if works(row)]
        return [DepartmentLine(row.pk, row.name, working.count(row.pk)) for row in Department.objects.all()]


def rights_of(actor: Actor, staff: int | None = None, *, ended: bool = False) -> Sequence[RightLine]:
    """Rights of one account (default the actor's own), newest end first; others' only for those who administer.

    Args:
        ended: also those that are over or revoked.
    """
    wanted = actor.staff if staff is None else staff
    if actor.operator or (wanted != actor.staff and not actor.may(Action.RIGHTS)):
        return []
    with wall(actor.municipality):
        rows = Right.objects.filter(staff_id=wanted).select_related("staff").order_by("-valid_until", "action", "pk")
        lines = [_line(row) for row in rows]
    today = timezone.localdate()
    return [line for line in lines if ended or (line.revoked_at is None and line.valid_until >= today)]


def ending_rights(actor: Actor, days: int = 30) -> Sequence[RightLine]:
    """Rights of the whole municipality that end within so many days, soonest first: what needs attention."""
    if actor.operator or not actor.may(Action.RIGHTS):
        return []
    today = timezone.localdate()
    with wall(actor.municipality):
        rows = Right.objects.filter(
            revoked_at=None, valid_until__gte=today, valid_until__lte=today + timedelta(days=days)
        )
        return [_line(row) for row in rows.select_related("staff").order_by("valid_until", "staff__login", "pk")]


def _administers(actor: Actor) -> bool:
    return actor.operator or actor.may(Action.RIGHTS)


def _accounts() -> QuerySet[Staff]:
    from allauth.mfa.models import Authenticator

    factor = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return Staff.objects.select_related("department").annotate(has_factor=Exists(factor))


def _account(row: Staff) -> Account:
    return Account(
        row.pk,
        row.login,
        row.name,
        row.department.name if row.department else "",
        row.department_id,
        row.valid_from,
        row.valid_until,
        works(row),
        row.stopped_at,
        row.last_login,
        row.email,
        bool(getattr(row, "has_factor", False)),
    )


def _line(row: Right) -> RightLine:
    today = timezone.localdate()
    action = Action(row.action)
    return RightLine(
        row.pk,
        row.staff_id,
        row.staff.login,
        row.staff.name,
        row.action,
        action.label,
        row.business,
        row.item_group,
        {"": "通常の項目", "*": "すべての項目"}.get(row.item_group, item_group_labels().get(row.item_group, "")),
        row.valid_from,
        row.valid_until,
        row.exceptional,
        row.reason,
        row.granted_by,
        row.granted_at,
        row.revoked_by,
        row.revoked_at,
        row.revoked_at is None and row.valid_from <= today <= row.valid_until and works(row.staff),
    )
