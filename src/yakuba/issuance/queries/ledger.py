"""The ledger (交付台帳) as it is read: by day, number or person; one entry with everything that happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yakuba.certificates.kinds import kinds
from yakuba.issuance.application import Channel, Role, documents, exemptions
from yakuba.issuance.events import Happened, Validity, ending
from yakuba.issuance.models import Issue, OnPaper
from yakuba.registry.queries.certificate_record import hidden_among, names_of
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotAllowedError
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from yakuba.tenancy.acting import Actor

PAGE = 50
_PLACE = "交付台帳"
_READERS = (Action.ISSUE, Action.VOID, Action.CERTIFICATES)


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in a list.

    Attributes:
        subject, name: "" where the person does not exist for the reader. state: valid or withdrawn.
        ended: what ended it, "" while it is valid.
    """

    entry: int
    number: str
    kind: str
    label: str
    subject: str
    name: str
    people: int
    role: str
    channel: str
    fee: int
    at: datetime
    login: str
    state: Validity
    ended: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a paper later."""

    kind: Happened
    at: datetime
    login: str
    reason: str
    about: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry in full.

    Attributes:
        members: number and name, both "" for who does not exist for the reader; with such a person on the paper nothing
            is said of who asked for it either.
    """

    line: Line
    members: tuple[tuple[str, str], ...]
    choices: tuple[str, ...]
    requester: Mapping[str, Any]
    documents: tuple[str, ...]
    exemption: str
    place: str
    pages: int
    request: str
    data_digest: str
    template_digest: str
    document_digest: str
    happened: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for; an empty field does not narrow. number: beginning of it. subject: anybody on the paper."""

    number: str = ""
    subject: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None


def ledger(actor: Actor, wanted: Filter, *, page: int = 1) -> tuple[tuple[Line, ...], int]:
    """One page of the ledger, newest first, and how many entries there are in all.

    Raises:
        NotAllowedError: the actor has nothing to do with certificates.
    """
    _readable(actor)
    with wall(actor.municipality):
        found = Issue.objects.all()
        if wanted.number:
            found = found.filter(number__startswith=wanted.number)
        if wanted.subject:
            hidden = hidden_among(actor, [wanted.subject])
            on = OnPaper.objects.filter(addressee=wanted.subject).exclude(addressee__in=hidden)
            found = found.filter(pk__in=on.values("issue"))
        if wanted.kind:
            found = found.filter(kind=wanted.kind)
        if wanted.first:
            found = found.filter(issued_on__gte=wanted.first)
        if wanted.last:
            found = found.filter(issued_on__lte=wanted.last)
        count, start = found.count(), (max(page, 1) - 1) * PAGE
        lines = _lines(actor, found.prefetch_related("events")[start : start + PAGE])
        audit.record(
            actor, place=_PLACE, action="certificate_ledger", subject=wanted.subject,
            detail={"found": count, "page": page, "shown": [one.subject for one in lines if one.subject]},
        )  # fmt: skip
    return lines, count


def history(actor: Actor, addressee: str) -> tuple[Line, ...]:
    """交付履歴 of a person: every paper the person is on, newest first; () also for who does not exist for the actor.

    Raises:
        NotAllowedError: as for `ledger`.
    """
    lines, _ = ledger(actor, Filter(subject=addressee))
    return lines


def entry(actor: Actor, number: int) -> Entry | None:
    """One entry; None when there is none for this actor.

    Raises:
        NotAllowedError: as for `ledger`.
    """
    _readable(actor)
    with wall(actor.municipality):
        found = Issue.objects.filter(pk=number).prefetch_related("events").first()
        if found is None:
            audit.record(actor, place=_PLACE, action="certificate_entry", detail={"found": 0})
            return None
        made = _entry(actor, found)
        audit.record(
            actor, place=_PLACE, action="certificate_entry", subject=made.line.subject, detail={"number": found.number}
        )
    return made


def _readable(actor: Actor) -> None:
    if not any(actor.may(action) for action in _READERS):
        raise NotAllowedError(
            f"{actor.name}さんには「{Action.ISSUE.label}」の権限がありません", remedy="権限の管理者に申し出てください"
        )


def _lines(actor: Actor, found: Iterable[Issue]) -> tuple[Line, ...]:
    issues = list(found)
    names = names_of(actor, [one.subject for one in issues])
    hidden = hidden_among(actor, [number for one in issues for number in one.members])
    return tuple(_line(one, names, hidden) for one in issues)


def _line(one: Issue, names: Mapping[str, str], hidden: frozenset[str]) -> Line:
    end = ending(one.events.all())
    seen = one.subject not in hidden
    known = kinds().get(one.kind)
    return Line(
        entry=one.pk, number=one.number, kind=one.kind, label=known.label if known else one.kind,
        subject=one.subject if seen else "", name=names.get(one.subject, "") if seen else "", people=len(one.members),
        role=_role(one.requester), channel=Channel(one.channel).label, fee=one.fee, at=one.at, login=one.login,
        state=Validity.WITHDRAWN if end else Validity.VALID, ended=Happened(end.kind).label if end else "",
    )  # fmt: skip


def _entry(actor: Actor, one: Issue) -> Entry:
    hidden = hidden_among(actor, one.members)
    names = names_of(actor, one.members)
    known = kinds().get(one.kind)
    # Who asked for the paper of somebody who does not exist for the reader would tell of that somebody.
    asked = {} if hidden else one.requester
    return Entry(
        line=_line(one, names, hidden),
        members=tuple(("", "") if number in hidden else (number, names.get(number, "")) for number in one.members),
        choices=() if hidden else tuple(_chosen(known, one.choices)),
        requester=asked,
        documents=tuple(documents()[code].label for code in asked.get("documents", ()) if code in documents()),
        exemption="" if hidden else exemptions().get(one.exemption, ""),
        place=one.place, pages=one.pages, request=str(one.request), data_digest=one.data_digest,
        template_digest=one.template_digest, document_digest=one.document_digest,
        happened=tuple(
            Happening(Happened(each.kind), each.at, each.login, each.reason, each.about) for each in one.events.all()
        ),
    )  # fmt: skip


def _chosen(known: Any, choices: Mapping[str, Any]) -> Sequence[str]:
    """Choices in words: 本籍・筆頭者, 年度 2026."""
    said = []
    for name, value in choices.items():
        choice = known.choice(name) if known else None
        label = choice.label if choice else name
        if value is True:
            said.append(label)
        elif value:
            said.append(f"{label} {value}")
    return said


def _role(requester: Mapping[str, Any]) -> str:
    role = str(requester.get("role", ""))
    return Role(role).label if role in set(Role) else role
