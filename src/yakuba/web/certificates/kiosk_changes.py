"""Changing コンビニ交付: switch and limits, hours of a kind, closing and opening it, planned stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from yakuba.certificates.kinds import kinds
from yakuba.issuance.kiosk import administration, queries
from yakuba.issuance.kiosk.limits import limits
from yakuba.kernel.errors import CannotContinueError
from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.rights import Action
from yakuba.web.certificates.kiosk_forms import LIMITS, Closing, Machines, Offer, Pause
from yakuba.web.screens import StaffRequest, screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from yakuba.web.components import Form

_BACK = "certificates:kiosk"


@screen(Action.CERTIFICATES, methods=("GET", "POST"))
def machines(request: StaffRequest) -> HttpResponse:
    """稼働 and limits."""
    now = Machines.said(limits(request.actor))
    form = Machines(request.POST) if request.method == "POST" else Machines(initial=now)

    def change() -> None:
        said = form.cleaned_data
        administration.set_closed_days(request.actor, tuple(said["closed_days"].split()))
        administration.configure(request.actor, running=said["running"], **{name: said[name] for name in LIMITS})

    return _asked(request, "コンビニ交付の設定", form, "変える", change, "コンビニ交付の設定を変えました。")


@screen(Action.CERTIFICATES, methods=("GET", "POST"))
def offer(request: StaffRequest, certificate: str) -> HttpResponse:
    """Offer a kind at machines, or change when and with which choices."""
    kind = kinds().get(certificate)
    if kind is None or not administration.suitable(kind):
        raise Http404
    there = {one.kind: one for one in queries.standing(request.actor).offers}.get(certificate)
    before = Offer.said(kind, there)
    form = Offer(kind, request.POST) if request.method == "POST" else Offer(kind, initial=before)

    def change() -> None:
        said = form.cleaned_data
        weekdays, choices = "".join(said["weekdays"]), tuple(said.get("choices", ()))
        administration.offer(request.actor, certificate, hours=said["hours"], weekdays=weekdays, choices=choices)

    return _asked(request, kind.label, form, "この内容で取り扱う", change, f"{kind.label}の取扱いを決めました。")


@screen(Action.CERTIFICATES, methods=("GET", "POST"))
def close(request: StaffRequest) -> HttpResponse:
    """Close one kind at once."""
    there = [(one.kind, one.label) for one in queries.standing(request.actor).offers if not one.closed]
    form = Closing(there, request.POST) if request.method == "POST" else Closing(there, initial=request.GET.dict())

    def change() -> None:
        administration.close(request.actor, form.cleaned_data["kind"], form.cleaned_data["reason"])

    done = "閉じました。入金の済んだ人には交付します。"
    return _asked(request, "証明書の取扱いを閉じる", form, "閉じる", change, done, stop=True)


@screen(Action.CERTIFICATES, methods=("POST",))
def reopen(request: StaffRequest) -> HttpResponse:
    """Open a kind again."""
    try:
        administration.reopen(request.actor, request.POST.get("kind", ""))
    except NotFoundError as error:
        messages.error(request, f"{error.message}。{error.remedy}")
    else:
        messages.success(request, "取扱いを再開しました。")
    return redirect(_BACK)


@screen(Action.CERTIFICATES, methods=("GET", "POST"))
def pause(request: StaffRequest) -> HttpResponse:
    """Plan a stop."""
    form = Pause(request.POST if request.method == "POST" else None)

    def change() -> None:
        said = form.cleaned_data
        administration.plan_stop(request.actor, said["first"], said["last"], said["reason"], kind=said["kind"])

    return _asked(request, "計画停止を登録する", form, "登録する", change, "計画停止を登録しました。", stop=True)


def _asked(
    request: StaffRequest,
    title: str,
    form: Form,
    button: str,
    change: Callable[[], None],
    done: str,
    *,
    stop: bool = False,
) -> HttpResponse:
    """Show the form until what it says has been done."""
    if request.method == "POST" and form.is_valid():
        try:
            change()
        except CannotContinueError as error:
            form.add_error(None, f"{error.message}。{error.remedy}")
        else:
            messages.success(request, done)
            return redirect(_BACK)
    shown = {"title": title, "form": form, "button": button, "stop": stop}
    return render(request, "certificates/kiosk_change.html", shown)
