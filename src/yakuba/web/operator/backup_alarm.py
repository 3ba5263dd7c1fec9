"""警報の確認: what it is, and what is done about it; both stay in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from yakuba.backup import queries
from yakuba.backup.services import acknowledge
from yakuba.backup.words import ALARMS
from yakuba.kernel.errors import CannotContinueError
from yakuba.tenancy.rights import Action
from yakuba.web.components import Form, Item, Items
from yakuba.web.operator.backup import moment
from yakuba.web.operator.backup_town import member_of
from yakuba.web.screens import Audience, StaffRequest, screen

if TYPE_CHECKING:
    from django.http import HttpResponse


class Done(Form):
    """What is done about an alarm."""

    reason = forms.CharField(
        label="対処",
        max_length=200,
        widget=forms.TextInput({"autofocus": True, "autocomplete": "off"}),
        help_text="何を調べ、何をしたか。団体とグループの操作ログに残ります。",
        error_messages={"required": "対処を入力してください"},
    )


@screen(Action.OPERATE, audience=Audience.GROUP, methods=("GET", "POST"))
def index(request: StaffRequest, member: str, alarm: int) -> HttpResponse:
    """One alarm."""
    body, found = member_of(request, member), queries.alarm(request.actor, member, alarm)
    if found is None:
        raise Http404
    form = Done(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            acknowledge(request.actor, member, alarm, form.cleaned_data["reason"])
        except CannotContinueError as error:
            form.add_error(None, f"{error.message}。{error.remedy}")
        else:
            messages.success(request, "警報の確認を記録しました。")
            return redirect("operator:backup_town", member)
    items = Items([
        Item("警報", ALARMS.get(found.kind, found.kind)),
        Item("発生", moment(found.since)),
        Item("最後の確認", moment(found.last_at)),
        Item("解消", moment(found.ended_at)),
        Item("内容", found.sentence, wide=True),
        Item("対処", found.reason, wide=True, small=found.by),
    ])  # fmt: skip
    page = {"member": body, "alarm": found, "items": items, "form": form}
    return render(request, "operator/backup_alarm.html", page)
