"""承認: an administrator answers for settings, fees and forms as they are at this moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from yakuba.issuance import queries, services
from yakuba.kernel.errors import UsageError
from yakuba.tenancy.rights import Action
from yakuba.web.certificates.confirming import Why, confirm
from yakuba.web.components import Item, Items
from yakuba.web.screens import StaffRequest, screen

if TYPE_CHECKING:
    from django.http import HttpResponse


class Approval(Why):
    """The reason, and what was looked at."""

    digest = forms.CharField(widget=forms.HiddenInput)


@screen(Action.CERTIFICATES, methods=("GET", "POST"))
def approve(request: StaffRequest) -> HttpResponse:
    """Show what differs from the last approval; approve."""
    standing, _, _ = queries.approval(request.actor)
    form = Approval(request.POST) if request.method == "POST" else Approval(initial={"digest": standing.digest})
    back = reverse("certificates:setting")
    if request.method == "POST" and form.is_valid():
        try:
            services.approve(request.actor, form.cleaned_data["digest"], form.cleaned_data["reason"])
        except UsageError as error:
            form.add_error(None, f"{error.message}。{error.remedy}")
        else:
            messages.success(request, "承認しました。証明書を交付できます。")
            return redirect(back)
    changed = "、".join(standing.differences) or "前の承認から変わっていません"
    about = Items([Item("承認するもの", changed, wide=True), Item("ダイジェスト", standing.digest, wide=True)])
    return confirm(request, "この設定・手数料・様式を承認しますか", about, form, "承認する", back)
