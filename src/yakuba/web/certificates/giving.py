"""証明書の交付: from a person to paper in three key strokes: c, the number of the kind, Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yakuba.certificates.kinds import kinds
from yakuba.issuance import queries, services
from yakuba.issuance.application import Application as Asked
from yakuba.issuance.application import Requester, Role, documents
from yakuba.issuance.errors import AlarmError, ChangedSinceError, OtherRequestError, RefusedError
from yakuba.issuance.terms import terms
from yakuba.kernel.errors import UsageError
from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.rights import Action
from yakuba.web.certificates.copies import several
from yakuba.web.certificates.form import Application, asked_in, first
from yakuba.web.certificates.notices import attention
from yakuba.web.components import Notice
from yakuba.web.counter.people import address
from yakuba.web.screens import StaffRequest, screen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.certificates.kinds import Kind
    from yakuba.issuance.services import Prepared

PLACE = "証明書の交付"


@screen(Action.ISSUE, methods=("GET", "POST"))
def give(request: StaffRequest, addressee: str) -> HttpResponse:
    """Choose the kind; look at the paper; give it."""
    given = request.POST if request.method == "POST" else request.GET
    kind = kinds().get(given.get("kind", ""))
    if kind is None:
        return _choose(request, addressee)
    if request.method == "GET":
        return _look(request, addressee, kind, first(kind, addressee))
    if "look" in request.POST:
        return _look(request, addressee, kind, request.POST)
    return _given(request, addressee, kind)


@screen(Action.ISSUE)
def preview(request: StaffRequest, addressee: str) -> HttpResponse:
    """A page of the paper as it will look, 見本 across it."""
    kind = kinds().get(request.GET.get("kind", "juminhyo"))
    if kind is None:
        raise Http404
    choices: dict[str, bool | str] = {}
    for said in request.GET.getlist("choice"):
        name, _, value = said.partition(":")
        choices[name] = value or True
    off = {one.identifier: False for one in kind.choices if one.identifier not in choices and one.default is True}
    prepared = _prepared(
        request, addressee, kind, Requester(), request.GET.getlist("member"), off | choices, preview=True
    )
    page = request.GET.get("page", "1")
    at = int(page) if page.isascii() and page.isdigit() else 1
    if not 1 <= at <= len(prepared.preview):
        raise Http404
    return HttpResponse(prepared.preview[at - 1], content_type="image/png")


def _choose(request: StaffRequest, addressee: str) -> HttpResponse:
    """The kinds with their number keys; the warnings come with the kind."""
    here = reverse("certificates:give", args=[addressee])
    offered = [
        (terms(one.identifier).order, one.label, f"{here}?{urlencode({'kind': one.identifier})}")
        for one in queries.offered(request.actor)
        if request.actor.may(Action.ISSUE, terms(one.identifier).business)
    ]
    name = _name(request, addressee)
    shown = {"name": name, "address": address(addressee), "offered": offered, "attention": attention(request.actor)}
    return render(request, "certificates/kinds.html", shown)


def _look(request: StaffRequest, addressee: str, kind: Kind, said: Mapping[str, Any]) -> HttpResponse:
    form = Application(kind, said)
    form.is_valid()
    prepared = _prepared(
        request, addressee, kind, form.requester(), form.members(addressee), form.choices(), preview=True
    )
    return _page(request, addressee, form, prepared)


def _given(request: StaffRequest, addressee: str, kind: Kind) -> HttpResponse:
    form = Application(kind, request.POST)
    if not form.is_valid():
        return _look(request, addressee, kind, request.POST)
    asked = Asked(kind.identifier, addressee, form.requester(), form.members(addressee), form.choices())
    key, copies = str(form.cleaned_data["request"]), form.copies_wanted()
    wanted = request.POST.get("copy", "")
    try:
        if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= copies:
            key, copies = str(services.copy_key(key, int(wanted))), 1
        issued = services.issue_copies(request.actor, asked, request=key, copies=copies, place=PLACE)
    except (RefusedError, OtherRequestError, ChangedSinceError, AlarmError) as error:
        form.add_error(None, f"{error.message}。{error.remedy}")
        prepared = _prepared(request, addressee, kind, asked.requester, asked.members, asked.choices, preview=False)
        return _page(request, addressee, form, prepared)
    except (NotFoundError, UsageError) as error:
        raise Http404 from error
    return paper(issued[0].pdf, issued[0].number) if len(issued) == 1 else several(request, kind, issued)


def paper(pdf: bytes, number: str) -> HttpResponse:
    """The bytes of a paper, to be shown and printed by the browser."""
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{number}.pdf"'
    return answer


def _page(request: StaffRequest, addressee: str, form: Application, prepared: Prepared) -> HttpResponse:
    form.show(prepared.home)
    here = reverse("certificates:preview", args=[addressee])
    asked = urlencode(asked_in(prepared), doseq=True)
    shown = {
        "name": prepared.subject.name,
        "address": address(addressee),
        "kind": prepared.kind,
        "form": form,
        "stops": [Notice(one.text, one.remedy, "stop") for one in prepared.refusals],
        "cares": [Notice(one.text, one.remedy, "warn") for one in prepared.warnings],
        "may": prepared.may,
        "fee": "" if prepared.fee is None else f"{prepared.fee:,}",
        **_sum(form, prepared),
        "pages": [f"{here}?{asked}&page={number}" for number in range(1, len(prepared.preview) + 1)],
        "after": reverse("certificates:request", args=[form["request"].value()]) if prepared.may else "",
        "release": _release(request, addressee, prepared),
        "people": len(prepared.application.members),
        "seen": _seen(prepared),
    }
    return render(request, "certificates/give.html", shown)


def _sum(form: Application, prepared: Prepared) -> dict[str, object]:
    """What several copies cost together; nothing for one."""
    copies = form.copies_wanted()
    return {"copies": copies, "sum": f"{(prepared.fee or 0) * copies:,}"} if copies > 1 else {}


def _seen(prepared: Prepared) -> str:
    """Who asks and which papers were seen: what the clerk states by giving the paper."""
    asking = prepared.application.requester
    papers = "、".join(documents()[code].label for code in asking.documents if code in documents())
    role = Role(asking.role).label if asking.role in set(Role) else ""
    return f"{role}（{papers or '本人確認書類なし'}）" if role else ""


def _release(request: StaffRequest, addressee: str, prepared: Prepared) -> str:
    """Where the responsible person lets this one paper pass; "" for everybody else."""
    held = {one.code for one in prepared.refusals} & {"protected", "blocked", "address_history"}
    responsible = any(request.actor.may(one) for one in (Action.PROTECTED_MANAGE, Action.BLOCK_SUSPEND))
    if not held or not responsible:
        return ""
    return f"{reverse('certificates:release', args=[addressee])}?{urlencode({'kind': prepared.kind.identifier})}"


def _prepared(
    request: StaffRequest,
    addressee: str,
    kind: Kind,
    requester: Requester,
    members: Any,
    choices: Mapping[str, bool | str],
    *,
    preview: bool,
) -> Prepared:
    try:
        return services.prepare(
            request.actor, kind.identifier, addressee, requester=requester, members=tuple(members), choices=choices,
            preview=preview, place=PLACE,
        )  # fmt: skip
    except (NotFoundError, UsageError) as error:
        raise Http404 from error


def _name(request: StaffRequest, addressee: str) -> str:
    """Name of the person, whoever may know of them."""
    found = queries.person(request.actor, addressee)
    if found is None:
        raise Http404
    return found.name
