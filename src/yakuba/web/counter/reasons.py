"""Reasons (理由) that somebody gave for looking at a person, kept in the session for a while.

So a page can be reloaded and its tabs walked without asking again; what is looked at is logged with the reason every
time.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yakuba.web.screens import StaffRequest

_KEY = "yakuba_reasons"
MINUTES = 15
"""How long a reason holds for one person."""


def give(request: StaffRequest, addressee: str, reason: str) -> None:
    """Note the reason for this person."""
    kept = {number: one for number, one in _kept(request).items() if number != addressee}
    request.session[_KEY] = kept | {addressee: [reason, time.time() + MINUTES * 60]}


def given(request: StaffRequest, addressee: str) -> str:
    """The reason that holds for this person, "" for none."""
    found = _kept(request).get(addressee)
    return str(found[0]) if found else ""


def take_back(request: StaffRequest, addressee: str) -> None:
    """Hide again what the reason opened."""
    request.session[_KEY] = {number: one for number, one in _kept(request).items() if number != addressee}


def _kept(request: StaffRequest) -> dict[str, list[str | float]]:
    now = time.time()
    return {number: one for number, one in request.session.get(_KEY, {}).items() if float(one[1]) > now}
