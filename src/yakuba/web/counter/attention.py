"""確認が要る人: the people behind a number of the first page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from yakuba.registry import queries
from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.rights import Action
from yakuba.web.components import Cell, Column, Pages, Row, Table
from yakuba.web.counter.people import JUKI, address, marks_of
from yakuba.web.parts import base
from yakuba.web.screens import StaffRequest, screen

if TYPE_CHECKING:
    from django.http import HttpResponse


@screen(Action.VIEW, business=JUKI)
def attention(request: StaffRequest, concern: str) -> HttpResponse:
    """The people of one concern, the oldest day first."""
    number = request.GET.get("page", "1")
    try:
        found = queries.concerned(request.actor, concern, page=int(number) if number.isdecimal() else 1)
    except NotFoundError:
        raise Http404 from None
    rows = [
        Row(
            (
                Cell(one.name, address(one.addressee), name=True, chips=tuple(marks_of(one)), small=one.kana),
                one.birth,
                one.day,
                one.addressee,
            ),
            gone=one.removed,
        )
        for one in found.people
    ]
    title = found.concern.label
    columns = ("氏名", Column("生年月日", "w"), Column(found.concern.day_label, "w"), "宛名番号")
    table = Table(
        title, columns, rows, empty="該当する人はいません", quiet=True, walk=True,
        pages=Pages(found.page, found.of, "?", parts=True),
    )  # fmt: skip
    shown = {"base": base(request), "title": title, "advice": found.concern.advice, "count": found.total}
    return render(request, "counter/attention.html", shown | {"table": table})
