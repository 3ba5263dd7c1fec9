"""Is this certificate genuine, and still valid? Whoever scans its code reads that, and nothing about anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from yakuba.issuance.events import Validity
from yakuba.issuance.queries import verify
from yakuba.web.components import Item, Items, Notice
from yakuba.web.words import wareki

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LONGEST = 600
"""Letters of a code; more is none."""
_SAID = {
    Validity.VALID: (
        "この証明書は有効です",
        "紙に書かれた内容が、下の発行番号・証明書・発行日と合うかを確かめてください。",
        "ok",
    ),
    Validity.WITHDRAWN: ("この証明書は無効です", "発行したあとで、取り消されたか、差し替えられています。", "stop"),
    Validity.UNKNOWN: (
        "発行の記録が見つかりません",
        "この役場が発行したものではないか、二次元コードが傷んでいます。もう一度読み取るか、発行した市区町村に尋ねてください。",
        "warn",
    ),
}


@login_not_required
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Where to type or paste what a reader has read."""
    code = request.GET.get("code", "").strip().rpartition("/")[2][:LONGEST]
    if code:
        return redirect("verify:answer", code=code)
    return render(request, "verify/ask.html")


@login_not_required
@require_safe
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Valid, withdrawn or unknown."""
    found = verify(code[:LONGEST])
    title, text, kind = _SAID[found.validity]
    items = [
        Item("発行した団体", found.municipality), Item("証明書", found.kind), Item("発行番号", found.number),
        Item("発行日", wareki(found.issued_on)),
    ]  # fmt: skip
    shown = {"notice": Notice(title, text, kind), "title": title, "items": Items(items) if found.number else None}
    return render(request, "verify/answer.html", shown)
