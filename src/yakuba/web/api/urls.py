"""Addresses of the API. It authenticates by itself: a program wants 401, and no page to sign in."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern
from ninja import NinjaAPI

from yakuba import __version__
from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.tenancy.acting import NotAllowedError, NotFoundError
from yakuba.tenancy.audit import record
from yakuba.tenancy.tokens.using import TooOftenError
from yakuba.web.api.auth import BySession, ByToken
from yakuba.web.api.residents import router as residents
from yakuba.web.api.work import router as work

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from yakuba.tenancy.acting import Actor

app_name = "api"
PREFIX = "api/v1/"
STATUS: dict[type[CannotContinueError], int] = {
    NotAllowedError: 403,
    NotFoundError: 404,
    UsageError: 400,
    TooOftenError: 429,
}
"""HTTP status of what cannot be done; everything else is 409, a conflict with how things are."""

api = NinjaAPI(
    title="Yakuba",
    version=__version__,
    description="自治体クラウド「役場」の JSON API。見えるものと記録は画面と同じです。",
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace=app_name,
    auth=[ByToken(), BySession()],
)
api.add_router("", residents)
api.add_router("", work)


@api.exception_handler(CannotContinueError)
def refused(request: HttpRequest, error: CannotContinueError) -> HttpResponse:
    """One sentence with its remedy, as on a screen and on a terminal."""
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 409)
    _logged(request, status)
    response = api.create_response(request, {"detail": str(error)}, status=status)
    if isinstance(error, TooOftenError):
        response.headers["Retry-After"] = str(error.seconds)
    return response


def _logged(request: HttpRequest, status: int) -> None:
    """Who was refused what, in the log of their municipality: which operation, and nothing of what was asked for.

    Who may not know of somebody is refused like one who asked for nobody, and both are logged alike.
    """
    actor: Actor | None = getattr(request, "auth", None)
    if actor is None or status not in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND):
        return
    route = request.resolver_match.route.removeprefix(PREFIX) if request.resolver_match else ""
    detail = {"operation": f"{request.method} {route}", "status": status}
    record(actor, place="API", action="denied", detail=detail)


urlpatterns = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern)]
for pattern in urlpatterns:
    login_not_required(pattern.callback)
