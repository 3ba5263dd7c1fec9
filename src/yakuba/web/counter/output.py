"""項目を選んで出力: chosen items of chosen people, to CSV, Excel or the clipboard, with a purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.spreadsheet import as_csv
from yakuba.registry import queries
from yakuba.registry.display import Value, sections
from yakuba.tenancy.rights import Action
from yakuba.web.components import Form, Notice
from yakuba.web.counter import reasons
from yakuba.web.counter.files import as_excel, as_lines
from yakuba.web.counter.people import JUKI, address
from yakuba.web.screens import StaffRequest, screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.registry.queries.output import Output

_USUAL = ("宛名番号", "氏名", "氏名_フリガナ", "生年月日", "性別表記", "住所_町字", "住所_番地号表記", "住所_方書")
"""Items that are chosen to begin with."""
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Wanted(Form):
    """Why and how."""

    purpose = forms.CharField(
        label="利用目的",
        max_length=200,
        help_text="操作ログに残ります",
        error_messages={"required": "利用目的を入力してください"},
    )
    form = forms.ChoiceField(
        label="形式",
        choices=(("xlsx", "Excel"), ("csv", "CSV"), ("copy", "コピー（貼り付け用）")),
        widget=forms.RadioSelect,
        initial="xlsx",
    )


@screen(Action.OUTPUT, business=JUKI, methods=("GET", "POST"))
def output(request: StaffRequest) -> HttpResponse:
    """Choose (GET), then get the file or the lines to copy (POST)."""
    asked = request.POST if request.method == "POST" else request.GET
    people = list(dict.fromkeys(asked.getlist("addressee")))
    if request.method == "GET":
        return _page(request, people, Wanted(), _USUAL)
    chosen = request.POST.getlist("item")
    form = Wanted(request.POST)
    if not form.is_valid():
        return _page(request, people, form, chosen)
    try:
        made = queries.output(request.actor, people, chosen, form.cleaned_data["purpose"])
    except CannotContinueError as error:
        return _page(request, people, form, chosen, Notice(error.message, error.remedy, "stop"))
    if form.cleaned_data["form"] == "copy":
        back = address(people[0]) if len(people) == 1 else "/search/"
        return render(request, "counter/clipboard.html", {"lines": as_lines(made.items, made.rows), "back": back})
    return _file(made, form.cleaned_data["form"])


def _page(
    request: StaffRequest, people: Sequence[str], form: Wanted, chosen: Sequence[str], problem: Notice | None = None
) -> HttpResponse:
    values = [Value(item.name, item.identifier, "", "", item.masked) for item in queries.output_items(request.actor)]
    found = queries.chosen(request.actor, people)
    told = [problem] if problem else []
    if any(reasons.given(request, number) for number in people):
        told.append(
            Notice("理由を記録して開いた人が含まれています", "出力した先での取扱いに注意してください。", "stop")
        )
    if not people:
        told.append(Notice("出力する人が選ばれていません", "さがした結果か、住民の画面から選んでください。", "warn"))
    shown = {
        "people": found,
        "form": form,
        "sections": [
            (one.title, [(value.name, value.name in chosen) for value in one.values if not value.masked])
            for one in sections(values)
            if not all(value.masked for value in one.values)
        ],
        "warnings": told,
    }
    return render(request, "counter/output.html", shown)


def _file(made: Output, form: str) -> HttpResponse:
    kind, content = ("text/csv; charset=utf-8", as_csv) if form == "csv" else (_EXCEL, as_excel)
    response = HttpResponse(content(made.items, made.rows), content_type=kind)
    name = f"yakuba-{timezone.localtime():%Y%m%d-%H%M%S}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
