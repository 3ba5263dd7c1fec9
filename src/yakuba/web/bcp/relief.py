"""被災者支援の名簿: districts in numbers, people by group; to print, and as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from yakuba.backup.bcp.lists import DISTRICTS, HEADINGS, district_row, row
from yakuba.kernel.spreadsheet import as_csv
from yakuba.registry import queries
from yakuba.registry.queries import Group
from yakuba.tenancy.rights import Action
from yakuba.web.components import Cell, Column, Row, Table
from yakuba.web.counter.people import JUKI
from yakuba.web.screens import StaffRequest, screen

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 500
"""Lines on a screen; the CSV has all of them."""


@screen(Action.OUTPUT, business=JUKI)
def relief(request: StaffRequest) -> HttpResponse:
    """Every district in numbers, and the ways to its people."""
    found = queries.districts(request.actor, on=timezone.localdate())
    rows = [
        Row((Cell(texts[0], _to(Group.ALL, one.name)), *(f"{int(text):,}" for text in texts[1:])))
        for one, texts in ((one, district_row(one)) for one in found)
    ]
    columns = tuple(Column(text, "n" if place else "") for place, text in enumerate(DISTRICTS))
    groups = [(group.label, _to(group, "")) for group in Group]
    table = Table("地区別の人数", columns, rows, empty="住民がいません", quiet=True, walk=True)
    return render(request, "bcp/relief.html", {"table": table, "groups": groups})


@screen(Action.OUTPUT, business=JUKI)
def people(request: StaffRequest) -> HttpResponse:
    """The people of a group, of one district or of all."""
    named = request.GET.get("group", Group.ALL.value)
    if named not in set(Group):
        raise Http404
    group, district = Group(named), request.GET.get("district", "")
    lines = [row(one) for one in queries.relief_list(request.actor, group, on=timezone.localdate(), district=district)]
    if request.GET.get("form") == "csv":
        return _file(lines, group)
    table = Table(
        group.label, HEADINGS, [Row(texts) for texts in lines[:_MOST]], empty="該当する人はいません", quiet=True
    )
    shown = {
        "title": group.label, "district": district, "count": f"{len(lines):,}", "more": len(lines) > _MOST,
        "most": _MOST, "table": table,
        "csv": f"?{urlencode({'group': group.value, 'district': district, 'form': 'csv'})}",
    }  # fmt: skip
    return render(request, "bcp/people.html", shown)


def _to(group: Group, district: str) -> str:
    return f"{reverse('bcp:people')}?{urlencode({'group': group.value, 'district': district})}"


def _file(lines: Sequence[tuple[str, ...]], group: Group) -> HttpResponse:
    response = HttpResponse(as_csv(HEADINGS, lines), content_type="text/csv; charset=utf-8")
    name = f"relief-{group.value}-{timezone.localtime():%Y%m%d-%H%M%S}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
