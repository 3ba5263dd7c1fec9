"""手数料: what a copy costs, by kind and way, from a day on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from yakuba.certificates.kinds import kinds
from yakuba.issuance import queries, services
from yakuba.issuance.application import Channel
from yakuba.issuance.services.configuring import HIGHEST_FEE
from yakuba.kernel.errors import UsageError
from yakuba.tenancy.rights import Action
from yakuba.web.admin.staffing import Day
from yakuba.web.components import Column, Form, Row, Table
from yakuba.web.screens import StaffRequest, screen
from yakuba.web.words import wareki

if TYPE_CHECKING:
    from django.http import HttpResponse

_WAYS = (Channel.COUNTER, Channel.KIOSK)


class Fee(Form):
    """One fee."""

    kind = forms.ChoiceField(label="証明書")
    channel = forms.ChoiceField(label="経路", choices=[(one.value, one.label) for one in _WAYS])
    yen = forms.IntegerField(label="金額（円）", min_value=0, max_value=HIGHEST_FEE)
    valid_from = forms.DateField(label="この日から", widget=Day)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label="証明書", choices=[(name, one.label) for name, one in kinds().items()]
        )


@screen(Action.CERTIFICATES, methods=("GET", "POST"))
def index(request: StaffRequest) -> HttpResponse:
    """The table of fees, and one more."""
    form = Fee(request.POST if request.method == "POST" else None, initial={"valid_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.set_fee(request.actor, said["kind"], Channel(said["channel"]), said["yen"], said["valid_from"])
        except UsageError as error:
            form.add_error(None, f"{error.message}。{error.remedy}")
        else:
            messages.success(request, "手数料を加えました。承認するまで、証明書は交付できません。")
            return redirect("certificates:fees")
    rows = [
        Row((one.label, Channel(one.channel).label, f"{one.yen:,}円", wareki(one.valid_from)))
        for one in queries.fees(request.actor)
    ]
    table = Table("手数料", ("証明書", "経路", Column("金額", "n"), Column("この日から", "w")), rows, quiet=True)
    return render(request, "certificates/fees.html", {"form": form, "table": table})
