"""The book of a disaster (災害時の受付簿): events entered from paper as pending, never into a record, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction

from yakuba.backup.bcp import standing
from yakuba.backup.bcp.events import Event, Kind, Noted, meant
from yakuba.backup.bcp.models import PendingEvent
from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.registry.queries import record_digest
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

PLACE = "災害時の受付簿"
_LOCK = 0x62637065


def note(actor: Actor, noted: Noted) -> int:
    """Write an event down; gives its number (受付番号).

    Raises:
        UsageError: something is missing or cannot be meant, or the paper is in the book already.
        NotFoundError: nobody of this 宛名番号 exists for the actor. NotAllowedError: no right to look at residents.
        CannotContinueError: this is no installation for BCP, or it is closed.
    """
    actor.must(Action.VIEW, "juminkihondaicho")
    must_be_open(actor)
    meant(noted)
    with wall(actor.municipality):
        seen = ""
        if noted.addressee:
            found = record_digest(actor, noted.addressee)
            if found is None:
                raise NotFoundError("該当する人がいません", remedy="宛名番号を確かめるか、空欄にしてください")
            seen = found
        return _added(actor, noted, seen, None)


def take_back(actor: Actor, number: int, reason: str) -> int:
    """Take an event back that was a slip (取消し): by a further line, which names it; gives the line's number.

    Raises:
        UsageError: no reason, or it is taken back already. NotFoundError: no such line.
        NotAllowedError, CannotContinueError: as for `note`.
    """
    actor.must(Action.VIEW, "juminkihondaicho")
    must_be_open(actor)
    if not reason.strip():
        raise UsageError("取消しの理由がありません", remedy="理由を入力してください")
    with wall(actor.municipality):
        former = PendingEvent.objects.filter(number=number, cancels=None).first()
        if former is None:
            raise NotFoundError("この受付番号はありません", remedy="受付簿で確かめてください")
        noted = Noted(
            Kind(former.kind), former.name, former.happened_on, f"{former.paper} 取消", former.addressee, reason
        )
        return _added(actor, noted, former.seen, former)


def book(actor: Actor) -> tuple[Event, ...]:
    """The whole book in its order; people who do not exist for the actor are left out.

    Raises:
        NotAllowedError: no right to look at residents.
    """
    actor.must(Action.VIEW, "juminkihondaicho")
    with wall(actor.municipality):
        rows = list(PendingEvent.objects.all())
        numbers = {row.pk: row.number for row in rows}
        gone = {row.cancels_id: row.number for row in rows if row.cancels_id}
        shown = [row for row in rows if not row.addressee or record_digest(actor, row.addressee) is not None]
        audit.record(actor, place=PLACE, action="list", items=("氏名",), detail={"found": len(shown)})
    return tuple(
        Event(
            row.number, Noted(Kind(row.kind), row.name, row.happened_on, row.paper, row.addressee, row.detail),
            row.seen, row.login, row.clerk, row.at, numbers.get(row.cancels_id or 0, 0), gone.get(row.pk, 0),
        )
        for row in shown
    )  # fmt: skip


def must_be_open(actor: Actor) -> None:
    """Only an installation for BCP has such a book.

    Raises:
        CannotContinueError: this is none, or it is closed.
    """
    now = standing.here()
    if now is None or now.municipality != actor.municipality or now.state == standing.CLOSED:
        raise CannotContinueError(
            "災害時の業務継続（BCP）ではありません not in BCP mode",
            remedy="yakuba bcp open で開いた画面で入力してください",
        )


def _added(actor: Actor, noted: Noted, seen: str, cancels: PendingEvent | None) -> int:
    """The next line; one clerk at a time gets a number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, int(actor.municipality)])
    last = PendingEvent.objects.order_by("-number").values_list("number", flat=True).first() or 0
    try:
        with transaction.atomic():
            made = PendingEvent.objects.create(
                municipality_id=actor.municipality, number=last + 1, kind=noted.kind, addressee=noted.addressee,
                name=noted.name, happened_on=noted.happened_on, detail=noted.detail, paper=noted.paper, seen=seen,
                cancels=cancels, login=actor.login, clerk=actor.name,
            )  # fmt: skip
    except IntegrityError as error:
        what = "この受付は取り消されています" if cancels else "この届書は受付簿にあります"
        raise UsageError(what, remedy="受付簿で確かめてください") from error
    audit.record(
        actor, place=PLACE, action="bcp_note", subject=noted.addressee, reason=noted.detail if cancels else "",
        detail={"number": made.number, "kind": noted.kind.value, "cancels": cancels.number if cancels else 0},
    )  # fmt: skip
    return made.number
