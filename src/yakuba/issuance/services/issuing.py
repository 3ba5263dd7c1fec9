"""Issue (交付): number, drawing, signature, check and ledger in one transaction. It happens wholly or not at all.

1. the request is begun: whoever brings the same one waits;
2. the record is read and the rules are asked, on committed data of this moment;
3. a number is taken, and the paper is drawn and signed under it, beside others of the municipality; its finished bytes
   are checked against the request (`drawing.finished`), and the record once more against the database;
4. the number is settled behind the one before it, and the ledger is written. Only then do the bytes go to whoever
   asked.

Killed anywhere before the end, nothing has happened and the number was never issued. What fails the check stops the
municipality.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import connection

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
from yakuba.issuance.services.numbering import begin, printed_number, settle, take
from yakuba.issuance.services.overflowing import listed
from yakuba.issuance.services.preparing import not_drawable, order_of
from yakuba.issuance.services.reprinting import again
from yakuba.kernel.errors import UsageError
from yakuba.registry.queries.certificate_record import still_so
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from yakuba.issuance.case import Case
    from yakuba.issuance.drawing import Finished
    from yakuba.tenancy.acting import Actor

PLACE = "証明書の交付"
MOST_COPIES = 10
"""Copies of one application; who needs more asks again."""
CHANGED = Refusal(
    "changed_meanwhile", "たったいま、この人の記録が変わりました", "内容を確かめて、もう一度交付してください"
)
"""Somebody wrote to the record while this paper was drawn."""


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
        return _in_order(_Wanted(actor, application, channel, place, still), keys)
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


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked for; see `issue`."""

    actor: Actor
    application: Application
    channel: Channel
    place: str
    still: Callable[[Case], None] | None


class _PassedError(Exception):
    """The number before this one was not issued; what this one began is rolled back, and it begins again lower."""


def _in_order(wanted: _Wanted, keys: Sequence[UUID]) -> tuple[Issued, ...]:
    """All papers in one transaction, begun again as often as whoever had the number before them has failed."""
    # Inside a transaction of somebody else's, more may be held than is known here: then nobody draws beside it.
    alone = len(keys) > 1 or connection.in_atomic_block
    while True:
        try:
            with wall(wanted.actor.municipality):
                answered = begin(keys)
                return tuple(_given(wanted, key, alone=alone, answered=answered) for key in keys)
        except _PassedError:
            continue


def _given(wanted: _Wanted, key: UUID, *, alone: bool, answered: bool) -> Issued:
    """One paper, or the one that this key has got before."""
    former = Issue.objects.filter(request=key).first() if answered else None
    if former is not None:
        return _repeated(wanted, former)
    case = case_of(wanted.actor, wanted.application, wanted.channel, wanted.place)
    if wanted.still:
        wanted.still(case)
    stops = tuple(one for one in refusals(case) if not one.warning)
    if stops:
        raise RefusedError(stops)
    return _issue(case, key, wanted.place, alone=alone)


def _issue(case: Case, key: UUID, place: str, *, alone: bool) -> Issued:
    actor, application, year = case.actor, case.application, case.today.year
    serial = take(year, alone=alone)
    number = printed_number(year, serial, case.content.series if case.content else "")
    made = _finished(case, str(key), number)
    if not still_so(actor, case.record):
        raise RefusedError((CHANGED,))
    if not settle(year, serial):
        raise _PassedError
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


def _finished(case: Case, request: str, number: str) -> Finished:
    if case.content is None:
        raise UsageError("証明書の設定がまだありません", remedy="証明書の管理者が、設定を入力して承認してください")
    issuer = case.content.issuer(case.today, case.seal)
    order = order_of(case, request=request, number=number)
    return finished(
        order, record_of(case), issuer, case.content.look, base=case.content.verify, names=names, template=case.form
    )


def _repeated(wanted: _Wanted, former: Issue) -> Issued:
    """The same issue again, for a request that was answered before."""
    application = wanted.application
    asked = (application.kind, application.subject, _own(application.choices))
    members = set(application.members or (application.subject,))
    if asked != (former.kind, former.subject, _own(former.choices)) or members != set(former.members):
        raise OtherRequestError(
            "同じ受付で、別の内容の証明書が求められました。交付していません",
            remedy="最初の画面からやり直してください",
        )
    return again(wanted.actor, former, place=wanted.place, repeated=True, still=wanted.still)


def _own(choices: Mapping[str, bool | str]) -> dict[str, bool | str]:
    """Choices that somebody has made."""
    return {name: value for name, value in choices.items() if name not in DERIVED}


def _key(request: str) -> UUID:
    try:
        return UUID(request)
    except ValueError as error:
        raise UsageError("受付の番号が UUID ではありません", remedy="画面を開き直してください") from error
