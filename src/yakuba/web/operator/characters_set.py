"""One collection of glyphs (外字の組): all of them by state, and the ways to workbench, approvals and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render

from yakuba.identification import queries, services
from yakuba.identification.lookup import fact
from yakuba.identification.standing import State
from yakuba.kernel.errors import UsageError
from yakuba.tenancy.rights import Action
from yakuba.web import parts
from yakuba.web.components import Pages, Tab, Tabs
from yakuba.web.migration.finding import moment
from yakuba.web.screens import Audience, StaffRequest, screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from yakuba.identification.queries import Line, Progress

PAGE = 50
CONFLICT = "conflict"
"""A tab that goes across the states."""


@screen(Action.MIGRATE, audience=Audience.MOVERS)
def index(request: StaffRequest, collection: int) -> HttpResponse:
    """外字の組."""
    group, every = queries.collection(request.actor, collection)
    progress = queries.progress(every)
    wanted = request.GET.get("state", "")
    shown = [one for one in every if _wanted(one, wanted)]
    pages = pages_of(request, len(shown), PAGE, {"state": wanted})
    part = shown[(pages.number - 1) * PAGE : pages.number * PAGE]
    page = {
        "base": parts.base(request),
        "group": group,
        "progress": progress,
        "at": moment(group.at),
        "tabs": _tabs(progress, wanted),
        "rows": [row(one) for one in part],
        "found": len(shown),
        "pages": pages,
        "yours": sum(one.approvable(request.actor) for one in every),
        "together": sum(one.together(request.actor) for one in every),
    }
    return render(request, "operator/characters_set.html", page)


@screen(Action.MIGRATE, audience=Audience.MOVERS, methods=("POST",))
def aside(request: StaffRequest, collection: int) -> HttpResponse:
    """一覧から片付ける."""
    try:
        services.set_aside(request.actor, collection, request.POST.get("reason", ""))
    except UsageError as error:
        messages.error(request, f"{error.message}。{error.remedy}。", extra_tags="stop")
        return redirect("operator:characters_set", collection)
    messages.success(request, "外字の組を一覧から片付けました。決定は台帳に残っています。")
    return redirect("operator:characters")


def pages_of(request: StaffRequest, found: int, size: int, kept: dict[str, str]) -> Pages:
    """Where a long list stands."""
    text = request.GET.get("page", "1")
    of = max(1, -(-found // size))
    at = int(text) if text.isascii() and text.isdigit() and len(text) < len(str(of)) + 1 else 1
    query = "".join(f"{name}={value}&" for name, value in kept.items() if value)
    return Pages(min(max(1, at), of), of, f"?{query}", parts=True)


def row(line: Line) -> dict[str, object]:
    """A glyph with what is said of it, for a list."""
    choice = line.stand.choice
    return {
        "line": line,
        "choice": choice,
        "text": fact(choice.mj).text if choice and choice.mj else "",
        "at": moment(line.mark.at) if line.mark else "",
    }


def _wanted(line: Line, wanted: str) -> bool:
    return line.stand.conflict if wanted == CONFLICT else wanted in ("", line.state)


def _tabs(progress: Progress, wanted: str) -> Tabs:
    each = [
        Tab(state.label, f"?state={state}", here=wanted == state, count=progress.states.get(state, 0))
        for state in State
    ]
    if progress.conflicts:
        each.append(Tab("町の食い違い", f"?state={CONFLICT}", here=wanted == CONFLICT, count=progress.conflicts))
    every: Sequence[Tab] = [Tab("すべて", "?", here=not wanted, count=progress.total), *each]
    return Tabs("外字のようす", list(every), parts=True)
