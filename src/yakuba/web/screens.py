"""Screens (画面): who may open one. Every view is marked with `screen`; an unmarked one fails the tests."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, cast

from django.http import HttpRequest, HttpResponseNotAllowed
from django.shortcuts import render

from yakuba.tenancy.audit import record

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponseBase
    from django_htmx.middleware import HtmxDetails

    from yakuba.tenancy.acting import Actor
    from yakuba.tenancy.rights import Action

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request of somebody who has signed in, as the middleware hands it to a view."""

    actor: Actor
    htmx: HtmxDetails


class Audience(StrEnum):
    """For whom a screen is."""

    TOWN = "団体の職員"
    """Staff of one municipality, inside its wall."""
    GROUP = "共同利用の運用者"
    """Operators of a group: no municipality, so no resident."""
    MOVERS = "移行を受け持つ職員と、共同利用の運用者"
    """Staff with the right that the screen names, and operators, who need none: no resident is on it."""
    STAFF = "すべての職員"
    """Anybody who has signed in."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a screen asks of who opens it.

    Attributes:
        audience: for whom it is. action: the right it needs, None = none beyond being of the audience.
        business: the business of the right, "" = any one will do.
    """

    audience: Audience = Audience.TOWN
    action: Action | None = None
    business: str = ""

    def met_by(self, actor: Actor) -> bool:
        """Whether this person may open the screen."""
        if self.audience is Audience.TOWN and not actor.municipality:
            return False
        if self.audience is Audience.GROUP and actor.group is None:
            return False
        if self.audience is Audience.MOVERS and actor.group is not None:
            return True
        return self.action is None or actor.may(self.action, self.business)


class Screen(Protocol):
    """A view marked by `screen`."""

    needs: Needs

    def __call__(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Django's call."""


def screen(
    action: Action | None = None,
    *,
    business: str = "",
    audience: Audience = Audience.TOWN,
    methods: tuple[str, ...] = ("GET",),
) -> Callable[[Callable[Concatenate[StaffRequest, P], HttpResponseBase]], Screen]:
    """Mark a view as a screen and keep out whom it is not for: they read a page (403) that says what is missing.

    That somebody tried is in the log of their municipality or group.

    An object that the person must not know of is another thing: the view answers 404 for it (`Http404`), the same
    for another municipality's as for one that does not exist.

    Args:
        action: right that is needed. business: its business, "" = for any. audience: for whom the screen is.
        methods: HTTP methods it answers to; HEAD comes with GET.
    """
    needs = Needs(audience, action, business)
    answered = methods + (("HEAD",) if "GET" in methods else ())

    def mark(view: Callable[Concatenate[StaffRequest, P], HttpResponseBase]) -> Screen:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            staff = cast("StaffRequest", request)
            if not needs.met_by(staff.actor):
                place = request.resolver_match.route if request.resolver_match else ""
                record(staff.actor, place=place, action="denied")
                return render(request, "refused.html", {"needs": needs}, status=403)
            if request.method not in answered:
                return HttpResponseNotAllowed(answered)
            return view(staff, *args, **kwargs)

        guarded.needs = needs  # type: ignore[attr-defined]
        return cast("Screen", guarded)

    return mark


def needs_of(view: object) -> Needs | None:
    """What a view asks for, None for a view that is not a screen of ours."""
    return getattr(view, "needs", None)
