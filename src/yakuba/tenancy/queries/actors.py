"""From an account to the one who acts. Asked at every request and by every job, so that nothing revoked lingers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.tenancy.acting import Actor
from yakuba.tenancy.database.walls import house, signing_in
from yakuba.tenancy.models import Right, Staff
from yakuba.tenancy.rights import Action, Grant

if TYPE_CHECKING:
    from datetime import date

_ACTIONS = frozenset(Action)


def actor_of(account: str | int) -> Actor | None:
    """The actor of a login name or an account's id; None when there is none or it does not work today."""
    with signing_in(str(account)):
        key = {"pk": account} if isinstance(account, int) else {"login": account}
        found = Staff.objects.select_related("municipality").filter(**key).first()
    return actor_from(found) if found and works(found) else None


def works(staff: Staff, on: date | None = None) -> bool:
    """Whether an account works today: begun, not ended, not stopped."""
    return staff.stopped_at is None and staff.valid_from <= (on or timezone.localdate()) <= staff.valid_until


def actor_from(staff: Staff) -> Actor:
    """The actor of an account that is at hand."""
    with house(staff.municipality_id, staff.group_id):
        return actor_here(staff)


def actor_here(staff: Staff) -> Actor:
    """The same, behind the account's own wall already."""
    if staff.municipality is None:
        return Actor(staff.pk, staff.login, staff.name, "", "", staff.group_id, "", ())
    rows = Right.objects.filter(staff=staff, revoked_at=None, valid_until__gte=timezone.localdate())
    rights = tuple(_grant(row) for row in rows if row.action in _ACTIONS)
    department = staff.department.name if staff.department else ""
    town = staff.municipality
    return Actor(staff.pk, staff.login, staff.name, town.code, town.name, None, department, rights)


def _grant(row: Right) -> Grant:
    return Grant(
        Action(row.action),
        row.business,
        row.item_group,
        row.valid_from,
        row.valid_until,
        row.exceptional,
        row.reason,
    )
