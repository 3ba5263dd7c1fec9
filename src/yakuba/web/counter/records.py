"""ほかの業務の記録: one tab per business, its groups as tables or lists, made from the layouts alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from yakuba.registry import queries
from yakuba.tenancy.rights import Action
from yakuba.web.components import Cell, Column, Items, Row, Tab, Table, Tabs
from yakuba.web.components.items import HIDDEN
from yakuba.web.counter import facts, reasons
from yakuba.web.counter.people import JUKI, NAMES, address, notices
from yakuba.web.parts import base
from yakuba.web.screens import StaffRequest, screen

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yakuba.registry.queries import Value

_HOUSEKEEPING = ("市区町村コード", "宛名番号", "操作者ID", "操作年月日", "操作時刻", "削除フラグ", "業務ID", "更新者ID",
                 "更新年月日", "更新時刻")  # fmt: skip
"""Items that say nothing about the person; a list of one record shows them, a table of many does not."""
_COLUMNS = 12
"""Items from which records stand beside each other in columns instead of below each other in rows."""
_BESIDE = 5
"""Records beside each other; older ones stand in the next table."""
_OWN = "住民票の記録"
_PLACE = "各業務の記録"


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the business: its records, newest first. empty: names of items that none of them has."""

    title: str
    count: int
    tables: tuple[Table | Items, ...]
    empty: tuple[str, ...]


@screen(Action.VIEW, business=JUKI)
def records(request: StaffRequest, addressee: str, business: str) -> HttpResponse:
    """The records of one person in one business; as a part of the person's page, or as a page."""
    why = reasons.given(request, addressee)
    person = queries.head(request.actor, addressee, reason=why, place=_PLACE)
    if person is None:
        raise Http404
    if person.sealed:
        return redirect(address(addressee))
    found = queries.records(request.actor, addressee, business=business, reason=why, place=_PLACE)
    if not found:
        raise Http404
    shown = {
        "base": base(request),
        "name": person.name,
        "business": _OWN if business == JUKI else found[0].business,
        "warnings": notices(person.warnings),
        "tabs": tabs(request, addressee, business),
        "groups": [_group(tab) for tab in found],
        "back": address(addressee),
        "reason_address": f"{reverse('counter:reason', args=[addressee])}?next={request.path}",
        "withheld": any(value.withheld for tab in found for row in tab.rows for value in row),
    }
    return render(request, "counter/records.html", shown)


def tabs(request: StaffRequest, addressee: str, here: str) -> Tabs:
    """The tabs of a person: 住民票, and each business that has records the actor may see."""
    found = queries.businesses(request.actor, addressee, reason=reasons.given(request, addressee))
    made = [Tab("住民票", address(addressee), here=not here)]
    for one in found:
        label = _OWN if one.identifier == JUKI else one.business
        link = reverse("counter:records", args=[addressee, one.identifier])
        made.append(Tab(label, link, one.identifier == here, one.count))
    return Tabs("業務", made, parts=True)


def _group(tab: queries.Tab) -> Group:
    """A list for one record; a row for each of many short ones; a column for each of some long ones."""
    rows = [{value.name: value for value in row} for row in reversed(tab.rows)]
    names = [name for name in (rows[0] if rows else ()) if name not in _HOUSEKEEPING]
    told = [name for name in names if any(row[name].text or row[name].hidden for row in rows)]
    empty = tuple(name for name in names if name not in told)
    made: tuple[Table | Items, ...]
    if len(rows) == 1:
        made = (Items(list(facts.items(rows[0][name] for name in told))),)
    elif len(told) <= _COLUMNS:
        columns = tuple(Column(name, "n" if any(row[name].number for row in rows) else "") for name in told)
        lines = [Row(tuple(_cell(row[name]) for name in told)) for row in rows]
        made = (Table(tab.title, columns, lines, quiet=True),)
    else:
        chunks = [rows[start : start + _BESIDE] for start in range(0, len(rows), _BESIDE)]
        made = tuple(_beside(tab, chunk, told) for chunk in chunks)
    return Group(tab.title, tab.count, made, empty)


def _beside(tab: queries.Tab, rows: list[dict[str, Value]], told: list[str]) -> Table:
    """Records as columns, so that one year can be compared with another."""
    columns: tuple[Column | str, ...] = (told[0], *(Column(_cell(row[told[0]]).text, "n") for row in rows))
    lines = [Row((name, *(_cell(row[name]) for row in rows))) for name in told[1:]]
    return Table(tab.title, columns, lines, quiet=True)


def _cell(value: Value) -> Cell:
    return Cell(HIDDEN if value.hidden else value.text, name=bool(NAMES.search(value.name)))
