"""Reprint (再印刷): the same paper under its number. No file was kept; it is drawn again and must say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.certificates.guard import MismatchError
from yakuba.issuance import alarm
from yakuba.issuance.application import Application, Channel, Issued, Requester
from yakuba.issuance.drawing import finished
from yakuba.issuance.errors import AlarmError, ChangedSinceError, RefusedError
from yakuba.issuance.events import Happened, ending
from yakuba.issuance.models import Event, Issue
from yakuba.issuance.rules import refusals
from yakuba.issuance.services.asking import case_of, names, record_of
from yakuba.issuance.services.preparing import order_of
from yakuba.kernel.errors import UsageError
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from collections.abc import Callable

    from yakuba.issuance.case import Case
    from yakuba.issuance.drawing import Finished
    from yakuba.tenancy.acting import Actor

PLACE = "再印刷"


def reprint(actor: Actor, entry: int, reason: str) -> Issued:
    """The paper of an entry again: for a sheet that the printer has spoiled. No fee, no new number.

    Raises:
        UsageError: no reason, or the paper is not valid any more.
        ChangedSinceError: the record, the form or the settings have changed since.
        RefusedError: a rule forbids it now.
        AlarmError: as for `issue`. NotFoundError: no such entry. NotAllowedError: no right to issue.
    """
    if not reason.strip():
        raise UsageError("再印刷の理由がありません", remedy="用紙づまりなど、理由を入力してください")
    try:
        with wall(actor.municipality):
            former = found(entry)
            if ending(former.events.all()):
                raise UsageError("この証明書は無効になっています", remedy="新しく交付してください")
            issued = again(actor, former, place=PLACE)
            Event.objects.create(
                municipality_id=actor.municipality, issue=former, kind=Happened.REPRINTED, reason=reason,
                login=actor.login,
            )  # fmt: skip
            audit.record(
                actor, place=PLACE, action="certificate_reprint", subject=former.subject, reason=reason,
                detail={"number": former.number},
            )  # fmt: skip
            return issued
    except MismatchError as error:
        alarm.sound(actor, request=str(former.request), what="; ".join(error.reasons))
        raise AlarmError(
            "できあがった証明書が台帳と一致しません。この団体の交付を停止しました",
            remedy="責任者と情報担当に、すぐに知らせてください",
        ) from error


def found(entry: int) -> Issue:
    """An entry of the municipality whose wall this runs in.

    Raises:
        NotFoundError: there is none; another municipality's looks the same.
    """
    one = next(iter(Issue.objects.raw("SELECT * FROM issuance_issue WHERE id = %s", [entry])), None)
    if one is None:
        raise NotFoundError("この交付の記録はありません", remedy="交付台帳から選んでください")
    return one


def again(
    actor: Actor, former: Issue, *, place: str, repeated: bool = False, still: Callable[[Case], None] | None = None
) -> Issued:
    """Draw the paper of an entry again, from the record as it is now, and hold it against the ledger.

    Args:
        still: as for `issue`.

    Raises:
        ChangedSinceError: it would not say the same any more. RefusedError: a rule forbids it now.
        MismatchError, NotDrawableError: as the drawing says.
    """
    asked = dict(former.requester)
    asked["documents"] = tuple(asked["documents"])
    application = Application(
        former.kind, former.subject, Requester(**asked), tuple(former.members), dict(former.choices)
    )
    case = case_of(actor, application, Channel(former.channel), place)
    if still:
        still(case)
    # The release was used up by this very issue.
    stops = [one for one in refusals(case) if not one.warning and not (former.release_id and one.code in _RELEASED)]
    if stops:
        raise RefusedError(tuple(stops))
    made = _finished(case, former)
    if (made.data_digest, made.template_digest) != (former.data_digest, former.template_digest):
        raise ChangedSinceError(
            "交付のあとで記録か様式が変わったため、同じ証明書をもう一度作ることができません",
            remedy="元の証明書を無効にし、新しく交付してください",
        )
    return Issued(
        former.number, made.pdf, former.pk, former.fee, made.pages, former.issued_on, former.request, repeated
    )


_RELEASED = ("protected", "blocked", "address_history")


def _finished(case: Case, former: Issue) -> Finished:
    if case.content is None:
        raise UsageError("証明書の設定がありません", remedy="証明書の管理者に知らせてください")
    order = order_of(case, request=str(former.request), number=former.number, day=former.issued_on)
    issuer = case.content.issuer(former.issued_on, case.seal)
    return finished(
        order, record_of(case), issuer, case.content.look, base=case.content.verify, names=names, template=case.form
    )
