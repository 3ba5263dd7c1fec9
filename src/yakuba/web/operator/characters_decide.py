"""文字同定の作業台: one glyph after the other, large, beside what it may be; decided by one key each."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from yakuba.characters.vendor import Likeness
from yakuba.identification import queries, services
from yakuba.identification.standing import Choice, State
from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.tenancy.rights import Action
from yakuba.web import parts
from yakuba.web.operator.characters_story import conflicts, story, undone
from yakuba.web.operator.characters_tiles import tiles
from yakuba.web.screens import Audience, StaffRequest, screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from yakuba.identification.queries import Line, Page

NONE = "none"
"""What a form says for 該当なし."""
_LONGEST = 40


@screen(Action.MIGRATE, audience=Audience.MOVERS, methods=("GET", "POST"))
def index(request: StaffRequest, collection: int) -> HttpResponse:
    """The glyph of `?glyph=`, or the first that waits."""
    group, every = queries.collection(request.actor, collection)
    order = work_order(every)
    line = _line(every, order, request.GET.get("glyph", ""))
    if request.method == "POST":
        return redirect(f"{request.path}?{urlencode({'glyph': _done(request, collection, line, order)})}")
    page = {"base": parts.base(request), "group": group, "progress": queries.progress(every), "line": line}
    if line:
        page |= _glyph(request, line, queries.page(request.actor, line.id), order)
    return render(request, "operator/characters_decide.html", page)


def work_order(every: Sequence[Line]) -> Sequence[Line]:
    """What waits for a choice: those most used first, after them those that another town has decided already."""
    waiting = [one for one in every if one.state.waits]
    return sorted(waiting, key=lambda one: one.state is State.OFFERED)


def _line(every: Sequence[Line], order: Sequence[Line], wanted: str) -> Line | None:
    if not wanted:
        return order[0] if order else None
    found = [one for one in every if str(one.id) == wanted]
    if not found:
        raise Http404
    return found[0]


def _glyph(request: StaffRequest, line: Line, page: Page, order: Sequence[Line]) -> dict[str, object]:
    words = request.GET.get("q", "")[:_LONGEST]
    likely = Likeness(page.suggestion)
    at = next((place for place, one in enumerate(order) if one.id == line.id), None)
    return {
        "page": page,
        "words": words,
        "rest_of_people": line.people - sum(one.people for one in page.names),
        "tiles": tiles(page, line, words),
        "kinds": [(one, key, one is _first_kind(likely, line, words)) for one, key in _KINDS],
        "doubted": likely is Likeness.NONE,
        "against": any(one.choice.mj for one in line.known),
        "before": order[at - 1].id if at else None,
        "after": _after(order, line),
        "at": at + 1 if at is not None else 0,
        "of": len(order),
        "waits": line.state.waits,
        "own": line.own(request.actor),
        "story": story(page),
        "conflicts": conflicts(line),
    }


_KINDS = ((Likeness.SAME, "a"), (Likeness.DESIGN, "d"), (Likeness.SIMILAR, "s"))
"""区分 with its key."""


def _first_kind(likely: Likeness, line: Line, words: str) -> Likeness:
    """What is chosen at first: as another town has decided, else as the machine would.

    Where the machine would say 該当なし, and among what was searched for, it is 類似 until somebody says more.
    """
    if words:
        return Likeness.SIMILAR
    if line.stand.choice and line.stand.choice.mj:
        return Likeness(line.stand.choice.likeness)
    return Likeness.SIMILAR if likely is Likeness.NONE else likely


def _after(order: Sequence[Line], line: Line) -> int | None:
    """The next that waits; behind the last comes the first."""
    later = [one.id for one in order if one.id != line.id]
    at = next((place for place, one in enumerate(order) if one.id == line.id), 0)
    return later[at % len(later)] if later else None


def _done(request: StaffRequest, collection: int, line: Line | None, order: Sequence[Line]) -> int | str:
    """Do what the form says; gives the glyph to go to."""
    here = line.id if line else ""
    try:
        if request.POST.get("do") == "undo_last":
            taken_back = services.undo_last(request.actor, collection)
            messages.success(request, undone(taken_back))
            return taken_back[0]
        if line is None:
            raise UsageError("判断を待つ外字はありません", remedy="一覧から選んでください")
        if request.POST.get("do") == "undo":
            services.undo(request.actor, collection, line.id, seen=_seen(request), reason=_reason(request))
            messages.success(request, f"{line.name}の判断を取り消しました。")
            return here
        choice = _choice(request)
        state = services.propose(
            request.actor, collection, line.id, choice, seen=_seen(request), reason=_reason(request)
        )
    except CannotContinueError as error:
        messages.error(request, f"{error.message}。{error.remedy}。", extra_tags="stop")
        return here
    messages.success(request, f"{line.name}を{choice.mj or '該当なし'}（{choice.likeness}）と{_SAID[state]}。")
    return _after(order, line) or here


_SAID = {State.PROPOSED: "提案しました", State.DECIDED: "決定しました"}


def _choice(request: StaffRequest) -> Choice:
    mj = request.POST.get("mj", "")
    return Choice("", Likeness.NONE) if mj == NONE else Choice(mj, request.POST.get("likeness", ""))


def _seen(request: StaffRequest) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1  # noqa: PLR2004 - no step is that far


def _reason(request: StaffRequest) -> str:
    return request.POST.get("reason", "")
