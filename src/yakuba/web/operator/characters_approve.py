"""承認: what colleagues have proposed, one key each; and what other towns have decided alike, many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render

from yakuba.identification import queries, services
from yakuba.identification.lookup import fact
from yakuba.identification.standing import State
from yakuba.kernel.errors import CannotContinueError
from yakuba.tenancy.rights import Action
from yakuba.web import parts
from yakuba.web.components import Tab, Tabs
from yakuba.web.operator.characters_set import pages_of, row
from yakuba.web.operator.characters_story import conflicts, undone
from yakuba.web.screens import Audience, StaffRequest, screen
from yakuba.web.words import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from yakuba.identification.queries import Line

ONE_BY_ONE, TOGETHER = 20, 60
"""Glyphs of one page: read one by one, or looked over."""
_SHOW = "together"


@screen(Action.MIGRATE, audience=Audience.MOVERS, methods=("GET", "POST"))
def index(request: StaffRequest, collection: int) -> HttpResponse:
    """Proposals that wait for a second person; with `?show=together` those that need no more than a look."""
    many = request.GET.get("show") == _SHOW
    group, every = queries.collection(request.actor, collection)
    if request.method == "POST":
        (_together if many else _one)(request, collection)
        return redirect(f"{request.path}?show={_SHOW}" if many else request.path)
    together = [one for one in every if one.together(request.actor)]
    waiting = [one for one in every if one.state is State.PROPOSED]
    ours = [one for one in waiting if one.approvable(request.actor)]
    shown = together if many else [*ours, *(one for one in waiting if not one.approvable(request.actor))]
    size = TOGETHER if many else ONE_BY_ONE
    pages = pages_of(request, len(shown), size, {"show": _SHOW if many else ""})
    part = shown[(pages.number - 1) * size : pages.number * size]
    page = {
        "base": parts.base(request),
        "group": group,
        "progress": queries.progress(every),
        "many": many,
        "tabs": _tabs(len(ours), len(waiting), len(together), many=many),
        "rows": [_row(request, one) for one in part],
        "pages": pages,
        "found": len(shown),
    }
    return render(request, "operator/characters_approve.html", page)


def _tabs(ours: int, waiting: int, together: int, *, many: bool) -> Tabs:
    label = f"同僚の提案（ほかに自分の提案 {waiting - ours}）" if waiting > ours else "同僚の提案"
    found: Sequence[Tab] = (
        Tab(label, "?", here=not many, count=ours),
        Tab("他の町が字形一致と決めた字", f"?show={_SHOW}", here=many, count=together),
    )
    return Tabs("承認の種類", list(found), parts=True)


def _row(request: StaffRequest, line: Line) -> dict[str, object]:
    choice = line.stand.choice
    offer = line.known[0] if line.known else None
    return row(line) | {
        "facts": fact(choice.mj) if choice and choice.mj else None,
        "mine": line.state is State.PROPOSED and not line.approvable(request.actor),
        "offer": offer,
        "offered": day_of(offer.at) if offer else "",
        "conflicts": conflicts(line),
    }


def _one(request: StaffRequest, collection: int) -> None:
    glyph, seen = (_number(request.POST.get(name, "")) for name in ("glyph", "seen"))
    try:
        if request.POST.get("do") == "undo_last":
            messages.success(request, undone(services.undo_last(request.actor, collection)))
        elif request.POST.get("do") == "return":
            reason = request.POST.get("reason", "")
            services.hand_back(request.actor, collection, glyph, seen=seen, reason=reason)
            messages.success(request, "差し戻しました。提案した人の一覧に「判断待ち」で出ます。")
        else:
            services.approve(request.actor, collection, glyph, seen=seen)
            messages.success(request, "承認しました。決定は、ほかの町の同じ字形にも使われます。")
    except CannotContinueError as error:
        messages.error(request, f"{error.message}。{error.remedy}。", extra_tags="stop")


def _together(request: StaffRequest, collection: int) -> None:
    chosen = {_number(one) for one in request.POST.getlist("glyph")}
    try:
        if request.POST.get("do") == "undo_last":
            messages.success(request, undone(services.undo_last(request.actor, collection)))
            return
        done = services.settle_together(request.actor, collection, chosen)
    except CannotContinueError as error:
        messages.error(request, f"{error.message}。{error.remedy}。", extra_tags="stop")
        return
    left = f"{len(chosen) - done}字は、ようすが変わったため受け入れていません。" if done < len(chosen) else ""
    messages.success(request, f"{done}字を受け入れました。{left}")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0  # noqa: PLR2004 - digits of an id
