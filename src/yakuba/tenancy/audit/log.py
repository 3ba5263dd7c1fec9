"""Writing and reading the log (操作ログ)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from yakuba.tenancy.acting import NotAllowedError
from yakuba.tenancy.audit.days import day_range
from yakuba.tenancy.database.walls import group_here, house, municipality_here
from yakuba.tenancy.models import AuditEntry
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date

    from django.db.models import QuerySet

    from yakuba.tenancy.acting import Actor

PAGE = 50
_PLACE, _REASON = 120, 200
"""Longest texts, in characters."""
_ANY_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""The database puts its own clock in its place."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it is read: see `models.AuditEntry`. number is None before the transaction has committed."""

    number: int | None
    at: datetime
    actor: str
    name: str
    place: str
    action: str
    subject: str
    items: tuple[str, ...]
    reason: str
    detail: Mapping[str, object]
    hash: str


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for in a log; an empty field does not narrow.

    Attributes:
        subject: 宛名番号, whole: "who looked at this person". actor: login name, whole. action, place: whole.
        first, last: days in the installation's time zone, both included.
    """

    subject: str = ""
    actor: str = ""
    action: str = ""
    place: str = ""
    first: date | None = None
    last: date | None = None


def home(actor: Actor) -> AbstractContextManager[None]:
    """The wall an actor belongs behind: of the municipality, or of the group for its operator.

    Raises:
        NotAllowedError: an actor of the installation as a whole, who has no log of its own.
    """
    if not actor.municipality and actor.group is None:
        raise NotAllowedError("this command belongs to no municipality", remedy="name the municipality")
    return house(actor.municipality, actor.group)


def record(
    actor: Actor,
    *,
    place: str,
    action: str,
    subject: str = "",
    items: Iterable[str] = (),
    reason: str = "",
    detail: Mapping[str, object] | None = None,
) -> None:
    """Add an entry to the log of the wall this runs in; to the actor's own outside of any.

    It stands or falls with the transaction around it: what is not done is not logged, what is not logged is not done.

    Args:
        place: screen, API or command. action: what was done. subject: 宛名番号 concerned, one entry per person.
        items: names of the items shown or changed. detail: anything else; never a value of somebody's record.
    """
    municipality, group = municipality_here(), group_here()
    if not municipality and group is None:
        with home(actor):
            record(actor, place=place, action=action, subject=subject, items=items, reason=reason, detail=detail)
        return
    AuditEntry(
        municipality_id=municipality or None,
        group_id=None if municipality else group,
        at=_ANY_TIME,
        actor=actor.login,
        name=actor.name,
        place=_said_as(place, _PLACE),
        action=action,
        subject=subject,
        items=list(items),
        reason=_said_as(reason, _REASON),
        detail=json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if detail else "",
    ).save(force_insert=True)


def _said_as(text: str, longest: int) -> str:
    """As the database can keep it: an entry must not fail because of what somebody typed."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")[:longest]


def entries(actor: Actor, wanted: Filter, *, page: int = 1) -> tuple[Sequence[Entry], int]:
    """One page of the actor's log, newest first, and how many entries there are in all. Logs itself.

    Raises:
        NotAllowedError: the actor may not read the log.
    """
    _readable(actor)
    with home(actor):
        found = _found(wanted)
        start = (max(page, 1) - 1) * PAGE
        count = found.count()
        shown = [_entry(row) for row in found.order_by("-number")[start : start + PAGE]]
        record(actor, place="操作ログ", action="audit", subject=wanted.subject, detail=_said(wanted) | {"page": page})
    return shown, count


def every(actor: Actor, wanted: Filter, reason: str) -> Iterator[Entry]:
    """All entries that fit, oldest first, one after the other: for a file. Logs itself with its reason."""
    _readable(actor)
    with home(actor), transaction.atomic():
        record(actor, place="操作ログ", action="audit_output", reason=reason, detail=_said(wanted))
        for row in _found(wanted).order_by("number").iterator(2000):
            yield _entry(row)


def _readable(actor: Actor) -> None:
    if not actor.operator:
        actor.must(Action.AUDIT)


def _found(wanted: Filter) -> QuerySet[AuditEntry]:
    exact = {name: value for name in ("subject", "actor", "action", "place") if (value := getattr(wanted, name))}
    found = AuditEntry.objects.filter(number__isnull=False, **exact)
    if wanted.first:
        found = found.filter(at__gte=day_range(wanted.first)[0])
    if wanted.last:
        found = found.filter(at__lt=day_range(wanted.last)[1])
    return found


def _said(wanted: Filter) -> dict[str, object]:
    """The conditions of a search in the log, for the log."""
    texts = {name: getattr(wanted, name) for name in ("actor", "action", "place")}
    days = {name: day.isoformat() for name in ("first", "last") if (day := getattr(wanted, name))}
    return {name: text for name, text in (texts | days).items() if text}


def _entry(row: AuditEntry) -> Entry:
    return Entry(
        row.number,
        row.at,
        row.actor,
        row.name,
        row.place,
        row.action,
        row.subject,
        tuple(row.items),
        row.reason,
        json.loads(row.detail) if row.detail else {},
        row.hash,
    )
