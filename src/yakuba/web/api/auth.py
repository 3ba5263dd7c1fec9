"""Who asks: a token bound to an account, or the session of somebody who has signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from ninja.security import HttpBearer, SessionAuth

from yakuba.tenancy.signin.middleware import ActingMiddleware
from yakuba.tenancy.signin.origin import counted
from yakuba.tenancy.tokens.using import used

if TYPE_CHECKING:
    from django.http import HttpRequest

    from yakuba.tenancy.acting import Actor


class ByToken(HttpBearer):
    """`Authorization: Bearer yakuba_990019_…`."""

    openapi_description = "yakuba token make で作った合い言葉"

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The actor of the token; None, which is 401, for one that does not work; 429 for one that asks too often."""
        session: Actor | None = getattr(request, "actor", None)
        if session is not None:
            # A browser's session has put this request behind its own wall already.
            return None
        return used(token, counted(request))


class BySession(SessionAuth):
    """The cookie of a session; writes need the CSRF token too."""

    openapi_description = "画面にログインした利用（書込みには CSRF トークンも要る）"

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:  # noqa: ARG002 - Django has read it
        """The actor that the middleware has found, once nothing keeps them from the screens either."""
        actor: Actor | None = getattr(request, "actor", None)
        return None if actor is None or _held_up(request) else actor


def _held_up(request: HttpRequest) -> bool:
    """Whether a screen would send this person to a new password or a second factor first."""
    return _SCREENS.process_view(request, _no_screen, (), {}) is not None


def _no_screen(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view's signature
    return HttpResponse()


_SCREENS = ActingMiddleware(_no_screen)
