"""What every page shows: the header with the search box, the menu, who is signed in, the line on a print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from yakuba.tenancy.rights import Action
from yakuba.web import fonts
from yakuba.web.audiences import entries
from yakuba.web.words import date_and_time, wareki

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.template import Context
    from django.utils.safestring import SafeString

    from yakuba.tenancy.acting import Actor

register = template.Library()
_HOME = "役場"


@register.simple_tag(takes_context=True)
def town(context: Context) -> str:
    """Name of the municipality whose page it is."""
    actor = _actor(context)
    return actor.municipality_name if actor and actor.municipality else _HOME


@register.inclusion_tag("components/header.html", takes_context=True)
def header(context: Context) -> dict[str, Any]:
    """The top of the page: the town, the search box for those who may search, the person."""
    actor = _actor(context)
    searches = actor is not None and bool(actor.municipality) and actor.may(Action.VIEW, "juminkihondaicho")
    ends = [grant.valid_until for grant in actor.rights] if actor else []
    return {
        "actor": actor,
        "town": town(context),
        "department": actor.department if actor else "",
        "search": reverse("counter:search") if searches else "",
        "typed": context.get("typed", ""),
        "focus": context.get("focus_search", False),
        "until": wareki(min(ends)) if ends else "",
        "me": reverse("account:me"),
        "sign_out": reverse("account_logout"),
        "token": format_html(
            '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', context.get("csrf_token", "")
        ),
    }


@register.inclusion_tag("components/menu.html", takes_context=True)
def menu(context: Context) -> dict[str, Any]:
    """The entries whose screens this person may open."""
    actor = _actor(context)
    path = cast("HttpRequest", context["request"]).path if "request" in context else ""
    found = [(entry, reverse(entry.name)) for entry, needs in entries() if actor and needs.met_by(actor)]
    near = ((start, address) for entry, address in found for start in (address, *entry.also))
    here = max(((len(start), address) for start, address in near if _leads(start, path)), default=(0, ""))[1]
    return {"entries": [(entry, address, address == here) for entry, address in found]}


@register.inclusion_tag("components/foot.html", takes_context=True)
def foot(context: Context) -> dict[str, Any]:
    """The bottom of the page."""
    return {"keys": reverse("keys:keys"), "actor": _actor(context)}


@register.simple_tag(takes_context=True)
def printed(context: Context) -> SafeString:
    """The line that only a print has: who printed it and when."""
    actor = _actor(context)
    return format_html(
        "{}　{}　出力 {}", town(context), actor.name if actor else "", date_and_time(timezone.localtime())
    )


@register.simple_tag(takes_context=True)
def mj_font(context: Context) -> bool:
    """Whether the server has the font of names for those who are signed in."""
    return _actor(context) is not None and fonts.FILE.is_file()


def _leads(start: str, path: str) -> bool:
    return path == start if start == "/" else path.startswith(start)


def _actor(context: Context) -> Actor | None:
    return getattr(context.get("request"), "actor", None)
