"""一件限りの解除: the responsible person lets one paper pass a 支援措置 or a 抑止."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from yakuba.certificates.kinds import kinds
from yakuba.issuance import queries, services
from yakuba.kernel.errors import UsageError
from yakuba.tenancy.rights import Action
from yakuba.web.certificates.confirming import Why, confirm
from yakuba.web.components import Item, Items
from yakuba.web.screens import StaffRequest, screen

if TYPE_CHECKING:
    from yakuba.certificates.kinds import Kind


@screen(Action.ISSUE, methods=("GET", "POST"))
def release(request: StaffRequest, addressee: str) -> HttpResponse:
    """Ask for the reason; release; back to the paper."""
    person = queries.person(request.actor, addressee)
    kind = _kind(request)
    if person is None:
        raise Http404
    back = f"{reverse('certificates:give', args=[addressee])}?{urlencode({'kind': kind.identifier})}"
    form = Why(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.release(request.actor, addressee, kind.identifier, form.cleaned_data["reason"])
        except UsageError as error:
            form.add_error(None, f"{error.message}。{error.remedy}")
        else:
            messages.success(request, "この一件に限り、きょう、交付できます。")
            return redirect(back)
    about = Items([
        Item("本人", person.name, name=True), Item("宛名番号", person.addressee), Item("証明書", kind.label),
        Item("効き目", "きょう、この証明書1通だけ。支援措置・抑止そのものは続きます。", wide=True),
    ])  # fmt: skip
    return confirm(request, "この一件に限り、交付できるようにしますか", about, form, "解除する", back, stop=True)


def _kind(request: StaffRequest) -> Kind:
    """The kind that is asked for; without one the first, so that the address alone is a page."""
    return kinds().get(request.GET.get("kind", "")) or next(iter(kinds().values()))
