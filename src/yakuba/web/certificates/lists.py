"""文字超過リスト and 本人通知: what waits for somebody, and that it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from yakuba.issuance import queries, services
from yakuba.issuance.application import Role
from yakuba.kernel.errors import UsageError
from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.rights import Action
from yakuba.web.admin.staffing import Day
from yakuba.web.certificates.confirming import confirm
from yakuba.web.components import Form, Item, Items
from yakuba.web.counter.people import address
from yakuba.web.screens import StaffRequest, screen
from yakuba.web.words import date_and_time, wareki

if TYPE_CHECKING:
    from collections.abc import Callable


class Registration(Form):
    """From when until when somebody wants to be told."""

    first = forms.DateField(label="この日から", widget=Day)
    last = forms.DateField(label="この日まで", widget=Day, required=False, help_text="空欄は、期限なし。")


@screen(Action.ISSUE)
def lists(request: StaffRequest) -> HttpResponse:
    """Both lists."""
    overflows = [
        (one, address(one.addressee), reverse("certificates:settle", args=[one.entry]),
         date_and_time(timezone.localtime(one.at)))
        for one in queries.overflows(request.actor)
    ]  # fmt: skip
    notices = [
        (one, address(one.addressee), reverse("certificates:sent", args=[one.notice]), wareki(one.issued_on),
         Role(one.role).label if one.role in set(Role) else one.role)
        for one in queries.notices(request.actor)
    ]  # fmt: skip
    return render(request, "certificates/lists.html", {"overflows": overflows, "notices": notices})


@screen(Action.ISSUE, methods=("POST",))
def settle(request: StaffRequest, overflow: int) -> HttpResponse:
    """Dealt with."""
    return _done(request, lambda: services.settle(request.actor, overflow), "一覧から外しました。")


@screen(Action.ISSUE, methods=("POST",))
def sent(request: StaffRequest, notice: int) -> HttpResponse:
    """The letter has left."""
    return _done(request, lambda: services.sent(request.actor, notice), "通知を発送済みにしました。")


@screen(Action.ISSUE, methods=("GET", "POST"))
def register(request: StaffRequest, addressee: str) -> HttpResponse:
    """本人通知の登録."""
    person = queries.person(request.actor, addressee)
    if person is None:
        raise Http404
    form = Registration(request.POST if request.method == "POST" else None, initial={"first": timezone.localdate()})
    back = reverse("certificates:history", args=[addressee])
    if request.method == "POST" and form.is_valid():
        try:
            services.register(request.actor, addressee, form.cleaned_data["first"], form.cleaned_data["last"])
        except UsageError as error:
            form.add_error(None, f"{error.message}。{error.remedy}")
        else:
            messages.success(request, "本人通知を登録しました。")
            return redirect(back)
    about = Items([Item("本人", person.name, name=True), Item("宛名番号", person.addressee)])
    return confirm(request, "本人通知を登録しますか", about, form, "登録する", back)


def _done(request: StaffRequest, do: Callable[[], None], said: str) -> HttpResponse:
    try:
        do()
    except NotFoundError as error:
        raise Http404 from error
    messages.success(request, said)
    return redirect("certificates:lists")
