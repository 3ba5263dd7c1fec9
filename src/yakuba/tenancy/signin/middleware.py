"""From a request to the one who acts: the view runs behind the actor's wall, with the rights of this moment."""

from __future__ import annotations

from contextlib import nullcontext
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.utils import url_str_to_user_pk
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import get_resolver, get_urlconf, reverse

from yakuba.tenancy.acting import NotAllowedError, NotFoundError
from yakuba.tenancy.audit import home, record
from yakuba.tenancy.database.walls import house, signing_in
from yakuba.tenancy.models import Staff
from yakuba.tenancy.queries.actors import actor_from, actor_here
from yakuba.tenancy.signin.session import alive, ended, provided, strong

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from typing import Any

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from yakuba.tenancy.acting import Actor

    Answer = Callable[[HttpRequest], HttpResponseBase]

_ALWAYS = frozenset({"account_logout", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"})
_NEW_PASSWORD = "account_change_password"  # noqa: S105 - the name of an address
_NEW_FACTOR = "mfa_activate_totp"
_FACTORS = frozenset({_NEW_FACTOR, "mfa_index", "mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_list_webauthn"})


class ActingMiddleware:
    """Puts `request.actor` and runs everything behind its wall; nobody signed in gets no further than the login.

    A view open to everybody says so with Django's `login_not_required`. What a view returns is made inside the wall;
    a response that is produced while it is sent (streaming) has to open the wall itself.
    """

    def __init__(self, get_response: Answer) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Find out who asks, open their wall, and let everything behind this run inside it."""
        setattr(request, "actor", None)  # noqa: B010 - Django's class does not declare it
        staff = request.user
        if not isinstance(staff, Staff):
            with _before_sign_in(request):
                return self._answer(request)
        why = ended(request, staff)
        if why:
            actor = actor_from(staff)
            with home(actor):
                record(actor, place="ログイン", action="session_end", detail={"why": why})
            logout(request)
            return self._answer(request)
        alive(request)
        return self._behind(staff, request)

    def _behind(self, staff: Staff, request: HttpRequest) -> HttpResponseBase:
        with house(staff.municipality_id, staff.group_id):
            setattr(request, "actor", actor_here(staff))  # noqa: B010
            response = self._answer(request)
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                # Django has turned the exception into an answer; what the view began must not stay half done.
                transaction.set_rollback(True)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Sequence[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Send to the login, to a new password, or to a second factor, before any view runs."""
        del args, kwargs
        if not getattr(view, "login_required", True):
            return None
        if not isinstance(request.user, Staff):
            return _sent(request, reverse(settings.LOGIN_URL), back=True)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in _ALWAYS:
            return None
        if request.user.initial_password and not provided(request):
            return None if name == _NEW_PASSWORD else _sent(request, reverse(_NEW_PASSWORD))
        if settings.SECOND_FACTOR and not strong(request) and name not in _FACTORS:
            return _sent(request, reverse(_NEW_FACTOR))
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What a service refuses becomes the page for it; a refusal is logged, as somebody tried."""
        if isinstance(exception, NotAllowedError):
            actor: Actor | None = getattr(request, "actor", None)
            if actor:
                record(actor, place=request.resolver_match.route if request.resolver_match else "", action="denied")
            return _page(request, HTTPStatus.FORBIDDEN, PermissionDenied(str(exception)))
        if isinstance(exception, NotFoundError):
            return _page(request, HTTPStatus.NOT_FOUND, Http404(str(exception)))
        return None


def _page(request: HttpRequest, status: HTTPStatus, why: Exception) -> HttpResponse:
    """The site's own page of an error."""
    handler: Callable[..., HttpResponse] = get_resolver(get_urlconf()).resolve_error_handler(status.value)
    return handler(request, exception=why)


def _before_sign_in(request: HttpRequest) -> AbstractContextManager[None]:
    """Between the password and the second factor the one account that is signing in has to be read."""
    pending = request.session.get(LOGIN_SESSION_KEY) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    account = pending.get("user_pk") if isinstance(pending, dict) else None
    # allauth keeps the id as it would stand in an address: in base 36.
    return signing_in(str(url_str_to_user_pk(account))) if account else nullcontext()


def _sent(request: HttpRequest, address: str, *, back: bool = False) -> HttpResponse:
    """To another page; a part of a page and a program are told so instead of being given a page they did not want."""
    if back and request.method == "GET" and not getattr(request, "htmx", False):
        address = f"{address}?{urlencode({'next': request.get_full_path()})}"
    if getattr(request, "htmx", False):
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": address})
    if not request.accepts("text/html"):
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    return HttpResponseRedirect(address)


def actor_in(request: HttpRequest) -> Actor:
    """The actor of a request inside a view that is not open to everybody."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
