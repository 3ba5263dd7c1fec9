"""How long a session (利用) lasts: until nothing was done for a while, until the end of the day, or until told."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest

    from yakuba.tenancy.models import Staff

POLLING = "Yakuba-Polling"
"""Header of requests that a page makes by itself (progress): they are no sign of somebody at the desk."""
_BEGUN, _SEEN, _PROVIDED, _FACTOR = "yakuba_begun", "yakuba_seen", "yakuba_provided", "yakuba_factor"
_MINUTE = 60
_JUST = 5 * _MINUTE
_OFTEN = 15
"""Seconds within which the last sign of life is not written again."""


def begin(request: HttpRequest, *, provided: bool, factor: bool) -> None:
    """Note that a session begins.

    Args:
        provided: the municipality's identity provider vouches for the person. factor: a second factor was used.
    """
    request.session[_BEGUN] = request.session[_SEEN] = time.time()
    request.session[_PROVIDED], request.session[_FACTOR] = provided, factor


def new(request: HttpRequest) -> bool:
    """Whether the session has just begun, so that the password was typed by whoever sits there."""
    return time.time() - float(request.session.get(_BEGUN, 0)) < _JUST


def provided(request: HttpRequest) -> bool:
    """Whether an identity provider vouches for this session."""
    return bool(request.session.get(_PROVIDED))


def strong(request: HttpRequest) -> bool:
    """Whether this session, not just its account, has a second factor."""
    return bool(request.session.get(_FACTOR))


def set_strong(request: HttpRequest, *, factor: bool) -> None:
    """Note that the person in this session has just set up a second factor, or taken the last one off."""
    request.session[_FACTOR] = factor


def ended(request: HttpRequest, staff: Staff) -> str:
    """Why a session is over, for the log: "idle", "absolute", "withdrawn"; "" while it lasts."""
    now = time.time()
    begun, seen = float(request.session.get(_BEGUN, 0)), float(request.session.get(_SEEN, 0))
    if staff.sessions_from and begun < staff.sessions_from.timestamp():
        return "withdrawn"
    if now - begun > settings.SESSION_COOKIE_AGE:
        return "absolute"
    if now - seen > settings.IDLE_MINUTES * _MINUTE:
        return "idle"
    return ""


def alive(request: HttpRequest) -> None:
    """Note a sign of life; a page that asks by itself gives none."""
    now = time.time()
    if POLLING not in request.headers and now - float(request.session.get(_SEEN, 0)) > _OFTEN:
        request.session[_SEEN] = now
