"""部数: several originals of one application have been made; each is printed by a press of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from yakuba.certificates.kinds import Kind
    from yakuba.issuance.application import Issued
    from yakuba.web.screens import StaffRequest

_NOT_AGAIN = {"csrfmiddlewaretoken", "copy", "look"}


def several(request: StaffRequest, kind: Kind, issued: Sequence[Issued]) -> HttpResponse:
    """The numbers, each with a button that sends the application again and gets this one copy.

    No paper was kept: the copy is drawn again, from the same application under the same number, and says the same.
    """
    again = [
        (name, value) for name, values in request.POST.lists() if name not in _NOT_AGAIN for value in map(str, values)
    ]
    shown = {
        "kind": kind,
        "copies": [(place, one.number) for place, one in enumerate(issued, start=1)],
        "again": again,
        "sum": f"{sum(one.fee for one in issued):,}",
    }
    return render(request, "certificates/copies.html", shown)
