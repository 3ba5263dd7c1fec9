"""Which municipalities there are, and which groups they are in. All of this is public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from yakuba.tenancy.models import Membership, MunicipalGroup, Municipality

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class Member:
    """A municipality; with its days in a group where a group was asked for."""

    code: str
    name: str
    kana: str
    prefecture: str
    joined_on: date | None = None
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A group of municipalities that share the installation."""

    id: int
    identifier: str
    name: str


def municipalities() -> Sequence[Member]:
    """All municipalities of the installation, by code."""
    return [Member(row.code, row.name, row.kana, row.prefecture) for row in Municipality.objects.all()]


def groups() -> Sequence[Group]:
    """All groups of the installation."""
    return [Group(row.pk, row.identifier, row.name) for row in MunicipalGroup.objects.all()]


def group(identifier: str | int) -> Group | None:
    """A group by its word or its id."""
    key = {"pk": identifier} if isinstance(identifier, int) else {"identifier": identifier}
    row = MunicipalGroup.objects.filter(**key).first()
    return Group(row.pk, row.identifier, row.name) if row else None


def members(group: int, on: date | None = None, *, ever: bool = False) -> Sequence[Member]:
    """Members of a group on a day (default today), or all that ever were, by code and day."""
    rows = Membership.objects.filter(group_id=group).select_related("member").order_by("member_id", "joined_on")
    if not ever:
        rows = _on(rows, on or timezone.localdate())
    return [
        Member(row.member_id, row.member.name, row.member.kana, row.member.prefecture, row.joined_on, row.left_on)
        for row in rows
    ]


def belongs(municipality: str, group: int | None, on: date | None = None) -> bool:
    """Whether a municipality is in a group on a day (default today)."""
    if group is None:
        return False
    rows = Membership.objects.filter(group_id=group, member_id=municipality)
    return _on(rows, on or timezone.localdate()).exists()


def _on(rows: QuerySet[Membership], day: date) -> QuerySet[Membership]:
    return rows.filter(Q(left_on=None) | Q(left_on__gt=day), joined_on__lte=day)
