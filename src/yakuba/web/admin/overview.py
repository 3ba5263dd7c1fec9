"""Rights and expiries (権限と期限): who may do what until when, over the whole municipality; to be printed for 決裁."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse

from yakuba.tenancy import queries
from yakuba.tenancy.rights import ALL, Action
from yakuba.web.admin.log_words import who
from yakuba.web.admin.words import SOON, businesses, until, what
from yakuba.web.components import Cell, Column, Row, Table
from yakuba.web.screens import StaffRequest, screen
from yakuba.web.words import wareki

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yakuba.tenancy.queries import RightLine

FAR = 3650
"""Days beyond which no right can end."""


@screen(Action.RIGHTS)
def index(request: StaffRequest) -> HttpResponse:
    """権限と期限."""
    everything = queries.ending_rights(request.actor, FAR)
    wanted = {name: request.GET.get(name, "") for name in ("name", "action", "business", "kind")}
    shown = [right for right in everything if _wanted(right, wanted)]
    soon = queries.ending_rights(request.actor, SOON)
    page = {
        "table": Table(
            "権限",
            (
                Column("終了日", "nowrap"),
                "氏名",
                "できること",
                Column("開始日", "nowrap"),
                "付与した人",
                Column("取消し", "nowrap"),
            ),
            [_row(right) for right in shown],
            empty="この条件に合う権限はありません。",
            quiet=True,
            walk=True,
        ),
        "wanted": wanted,
        "actions": [(action.value, action.label) for action in Action if action.grantable],
        "businesses": list(businesses().items()),
        "soon": len(soon),
        "exceptional": sum(right.exceptional for right in everything),
        "total": len(everything),
        "found": len(shown),
        "days": SOON,
    }
    return render(request, "admin/rights.html", page)


def _wanted(right: RightLine, wanted: dict[str, str]) -> bool:
    return (
        (wanted["name"].strip() in right.name or wanted["name"].strip().lower() in right.login)
        and wanted["action"] in ("", right.action)
        and (not wanted["business"] or right.business in (ALL, wanted["business"]))
        and _kind(right, wanted["kind"])
    )


def _kind(right: RightLine, kind: str) -> bool:
    if kind == "soon":
        return bool(until(right.valid_until)[1])
    return right.exceptional if kind == "exceptional" else True


def _row(right: RightLine) -> Row:
    last_day, marks = until(right.valid_until)
    kind = (("一時的", "key"),) if right.exceptional else ()
    return Row(
        (
            Cell(last_day, chips=marks),
            Cell(right.name, reverse("admin:person", args=(right.staff,)), small=right.login),
            Cell(what(right), chips=kind, small=right.reason),
            wareki(right.valid_from),
            who(right.granted_by, right.granted_by)[0],
            Cell("取り消す", reverse("admin:take", args=(right.id,))),
        )
    )
