"""The door from a person's page to the certificates, for who may issue any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from django.template import Context
    from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def certificates(context: Context, address: str) -> SafeString:
    """The button, "" for who may not."""
    actor = getattr(context.get("request"), "actor", None)
    if actor is None or not actor.may(Action.ISSUE):
        return mark_safe("")
    return format_html(
        '<a class="btn" href="{}certificates/" data-key="c">証明書の交付<kbd aria-hidden="true">c</kbd></a>', address
    )
