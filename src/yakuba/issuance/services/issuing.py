"""Issue (交付): number, drawing, signature, check and ledger in one transaction. It happens wholly or not at all.

1. the record is read and the rules are asked, on committed data of this moment;
2. the number is taken; whoever else issues for the municipality waits, so that numbers have no gaps;
3. the paper is drawn and signed, and its finished bytes are checked against the request (`drawing.finished`);
4. the ledger is written. Only then do the bytes go to whoever asked.

Killed anywhere before the end, nothing has happened and the number was never taken. What fails the check stops the
municipality.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from yakuba.certificates.guard import MismatchError
from yakuba.certificates.problems import NotDrawableError
from yakuba.issuance import alarm
from yakuba.issuance.application import Application, Channel, Issued, Refusal
from yakuba.issuance.drawing import finished
from yakuba.issuance.errors import AlarmError, OtherRequestError, RefusedError
from yakuba.issuance.models import Issue, OnPaper
from yakuba.issuance.rules import refusals
from yakuba.issuance.services.asking import DERIVED, case_of, names, record_of
from yakuba.issuance.services.noticing import notice
from yakuba.issuance.services.numbering import next_number
from yakuba.issuance.services.overflowing import listed
from yakuba.issuance.services.preparing import due, not_drawable, order_of
from yakuba.issuance.services.reprinting import again
from yakuba.kernel.errors import UsageError
from yakuba.registry.queries.certificate_record import still_so
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.issuance.case import Case
    from yakuba.issuance.drawing import Finished
    from yakuba.tenancy.acting import Actor

PLACE = "証明書の交付"
CHANGED = Refusal(
    "changed_meanwhile", "たったいま、この人の記録が変わりました", "内容を確かめて、もう一度交付してください"
)
"""Somebody wrote to the record while this issue waited for its number."""


def issue(
    actor: Actor, application: Application, *, request: str, channel: Channel = Channel.COUNTER, place: str = PLACE
) -> Issued:
    """Give one paper. The same request again gives the same issue again, never a second one.

    Args:
        request: UUID of the request, made once by whoever asks.

    Raises:
        RefusedError: a rule forbids it, or the paper cannot be drawn.
        OtherRequestError: the request was answered before, and asked for something else.
        ChangedSinceError: it was answered before, and the record has changed since.
        AlarmError: the finished paper was another than the one that was asked for; the municipality is stopped.
        NotAllowedError, NotFoundError, UsageError: as for `prepare`.
    """
    key = _key(request)
    try:
        try:
            with wall(actor.municipality):
                former = Issue.objects.filter(request=key).first()
                if former is not None:
                    return _repeated(actor, application, former, place)
                return _issue(actor, application, key, channel, place)
        except _AnsweredMeanwhileError:
            with wall(actor.municipality):
                return _repeated(actor, application, Issue.objects.get(request=key), place)
    except NotDrawableError as error:
        listed(actor, application, error)
        raise RefusedError(not_drawable(error)) from error
    except MismatchError as error:
        alarm.sound(actor, request=request, what="; ".join(error.reasons))
        raise AlarmError(
            "できあがった証明書が請求と一致しません。交付せずに捨て、この団体の交付を停止しました",
            remedy="責任者と情報担当に、すぐに知らせてください",
        ) from error


def _issue(actor: Actor, application: Application, key: UUID, channel: Channel, place: str) -> Issued:
    case = case_of(actor, application, channel, place)
    stops = tuple(one for one in refusals(case) if not one.warning)
    if stops:
        raise RefusedError(stops)
    serial, number = next_number(actor.municipality, case.today.year)
    # Whoever waited for the number may have waited for the answer to the very same request.
    if Issue.objects.filter(request=key).exists():
        raise _AnsweredMeanwhileError
    if not still_so(actor, case.record):
        raise RefusedError((CHANGED,))
    made = _finished(case, str(key), number)
    entry = _written(case, key, serial, number, made)
    notice(entry, case)
    audit.record(
        actor, place=place, action="certificate_issue", subject=application.subject,
        items=sorted(name for name, value in application.choices.items() if value),
        reason=application.requester.purpose,
        detail={"kind": case.kind.identifier, "number": number, "shown": entry.members, "channel": channel.value,
                "role": application.requester.role, "fee": entry.fee},
    )  # fmt: skip
    return Issued(number, made.pdf, entry.pk, entry.fee, made.pages, case.today, key)


class _AnsweredMeanwhileError(Exception):
    """The same request was answered while this one waited; what this one began is rolled back, its number with it."""


def _finished(case: Case, request: str, number: str) -> Finished:
    if case.content is None:
        raise UsageError("証明書の設定がまだありません", remedy="証明書の管理者が、設定を入力して承認してください")
    issuer = case.content.issuer(case.today, case.seal)
    order = order_of(case, request=request, number=number)
    return finished(
        order, record_of(case), issuer, case.content.look, base=case.content.verify, names=names, template=case.form
    )


def _written(case: Case, key: UUID, serial: int, number: str, made: Finished) -> Issue:
    application, actor = case.application, case.actor
    entry = Issue.objects.create(
        municipality_id=actor.municipality, year=case.today.year, serial=serial, number=number, request=key,
        kind=case.kind.identifier, version=case.kind.version, subject=application.subject,
        members=[one.addressee for one in case.record.on_paper], choices=dict(case.application.choices),
        requester=application.requester.as_json(), fee=due(case) or 0, exemption=application.requester.exemption,
        channel=case.channel, place=actor.department, staff=actor.staff, login=actor.login, issued_on=case.today,
        pages=made.pages, data_digest=made.data_digest, template_digest=made.template_digest,
        document_digest=made.document_digest, proof=made.proof, setting=case.standing.digest,
        as_of=case.record.as_of, release=case.release,
    )  # fmt: skip
    people = (OnPaper(municipality_id=actor.municipality, issue=entry, addressee=one) for one in entry.members)
    OnPaper.objects.bulk_create(people)
    return entry


def _repeated(actor: Actor, application: Application, former: Issue, place: str) -> Issued:
    """The same issue again, for a request that was answered before."""
    asked = (application.kind, application.subject, _own(application.choices))
    members = set(application.members or (application.subject,))
    if asked != (former.kind, former.subject, _own(former.choices)) or members != set(former.members):
        raise OtherRequestError(
            "同じ受付で、別の内容の証明書が求められました。交付していません",
            remedy="最初の画面からやり直してください",
        )
    return again(actor, former, place=place, repeated=True)


def _own(choices: Mapping[str, bool | str]) -> dict[str, bool | str]:
    """Choices that somebody has made."""
    return {name: value for name, value in choices.items() if name not in DERIVED}


def _key(request: str) -> UUID:
    try:
        return UUID(request)
    except ValueError as error:
        raise UsageError("受付の番号が UUID ではありません", remedy="画面を開き直してください") from error
