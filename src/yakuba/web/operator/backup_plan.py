"""控えの計画: where a municipality's copy lies and what is expected of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render

from yakuba.backup import queries
from yakuba.backup.services import USUAL, set_plan
from yakuba.kernel.errors import CannotContinueError
from yakuba.tenancy.rights import Action
from yakuba.web.components import Form
from yakuba.web.operator.backup_town import member_of
from yakuba.web.screens import Audience, StaffRequest, screen

if TYPE_CHECKING:
    from django.http import HttpResponse


class Plan(Form):
    """All of a plan; the fields are named as `backup.services.set_plan` names them."""

    place = forms.CharField(
        label="置き場所", max_length=400, help_text="この団体だけのフォルダー（/ で始まる）か、s3://… の場所。"
    )
    second_place = forms.CharField(label="第二センターの置き場所", max_length=400, required=False)
    signer = forms.CharField(
        label="署名鍵の指紋", max_length=80, help_text="団体から、電話など別の経路で聞いた値。受領のたびに確かめます。"
    )
    link = forms.CharField(
        label="連携APの証明書の指紋", max_length=64, required=False, help_text="SHA-256 の16進64桁。受け口を通れます。"
    )
    max_age_hours = forms.IntegerField(label="控えの古さの上限（時間）", min_value=1)
    quota_mb = forms.IntegerField(label="割当（MiB）", min_value=1)
    lock_days = forms.IntegerField(
        label="消せない日数", min_value=1, help_text="届いたものは、団体の鍵で整理されても、この日数は消しません。"
    )
    keep_daily = forms.IntegerField(label="残す日数", min_value=1)
    keep_weekly = forms.IntegerField(label="残す週数", min_value=0)
    keep_monthly = forms.IntegerField(label="残す月数", min_value=0)
    keep_yearly = forms.IntegerField(label="残す年数", min_value=0)
    shrink_percent = forms.IntegerField(label="減少の上限（％）", min_value=1, max_value=100)
    paused = forms.BooleanField(label="休止する", required=False, help_text="受け取らず、警報も出しません。")


@screen(Action.OPERATE, audience=Audience.GROUP, methods=("GET", "POST"))
def index(request: StaffRequest, member: str) -> HttpResponse:
    """Make or change the plan of a municipality."""
    body, plan = member_of(request, member), queries.plan(member)
    form = Plan(request.POST if request.method == "POST" else None, initial=asdict(plan) if plan else USUAL)
    if request.method == "POST" and form.is_valid():
        try:
            set_plan(request.actor, member, **form.cleaned_data)
        except CannotContinueError as error:
            form.add_error(None, f"{error.message}。{error.remedy}")
        else:
            messages.success(request, f"{body.name}の控えの計画を登録しました。")
            return redirect("operator:backup_town", member)
    return render(request, "operator/backup_plan.html", {"member": body, "form": form, "new": plan is None})
