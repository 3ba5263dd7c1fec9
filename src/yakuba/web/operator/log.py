"""The operators' own log (運用の記録): what was done for the group. No resident is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse

from yakuba.tenancy import audit
from yakuba.tenancy.audit.log import PAGE
from yakuba.tenancy.rights import Action
from yakuba.web.admin.audit import query, searched, table
from yakuba.web.components import Pages
from yakuba.web.screens import Audience, StaffRequest, screen

if TYPE_CHECKING:
    from django.http import HttpResponse


@screen(Action.OPERATE, audience=Audience.GROUP)
def index(request: StaffRequest) -> HttpResponse:
    """運用の記録."""
    form = searched(request.GET)
    text = request.GET.get("page", "1")
    at = int(text) if text.isascii() and text.isdigit() and text != "0" else 1
    shown, count = audit.entries(request.actor, form.filter, page=at)
    address = reverse("operator:audit")
    pages = Pages(at, max(1, -(-count // PAGE)), f"{address}?{query(form)}")
    page = {"table": table(shown, pages, address), "count": count, "form": form}
    return render(request, "operator/audit.html", page)
