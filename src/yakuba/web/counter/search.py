"""さがす: one box for everything, its results and what it understood; the same by items."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django import forms
from django.shortcuts import redirect, render
from django.urls import reverse

from yakuba.registry import queries
from yakuba.registry.queries.search import ITEMS
from yakuba.tenancy.acting import NotAllowedError
from yakuba.tenancy.rights import Action
from yakuba.web.components import Form, Notice, Pages, Table
from yakuba.web.counter.people import COLUMNS, JUKI, address, row
from yakuba.web.counter.words import HINTS
from yakuba.web.parts import base
from yakuba.web.screens import StaffRequest, screen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse


class Items(Form):
    """Advanced search: all that is filled in must hold."""

    name = forms.CharField(label="氏名", required=False, help_text="旧氏・通称・アルファベットも")
    kana = forms.CharField(label="フリガナ", required=False)
    birth = forms.CharField(label="生年月日", required=False, help_text="S45.1.2、昭和45年1月、1970 など")
    sex = forms.ChoiceField(
        label="性別", required=False, choices=[("", "問わない"), ("1", "男"), ("2", "女"), ("0", "不明")]
    )
    address = forms.CharField(label="住所", required=False, help_text="前の住所も")
    relation = forms.CharField(label="続柄", required=False, help_text="世帯主、妻、子 など")
    kind = forms.ChoiceField(
        label="住民種別", required=False, choices=[("", "問わない"), ("1", "日本人"), ("2", "外国人")]
    )
    addressee = forms.CharField(label="宛名番号", required=False)
    household = forms.CharField(label="世帯番号", required=False)
    removed = forms.BooleanField(label="除票の人もさがす", required=False)
    outsiders = forms.BooleanField(label="住登外者もさがす", required=False)


_LABELS = {name: str(field.label) for name, field in Items.base_fields.items()}


@screen(Action.VIEW, business=JUKI)
def search(request: StaffRequest) -> HttpResponse:
    """The results; of one person alone, the person."""
    typed = request.GET.get("q", "").strip()
    items = {name: value for name in ITEMS if (value := request.GET.get(name, "").strip())}
    shown = {
        "base": base(request),
        "typed": typed,
        "hints": HINTS,
        **_switches(request.GET),
        "conditions": items.items(),
    }
    if not typed and not items:
        return render(request, "counter/search.html", shown)
    number = request.GET.get("page", "1")
    try:
        page = queries.search(
            request.actor,
            typed,
            removed=bool(shown["removed"]),
            outsiders=bool(shown["outsiders"]),
            page=int(number) if number.isdecimal() else 1,
            **items,
        )
    except NotAllowedError as error:
        problem = Notice(error.message, error.remedy, "warn")
        return render(request, "counter/search.html", shown | {"problem": problem})
    if typed and not items and page.total == 1 and page.page == 1:
        return redirect(f"{address(page.items[0].addressee)}?{urlencode({'q': typed})}")
    return render(request, "counter/search.html", shown | _results(request, page, items))


def _switches(asked: Mapping[str, str]) -> dict[str, bool]:
    return {name: asked.get(name) in ("1", "on") for name in ("removed", "outsiders")}


def _results(request: StaffRequest, page: queries.Page, items: Mapping[str, str]) -> dict[str, object]:
    asked = request.GET.copy()
    asked.pop("page", None)
    last = page.page + 1 if page.more else page.page
    known = max(last, -(-page.total // page.size)) if page.exact else last
    table = Table(
        "検索結果",
        COLUMNS,
        [row(found) for found in page.items],
        empty="見つかりません",
        quiet=True,
        walk=True,
        picked="addressee" if request.actor.may(Action.OUTPUT, JUKI) else "",
        pages=Pages(page.page, known, f"?{asked.urlencode()}&", parts=True),
    )
    words = [f"{page.query.label}「{page.query.text}」でさがしました"] if page.query.text else []
    words += [f"{_LABELS[name]}「{value}」" for name, value in items.items()]
    problem = Notice("このままではさがせません", page.query.advice, "warn") if page.query.advice else None
    return {
        "found": table,
        "total": page.total,
        "more": not page.exact,
        "understood": "　".join(words),
        "problem": problem,
        "picks": bool(table.picked),
    }


@screen(Action.VIEW, business=JUKI)
def advanced(request: StaffRequest) -> HttpResponse:
    """項目でさがす: the form; its results are on the page of results."""
    return render(request, "counter/advanced.html", {"form": Items(), "action": reverse("counter:search")})
