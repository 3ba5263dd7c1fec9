"""Addresses of the API. It authenticates by itself: a program wants 401, and no page to sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern
from ninja import NinjaAPI

from yakuba import __version__
from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.tenancy.acting import NotAllowedError, NotFoundError
from yakuba.web.api.auth import BySession, ByToken
from yakuba.web.api.residents import router as residents
from yakuba.web.api.work import router as work

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

app_name = "api"
PREFIX = "api/v1/"
STATUS: dict[type[CannotContinueError], int] = {NotAllowedError: 403, NotFoundError: 404, UsageError: 400}
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
    return api.create_response(request, {"detail": str(error)}, status=status)


urlpatterns = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern)]
for pattern in urlpatterns:
    login_not_required(pattern.callback)
