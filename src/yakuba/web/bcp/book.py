"""災害時の受付簿: what came in on paper, written down as pending, taken back by a further line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from yakuba.backup.bcp import book as kept
from yakuba.backup.bcp import standing
from yakuba.backup.bcp.events import Kind, Noted
from yakuba.kernel.errors import CannotContinueError
from yakuba.tenancy.rights import Action
from yakuba.web.components import Cell, Column, Form, Row, Table
from yakuba.web.counter.asof import typed_day
from yakuba.web.counter.people import JUKI, address
from yakuba.web.screens import StaffRequest, screen
from yakuba.web.words import date_and_time, wareki

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yakuba.backup.bcp.events import Event

_COLUMNS = (Column("受付番号", "n"), "種類", "氏名", Column("異動日", "w"), "届書", "内容", "受け付けた人", "取消し")


class PaperDay(forms.CharField):
    """A day as it stands on the paper: 和暦 or 西暦, typed without the mouse."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label, max_length=20, help_text="令和8年11月21日、R8.11.21、2026-11-21 のように",
            widget=forms.TextInput({"autocomplete": "off"}),
        )  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        """A day of ours in 和暦; what somebody has typed as it was typed."""
        return wareki(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> date:
        """The day.

        Raises:
            forms.ValidationError: the text is none that the calendar has.
        """
        text = super().clean(value)
        found = typed_day(text)
        if found is None:
            raise forms.ValidationError("日付として読めません。暦にある日を入力してください")
        return found


class Entry(Form):
    """One event from paper."""

    kind = forms.ChoiceField(label="種類", choices=[(one.value, one.label) for one in Kind])
    name = forms.CharField(label="氏名", max_length=200)
    addressee = forms.CharField(
        label="宛名番号", max_length=15, required=False, help_text="記録のある人。出生や他市町村の人は空欄"
    )
    happened_on = PaperDay("異動日")
    paper = forms.CharField(label="届書の番号", max_length=40)
    detail = forms.CharField(label="内容", max_length=1000, required=False, help_text="新しい住所、避難先など")


class TakeBack(Form):
    """A slip, taken back."""

    number = forms.IntegerField(label="取り消す受付番号", min_value=1)
    reason = forms.CharField(label="取消しの理由", max_length=200)


@screen(Action.VIEW, business=JUKI, methods=("GET", "POST"))
def book(request: StaffRequest) -> HttpResponse:
    """The book, and what adds a line to it."""
    taking_back = "number" in request.POST
    posted = request.POST if request.method == "POST" else None
    entry = Entry(None if taking_back else posted, initial={"happened_on": timezone.localdate()})
    slip = TakeBack(posted if taking_back else None)
    form = slip if taking_back else entry
    if posted is not None and form.is_valid():
        try:
            number = _written(request, form)
        except CannotContinueError as error:
            form.add_error(None, f"{error.message}。{error.remedy}")
        else:
            messages.success(request, f"受付番号 {number} を書き込みました。")
            return redirect("bcp:book")
    rows = [_row(one) for one in reversed(kept.book(request.actor))]
    table = Table("受付簿", _COLUMNS, rows, empty="まだ受付はありません", quiet=True)
    shown = {"open": standing.here(), "entry": entry, "slip": slip, "table": table}
    return render(request, "bcp/book.html", shown)


def _written(request: StaffRequest, form: Form) -> int:
    said = form.cleaned_data
    if "number" in said:
        return kept.take_back(request.actor, said["number"], said["reason"])
    noted = Noted(
        Kind(said["kind"]), said["name"], said["happened_on"], said["paper"], said["addressee"].strip(), said["detail"]
    )
    return kept.note(request.actor, noted)


def _row(one: Event) -> Row:
    noted = one.noted
    cancels = f"{one.cancels} を取消し" if one.cancels else f"{one.cancelled} で取消し" if one.cancelled else ""
    href = address(noted.addressee) if noted.addressee else ""
    return Row(
        (
            str(one.number), noted.kind.label, Cell(noted.name, href, name=True, small=noted.addressee),
            wareki(noted.happened_on), noted.paper, noted.detail,
            Cell(one.clerk, small=date_and_time(timezone.localtime(one.at))), cancels,
        ),
        gone=bool(one.cancels or one.cancelled),
    )  # fmt: skip
