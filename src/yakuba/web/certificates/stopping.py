"""停止と再開: nothing is issued until somebody has found out why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from yakuba.issuance import queries, services
from yakuba.kernel.errors import UsageError
from yakuba.tenancy.rights import Action
from yakuba.web.certificates.confirming import Why, confirm
from yakuba.web.components import Item, Items
from yakuba.web.screens import StaffRequest, screen
from yakuba.web.words import date_and_time

if TYPE_CHECKING:
    from django.http import HttpResponse


@screen(Action.CERTIFICATES, methods=("GET", "POST"))
def index(request: StaffRequest) -> HttpResponse:
    """Stop while it runs, resume while it is stopped."""
    stopped = queries.waiting(request.actor).stopped
    form = Why(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            (services.resume if stopped else services.stop)(request.actor, form.cleaned_data["reason"])
        except UsageError as error:
            form.add_error(None, f"{error.message}。{error.remedy}")
        else:
            messages.success(request, "交付を再開しました。" if stopped else "交付を停止しました。")
            return redirect("certificates:setting")
    told = [
        Item(
            "停止" if one.stopped else "再開",
            f"{date_and_time(timezone.localtime(one.at))}　{one.reason}　{one.login}",
            wide=True,
        )
        for one in queries.stops(request.actor)
    ]
    about = Items([Item("いま", f"停止しています：{stopped}" if stopped else "交付しています", wide=True), *told])
    title, button = ("交付を再開しますか", "再開する") if stopped else ("証明書の交付を停止しますか", "停止する")
    return confirm(request, title, about, form, button, reverse("certificates:setting"), stop=not stopped)
