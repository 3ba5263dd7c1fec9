"""Issue (交付): number, drawing, signature, check and ledger in one transaction. It happens wholly or not at all.

1. the record is read and the rules are asked, on committed data of this moment;
2. the number is taken; whoever else issues for the municipality waits, so that numbers have no gaps;
3. the paper is drawn and signed, and its finished bytes are checked against the request (`drawing.finished`);
4. the ledger is written. Only then do the bytes go to whoever asked.

Killed anywhere before the end, nothing has happened and the number was never taken. What fails the check stops the
municipality.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from yakuba.certificates.guard import MismatchError
from yakuba.certificates.problems import NotDrawableError
from yakuba.issuance import alarm
from yakuba.issuance.application import Application, Channel, Issued, Refusal
from yakuba.issuance.drawing import finished
from yakuba.issuance.errors import AlarmError, OtherRequestError, RefusedError
from yakuba.issuance.models import Issue
from yakuba.issuance.rules import refusals
from yakuba.issuance.services.asking import DERIVED, case_of, names, record_of
from yakuba.issuance.services.entering import entered
from yakuba.issuance.services.noticing import notice
from yakuba.issuance.services.numbering import next_number
from yakuba.issuance.services.overflowing import listed
from yakuba.issuance.services.preparing import not_drawable, order_of
from yakuba.issuance.services.reprinting import again
from yakuba.kernel.errors import UsageError
from yakuba.registry.queries.certificate_record import still_so
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from yakuba.issuance.case import Case
    from yakuba.issuance.drawing import Finished
    from yakuba.tenancy.acting import Actor

PLACE = "証明書の交付"
MOST_COPIES = 10
"""Copies of one application; who needs more asks again."""
CHANGED = Refusal(
    "changed_meanwhile", "たったいま、この人の記録が変わりました", "内容を確かめて、もう一度交付してください"
)
"""Somebody wrote to the record while this issue waited for its number."""


def issue(
    actor: Actor,
    application: Application,
    *,
    request: str,
    channel: Channel = Channel.COUNTER,
    place: str = PLACE,
    still: Callable[[Case], None] | None = None,
) -> Issued:
    """Give one paper. The same request again gives the same issue again, never a second one.

    Args:
        request: UUID of the request, made once by whoever asks.
        still: is shown what was read, before any rule is asked; whatever it raises ends the issue.

    Raises:
        RefusedError: a rule forbids it, or the paper cannot be drawn.
        OtherRequestError: the request was answered before, and asked for something else.
        ChangedSinceError: it was answered before, and the record has changed since.
        AlarmError: the finished paper was another than the one that was asked for; the municipality is stopped.
        NotAllowedError, NotFoundError, UsageError: as for `prepare`.
    """
    return issue_copies(actor, application, request=request, channel=channel, place=place, still=still)[0]


def issue_copies(
    actor: Actor,
    application: Application,
    *,
    request: str,
    copies: int = 1,
    channel: Channel = Channel.COUNTER,
    place: str = PLACE,
    still: Callable[[Case], None] | None = None,
) -> tuple[Issued, ...]:
    """Several originals (部数) of one application, all or none: a number, an entry and a fee each.

    Args:
        request: as for `issue`; the copies have keys of their own, see `copy_key`.

    Raises:
        UsageError: more copies than can be meant. Also as for `issue`.
    """
    if not 1 <= copies <= MOST_COPIES:
        raise UsageError(f"部数が {copies} です", remedy=f"1 から {MOST_COPIES} までにしてください")
    keys = [copy_key(request, one) for one in range(1, copies + 1)]
    try:
        # One alone is a transaction by itself.
        with wall(actor.municipality) if copies > 1 else nullcontext():
            return tuple(_given(actor, application, key, channel, place, still) for key in keys)
    except NotDrawableError as error:
        listed(actor, application, error)
        raise RefusedError(not_drawable(error)) from error
    except MismatchError as error:
        alarm.sound(actor, request=request, what="; ".join(error.reasons))
        raise AlarmError(
            "できあがった証明書が請求と一致しません。交付せずに捨て、この団体の交付を停止しました",
            remedy="責任者と情報担当に、すぐに知らせてください",
        ) from error


def copy_key(request: str, copy: int) -> UUID:
    """The key of one of several copies, from 1; the first has the key of the request itself.

    Raises:
        UsageError: the request is no UUID.
    """
    key = _key(request)
    return key if copy == 1 else uuid5(key, f"copy {copy}")


def _given(
    actor: Actor,
    application: Application,
    key: UUID,
    channel: Channel,
    place: str,
    still: Callable[[Case], None] | None,
) -> Issued:
    """One paper, or the one that this key has got before."""
    try:
        with wall(actor.municipality):
            former = Issue.objects.filter(request=key).first()
            if former is not None:
                return _repeated(actor, application, former, place, still)
            case = case_of(actor, application, channel, place)
            if still:
                still(case)
            return _issue(case, key, place)
    except _AnsweredMeanwhileError:
        with wall(actor.municipality):
            return _repeated(actor, application, Issue.objects.get(request=key), place, still)


def _issue(case: Case, key: UUID, place: str) -> Issued:
    actor, application = case.actor, case.application
    stops = tuple(one for one in refusals(case) if not one.warning)
    if stops:
        raise RefusedError(stops)
    series = case.content.series if case.content else ""
    serial, number = next_number(actor.municipality, case.today.year, series)
    # Whoever waited for the number may have waited for the answer to the very same request.
    if Issue.objects.filter(request=key).exists():
        raise _AnsweredMeanwhileError
    if not still_so(actor, case.record):
        raise RefusedError((CHANGED,))
    made = _finished(case, str(key), number)
    entry = entered(case, key, serial, number, made)
    notice(entry, case)
    audit.record(
        actor, place=place, action="certificate_issue", subject=application.subject,
        items=sorted(name for name, value in application.choices.items() if value),
        reason=application.requester.purpose,
        detail={"kind": case.kind.identifier, "number": number, "shown": entry.members, "channel": case.channel.value,
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


def _repeated(
    actor: Actor, application: Application, former: Issue, place: str, still: Callable[[Case], None] | None
) -> Issued:
    """The same issue again, for a request that was answered before."""
    asked = (application.kind, application.subject, _own(application.choices))
    members = set(application.members or (application.subject,))
    if asked != (former.kind, former.subject, _own(former.choices)) or members != set(former.members):
        raise OtherRequestError(
            "同じ受付で、別の内容の証明書が求められました。交付していません",
            remedy="最初の画面からやり直してください",
        )
    return again(actor, former, place=place, repeated=True, still=still)


def _own(choices: Mapping[str, bool | str]) -> dict[str, bool | str]:
    """Choices that somebody has made."""
    return {name: value for name, value in choices.items() if name not in DERIVED}


def _key(request: str) -> UUID:
    try:
        return UUID(request)
    except ValueError as error:
        raise UsageError("受付の番号が UUID ではありません", remedy="画面を開き直してください") from error
