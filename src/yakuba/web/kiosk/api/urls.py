"""Addresses of the centre's API: not found among those of the screens, because it has a door of its own."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError
from ninja import NinjaAPI

from yakuba import __version__
from yakuba.issuance.kiosk.errors import BusyError, EndedError, StepError
from yakuba.issuance.kiosk.reasons import Told
from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.tenancy.acting import NotFoundError
from yakuba.web.kiosk.api.door import ByCertificate
from yakuba.web.kiosk.api.operations import router

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PREFIX = "kiosk/v1/"
AGAIN = "2"
"""Seconds after which a request that found no room is worth sending again."""
STATUS: dict[type[CannotContinueError], int] = {
    NotFoundError: 404, StepError: 409, EndedError: 410, UsageError: 400, BusyError: 503,
}  # fmt: skip
"""HTTP status of what cannot be done; everything else is 409, a conflict with how things are."""
_log = logging.getLogger("yakuba.kiosk")

api = NinjaAPI(
    title="Yakuba コンビニ交付",
    version=__version__,
    description="証明書交付センターとの API。相互 TLS で接続し、同じ要求を何度送っても交付は一度だけです。",
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="kiosk",
    auth=ByCertificate(),
)
api.add_router("", router)


@api.exception_handler(CannotContinueError)
def refused(request: HttpRequest, error: CannotContinueError) -> HttpResponse:
    """One sentence, and what the machine may show of it."""
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 409)
    told = error.reason.told if isinstance(error, EndedError) else None
    if isinstance(error, BusyError):
        told = Told.LATER
    answer = api.create_response(request, {"detail": str(error), "told": told}, status=status)
    if isinstance(error, BusyError):
        answer.headers["Retry-After"] = AGAIN
    return answer


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def away(request: HttpRequest, error: Exception) -> HttpResponse:
    """The database is away for a moment: nothing was half done, and the same request may come again."""
    _log.error("database away", extra={"fields": {"error": type(error).__name__}})
    answer = api.create_response(request, {"detail": Told.LATER.text, "told": Told.LATER}, status=503)
    answer.headers["Retry-After"] = AGAIN
    return answer


urlpatterns = api.urls[0]
