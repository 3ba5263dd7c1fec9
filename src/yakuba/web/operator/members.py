"""Members (加入団体): who is in the group since when; joining, leaving, opening a new one, handing over its key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from yakuba.kernel.errors import CannotContinueError
from yakuba.tenancy import queries, services
from yakuba.tenancy.rights import Action
from yakuba.web.admin.staffing import Day
from yakuba.web.components import Cell, Form, Row, Table
from yakuba.web.screens import Audience, StaffRequest, screen
from yakuba.web.words import wareki

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yakuba.tenancy.queries import Member


class Join(Form):
    """A municipality and a day."""

    municipality = forms.ChoiceField(label="団体")
    on = forms.DateField(label="加入日", widget=Day)

    def __init__(self, *args: Any, group: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = {member.code for member in queries.members(group)}
        free = [(one.code, f"{one.name}（{one.code}）") for one in queries.municipalities() if one.code not in inside]
        cast("forms.ChoiceField", self.fields["municipality"]).choices = free


class Leave(Form):
    """The first day outside."""

    on = forms.DateField(label="脱退日", widget=Day, help_text="この日から、グループの運用者は関わりません。")


class New(Form):
    """A municipality that this installation does not know yet."""

    code = forms.CharField(label="団体コード", max_length=6, help_text="検査数字を含む6桁の数字。")
    name = forms.CharField(label="名称", max_length=60)
    kana = forms.CharField(label="フリガナ", max_length=120, required=False)
    prefecture = forms.CharField(label="都道府県", max_length=20, required=False)


class Administrator(Form):
    """The first account of a municipality."""

    login = forms.CharField(label="利用者ID", max_length=64, help_text="英小文字・数字と . _ @ - で3文字以上。")
    name = forms.CharField(label="氏名", max_length=60)


def group_of(request: StaffRequest) -> int:
    """The operator's group."""
    group = request.actor.group
    assert group is not None
    return group


@screen(Action.OPERATE, audience=Audience.GROUP)
def index(request: StaffRequest) -> HttpResponse:
    """加入団体."""
    ever = queries.members(group_of(request), ever=True)
    group = queries.group(group_of(request))
    table = Table(
        "加入団体",
        ("団体", "団体コード", "加入日", "脱退日", "脱退", "管理の引渡し"),
        [_row(member) for member in ever],
        empty="まだどの団体も加入していません。",
        quiet=True,
    )
    form = Join(group=group_of(request), initial={"on": timezone.localdate()})
    return render(request, "operator/members.html", {"group": group, "table": table, "form": form})


def _row(member: Member) -> Row:
    today = timezone.localdate()
    gone = member.left_on is not None and member.left_on <= today
    waiting = (("これから加入", "key"),) if member.joined_on and member.joined_on > today else ()
    mark = (("脱退済み", ""),) if gone else waiting
    act = Cell("") if member.left_on else Cell("脱退の手続き", reverse("operator:leave", args=(member.code,)))
    key = Cell("") if gone else Cell("最初の管理者", reverse("operator:administrator", args=(member.code,)))
    left = wareki(member.left_on)
    name = Cell(member.name, chips=mark, small=member.prefecture)
    return Row((name, member.code, wareki(member.joined_on), left, act, key), gone=gone)


@screen(Action.OPERATE, audience=Audience.GROUP, methods=("POST",))
def join(request: StaffRequest) -> HttpResponse:
    """加入."""
    form = Join(request.POST, group=group_of(request))
    if not form.is_valid():
        messages.error(request, "団体と加入日を選んでください。", extra_tags="stop")
        return redirect("operator:members")
    try:
        services.join(request.actor, group_of(request), form.cleaned_data["municipality"], form.cleaned_data["on"])
    except CannotContinueError as error:
        messages.error(request, f"{error.message}。{error.remedy}", extra_tags="stop")
    else:
        messages.success(request, f"加入を登録しました（{wareki(form.cleaned_data['on'])}から）。")
    return redirect("operator:members")


def _member(request: StaffRequest, code: str) -> Member:
    found = [one for one in queries.members(group_of(request), ever=True) if one.code == code]
    if not found:
        raise Http404
    return found[-1]


@screen(Action.OPERATE, audience=Audience.GROUP, methods=("GET", "POST"))
def leave(request: StaffRequest, member: str) -> HttpResponse:
    """脱退: what stays and what ends is said before the day is entered."""
    body = _member(request, member)
    form = Leave(request.POST if request.method == "POST" else None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            services.leave(request.actor, member, form.cleaned_data["on"])
        except CannotContinueError as error:
            form.add_error(None, f"{error.message}。{error.remedy}")
        else:
            messages.success(request, f"{body.name}の脱退を登録しました（{wareki(form.cleaned_data['on'])}）。")
            return redirect("operator:members")
    return render(request, "operator/leave.html", {"member": body, "form": form, "since": wareki(body.joined_on)})


@screen(Action.OPERATE, audience=Audience.GROUP, methods=("GET", "POST"))
def new(request: StaffRequest) -> HttpResponse:
    """新しい団体: empty, behind its own wall; it joins in a second step."""
    form = New(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.add_municipality(
                request.actor, given["code"], given["name"], kana=given["kana"], prefecture=given["prefecture"]
            )
        except CannotContinueError as error:
            form.add_error("code", f"{error.message}。{error.remedy}")
        else:
            messages.success(request, f"{given['name']}を登録しました。次に加入日を登録します。")
            return redirect("operator:members")
    return render(request, "operator/new.html", {"form": form})


@screen(Action.OPERATE, audience=Audience.GROUP, methods=("GET", "POST"))
def administrator(request: StaffRequest, member: str) -> HttpResponse:
    """最初の管理者: the one account that an operator can make in a municipality, once."""
    body = _member(request, member)
    form = Administrator(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            _, password = services.add_first_administrator(request.actor, member, given["login"], given["name"])
        except CannotContinueError as error:
            form.add_error(None, f"{error.message}。{error.remedy}")
        else:
            page = {"member": body, "login": given["login"], "name": given["name"], "password": password}
            return render(request, "operator/handed_over.html", page)
    return render(request, "operator/administrator.html", {"member": body, "form": form})
