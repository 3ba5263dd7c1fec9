"""Layouts browser: every layout of the catalog, one in full, an item anywhere, what an edition changed."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from yakuba.layouts.diff import diff
from yakuba.layouts.page import HEADINGS, item_cells, standing_sentence
from yakuba.layouts.read import layouts
from yakuba.web.components import Cell, Column, Row, Table
from yakuba.web.screens import Audience, StaffRequest, screen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from yakuba.layouts.model import Layout

FAMILIES = {"kihon": "基本データリスト（データ要件標準仕様書）", "chukan": "中間標準レイアウト"}
_MOST = 200


@screen(audience=Audience.STAFF)
def listing(request: StaffRequest) -> HttpResponse:
    """All layouts, one table per family and edition, the newest first."""
    ordered = sorted(layouts(), key=lambda one: (one.family, one.edition), reverse=True)
    tables = [
        (FAMILIES.get(family, family), edition, _table(f"{FAMILIES.get(family, family)} {edition}", found))
        for (family, edition), found in groupby(ordered, key=lambda one: (one.family, one.edition))
    ]
    return render(request, "layouts/list.html", {"tables": tables})


def _table(caption: str, found: Iterable[Layout]) -> Table:
    rows = [
        Row((
            one.code if not one.code.startswith("x") else "—",
            Cell(one.business, address(one)),
            str(len(one.groups)),
            f"{sum(len(group.items) for group in one.groups):,}",
            Cell("", chips=((one.source.standing.japanese, "ok" if one.source.standing == "official" else "warn"),)),
        ))
        for one in sorted(found, key=lambda one: one.code)
    ]  # fmt: skip
    columns = ("業務コード", "業務", Column("グループ", "n"), Column("項目", "n"), "由来")
    return Table(caption, columns, rows, quiet=True, walk=True)


@screen(audience=Audience.STAFF)
def show(request: StaffRequest, family: str, edition: str, layout: str) -> HttpResponse:
    """One layout: where it comes from, its groups with all items, its code lists."""
    found = _layout(family, edition, layout)
    groups = [
        (group, Table(f"{group.name}の項目", HEADINGS, [Row(item_cells(item)) for item in group.items], quiet=True))
        for group in found.groups
    ]
    codes = [
        (
            f"{one.name}（{one.id}）",
            Table(one.name, ("値", "内容"), [Row(pair) for pair in one.values.items()], quiet=True),
        )
        for one in found.codes.values()
    ]
    shown = {
        "layout": found,
        "family": FAMILIES.get(family, family),
        "standing": standing_sentence(found),
        "groups": groups,
        "codes": codes,
        "others": [(one.edition, f"{address(found)}changes/?from={one.edition}") for one in _others(found)],
    }
    return render(request, "layouts/show.html", shown)


@screen(audience=Audience.STAFF)
def changes(request: StaffRequest, family: str, edition: str, layout: str) -> HttpResponse:
    """What this edition changed against another one of the same business: `from`, else the newest other one."""
    new = _layout(family, edition, layout)
    wanted = request.GET.get("from", "")
    old = next((one for one in _others(new) if not wanted or one.edition == wanted), None)
    if old is None:
        raise Http404
    rows = [Row((one.kind.japanese, one.group, one.item, one.before, one.after)) for one in diff(old, new)]
    table = Table(
        "変更点", ("種類", "グループ", "項目", "変更前", "変更後"), rows, empty="変更はありません", quiet=True
    )
    return render(request, "layouts/changes.html", {"old": old, "new": new, "back": address(new), "table": table})


@screen(audience=Audience.STAFF)
def items(request: StaffRequest) -> HttpResponse:
    """Items whose name, identifier or definition holds the words, in all layouts."""
    words = request.GET.get("item", "").split()
    hits = [
        Row((
            Cell(item.name, f"{address(one)}#{quote(group.identifier)}"),
            one.business, group.name, one.edition, item.type.value, item.codes,
        ))
        for one in layouts()
        for group in one.groups
        for item in group.items
        if words and all(word in item.name or word in item.identifier or word in item.definition for word in words)
    ]  # fmt: skip
    table = Table(
        "項目", ("項目名", "業務", "グループ", "版", "型", "コード"), hits[:_MOST], quiet=True, walk=True,
        empty="この語を含む項目はありません" if words else "項目名・識別名・定義の語を入れてください",
    )  # fmt: skip
    return render(
        request, "layouts/items.html", {"table": table, "item": " ".join(words), "count": len(hits), "most": _MOST}
    )


def address(layout: Layout) -> str:
    """Address of a layout's page."""
    return reverse("layouts:show", args=layout.id.split("/"))


def _layout(family: str, edition: str, folder: str) -> Layout:
    found = next((one for one in layouts() if one.id == f"{family}/{edition}/{folder}"), None)
    if found is None:
        raise Http404
    return found


def _others(layout: Layout) -> list[Layout]:
    """The same business in other editions of the family, newest first."""
    same = [
        one
        for one in layouts()
        if one.family == layout.family and one.business == layout.business and one is not layout
    ]
    return sorted(same, key=lambda one: one.edition, reverse=True)
