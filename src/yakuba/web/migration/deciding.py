"""Deciding (判断): the questions of a rehearsal, answered one page at a time or by the departments' workbooks."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.kernel.finding import Severity
from yakuba.migration.pipeline.decisions import HAND_BACK, KEEP, TAKE, VALUE
from yakuba.migration.report.refusals import in_japanese
from yakuba.registry.moves import services
from yakuba.registry.moves.answers import FIELDS
from yakuba.registry.moves.answers import questions as questions_of
from yakuba.registry.moves.material import named
from yakuba.registry.moves.store import arrival_folder
from yakuba.tenancy.audit import record
from yakuba.tenancy.rights import Action
from yakuba.web.components import Pages
from yakuba.web.migration.finding import finished_run, stepper
from yakuba.web.migration.upload import Received, ToDisk
from yakuba.web.screens import StaffRequest, screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict

    from yakuba.registry.moves.answers import Question
    from yakuba.registry.moves.store import Move, Run

PAGE = 20
"""Questions of one page: so many are answered before one wants to save."""
_STAYS_BACK = "差し戻したままにする（次から尋ねない）"


def choices(question: Question) -> list[tuple[str, str]]:
    """What can be answered: a row that is not loaded cannot go as it is, and where no item is meant no value can."""
    found = [(TAKE, "提案のとおりに直す")] if question.proposal else []
    if question.item:
        found.append((VALUE, "別の値に直す"))
    if question.severity is Severity.STOP:
        return [*found, (KEEP, _STAYS_BACK)]
    return [*found, (KEEP, "いまの値のまま移す"), (HAND_BACK, "移さず差し戻す")]


@screen(Action.DECIDE, methods=("GET", "POST"))
def questions(request: StaffRequest, move: str, run: int) -> HttpResponse:
    """決める: questions by department and kind; answers are kept in the decisions file, for the next rehearsal."""
    found, one = finished_run(request, move, run)
    everything = questions_of(found, one)
    wanted = {name: request.GET.get(name, "") for name in ("department", "code", "open")}
    given = _given(request.POST)
    if request.method == "POST" and _save(request, found, one, given):
        return redirect(f"{request.path}?{urlencode(wanted | {'page': request.GET.get('page', '1')})}")
    shown = [question for question in everything if _wanted(question, wanted)]
    pages = max(1, -(-len(shown) // PAGE))
    at = min(max(1, _number(request.GET.get("page", "1"))), pages)
    part = shown[(at - 1) * PAGE : at * PAGE]
    record(
        request.actor,
        place=services.DECISIONS,
        action="view",
        detail={"move": move, "run": run, "questions": len(part)},
    )
    page = {
        "move": found,
        "run": one,
        "wanted": wanted,
        "departments": sorted({question.department for question in everything}),
        "codes": sorted({(question.code, question.title) for question in everything}, key=lambda pair: pair[1]),
        "total": len(everything),
        "answered": sum(question.answered for question in everything),
        "found": len(shown),
        "cards": [_card(question, given.get(question.id, {})) for question in part],
        "pages": Pages(at, pages, f"?{urlencode(wanted)}&"),
        "stepper": stepper(3),
    }
    return render(request, "migration/questions.html", page)


def _wanted(question: Question, wanted: dict[str, str]) -> bool:
    return (
        wanted["department"] in ("", question.department)
        and wanted["code"] in ("", question.code)
        and not (wanted["open"] and question.answered)
    )


def _card(question: Question, typed: dict[str, str]) -> dict[str, object]:
    """A question with what stands in its fields: what was typed and could not be saved goes before what is kept."""
    fields = {name: typed.get(name, getattr(question, name)) for name in FIELDS}
    return {"question": question, "fields": fields, "choices": choices(question)}


def _given(post: QueryDict) -> dict[str, dict[str, str]]:
    """Fields by id of the finding, as typed into `verdict-<id>`, `new-<id>` and so on."""
    ids = post.getlist("id")
    return {one: {name: post.get(f"{name}-{one}", "").strip(" ") for name in FIELDS} for one in ids}


def _save(request: StaffRequest, move: Move, run: Run, given: dict[str, dict[str, str]]) -> bool:
    """Whether all that was answered is kept; if not, the page is shown again with what was typed."""
    seen = {one: request.POST.get(f"seen-{one}", "") for one in given}
    try:
        collected, late = services.answer(request.actor, move, run, given, seen)
    except UsageError as error:
        messages.error(request, f"保存できませんでした。{_without_place(error)}", extra_tags="stop")
        return False
    if late:
        messages.warning(
            request,
            f"{len(late)}件は、ほかの職員が先に決めていたため保存していません。見比べてから決めてください。",
            extra_tags="warn",
        )
        return False
    messages.success(request, f"判断を保存しました（新しい判断 {collected.new}件、変えた判断 {collected.changed}件）。")
    return True


def _without_place(error: UsageError) -> str:
    """The sentence without the name of the sheet in which answers travel."""
    return "「別の値に直す」には新しい値が要ります。" if "without a value" in error.message else in_japanese(str(error))


@csrf_exempt
@screen(Action.DECIDE, methods=("POST",))
def gather(request: StaffRequest, move: str, run: int) -> HttpResponseBase:
    """担当課が記入した Excel を集める."""
    found, one = finished_run(request, move, run)
    incoming = arrival_folder(found.folder)
    handler = ToDisk(request, incoming)
    request.upload_handlers = [handler]
    try:
        return csrf_protect(_gathered)(request, found, one, handler)
    finally:
        shutil.rmtree(incoming, ignore_errors=True)


def _gathered(request: HttpRequest, move: Move, run: Run, handler: ToDisk) -> HttpResponse:
    staff = cast("StaffRequest", request)
    files = cast("Sequence[Received]", request.FILES.getlist("files"))
    try:
        if handler.problem or not files:
            raise UsageError(handler.problem or "Excelのファイルが選ばれていません。")
        collected = services.gather(staff.actor, move, run, named(files))
    except CannotContinueError as error:
        messages.error(request, f"集められませんでした。{in_japanese(str(error))}", extra_tags="stop")
    else:
        messages.success(request, f"新しい判断 {collected.new}件、変わった判断 {collected.changed}件を集めました。")
    return redirect(reverse("migration:questions", args=(move.identifier, run.number)))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 1
