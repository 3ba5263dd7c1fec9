"""The operations, in the order of a conversation. Each may be sent again when its answer is lost."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID  # noqa: TC003 - ninja reads the types when the program runs

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router

from yakuba.issuance.kiosk import choosing, ending, lists, opening, paper, queries, reconciling
from yakuba.kernel.errors import UsageError
from yakuba.web.kiosk.api import shapes
from yakuba.web.kiosk.api.door import caller_of

if TYPE_CHECKING:
    from yakuba.issuance.kiosk.answers import Answer
    from yakuba.issuance.kiosk.reconciling import Outcome

router = Router(tags=["コンビニ交付"])
NO: dict[int, Any] = dict.fromkeys((400, 401, 404, 409, 410, 422, 503), shapes.Problem)
"""Answers of any operation that are not the one asked for."""


@router.get("/{town}/kinds", response={200: list[shapes.Kind]} | NO, operation_id="kinds")
def kinds(request: HttpRequest, town: shapes.Town) -> list[dict[str, Any]]:
    """What can be had at this moment (取扱状況): for the first screen of the machines."""
    found = queries.open_kinds(caller_of(request, town))
    return [{"kind": kind, "label": label, "open": opened} for kind, label, opened in found]


@router.post("/{town}/sessions", response={200: shapes.Session} | NO, operation_id="open_session")
def open_session(request: HttpRequest, town: shapes.Town, arrival: shapes.Arrival) -> dict[str, Any]:
    """Begin a session with its menu (受付). The same reception number is the same session."""
    start = time.monotonic()
    return _evenly(opening.open_session(caller_of(request, town), opening.Arrival(**arrival.model_dump())), start)


@router.get("/{town}/sessions/{session}", response={200: shapes.Session} | NO, operation_id="look")
def look(request: HttpRequest, town: shapes.Town, session: UUID) -> dict[str, Any]:
    """Where a session is (照会), after an answer was lost."""
    return _shown(opening.look(caller_of(request, town), session))


@router.post("/{town}/sessions/{session}/selection", response={200: shapes.Session} | NO, operation_id="select")
def select(request: HttpRequest, town: shapes.Town, session: UUID, wanted: shapes.Selection) -> dict[str, Any]:
    """Fix the paper and its fee (選択)."""
    start = time.monotonic()
    caller = caller_of(request, town)
    return _evenly(choosing.select(caller, session, wanted.kind, wanted.members, wanted.choices), start)


@router.post("/{town}/sessions/{session}/payment", response={200: shapes.Session} | NO, operation_id="pay")
def pay(request: HttpRequest, town: shapes.Town, session: UUID, payment: shapes.Payment) -> dict[str, Any]:
    """The shop has the fee (入金)."""
    return _shown(choosing.pay(caller_of(request, town), session, payment.amount))


@router.post(
    "/{town}/sessions/{session}/document",
    response={200: bytes} | NO,
    operation_id="document",
    openapi_extra={
        "responses": {
            200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}},
        }
    },
)
def document(request: HttpRequest, town: shapes.Town, session: UUID) -> HttpResponse:
    """The paper (証明書): PDF, its number and digest in X-Certificate-Number and X-Document-Digest."""
    made = paper.document(caller_of(request, town), session)
    answer = HttpResponse(made.pdf, content_type="application/pdf")
    answer.headers["X-Certificate-Number"] = made.number
    answer.headers["X-Document-Digest"] = made.digest
    answer.headers["X-Session"] = str(made.session)
    return answer


@router.post("/{town}/sessions/{session}/result", response={200: shapes.Session} | NO, operation_id="report")
def report(request: HttpRequest, town: shapes.Town, session: UUID, result: shapes.Result) -> dict[str, Any]:
    """Printed, or not (印刷結果). What was not printed is void, and the fee goes back."""
    return _shown(ending.report(caller_of(request, town), session, printed=result.printed))


@router.post("/{town}/sessions/{session}/cancel", response={200: shapes.Session} | NO, operation_id="cancel")
def cancel(request: HttpRequest, town: shapes.Town, session: UUID) -> dict[str, Any]:
    """Give up (取消し). Whatever comes for this session afterwards is dropped."""
    return _shown(ending.cancel(caller_of(request, town), session))


@router.post("/{town}/days/{day}", response={200: shapes.Compared} | NO, operation_id="reconcile")
def reconcile(request: HttpRequest, town: shapes.Town, day: shapes.Day, listed: shapes.DayList) -> Outcome:
    """The centre's list of a day against ours (日次の突合)."""
    try:
        when = date.fromisoformat(day)
    except ValueError as error:
        raise UsageError(f"{day}: 日付ではありません", remedy="YYYY-MM-DD にしてください") from error
    return reconciling.reconcile_for(caller_of(request, town), when, lists.read_list(listed.csv))


def _evenly(answer: Answer, start: float) -> dict[str, Any]:
    """A refusal is given no sooner than any other: how long it took must not tell why."""
    if answer.told:
        time.sleep(max(0.0, start + settings.KIOSK_REFUSAL_SECONDS - time.monotonic()))
    return _shown(answer)


def _shown(answer: Answer) -> dict[str, Any]:
    return {
        "session": answer.session,
        "state": answer.state,
        "told": answer.told,
        "text": answer.told.text if answer.told else "",
        "menu": answer.menu,
        "members": answer.members,
        "fee": answer.fee,
        "number": answer.number,
        "deadline": answer.deadline,
    }
