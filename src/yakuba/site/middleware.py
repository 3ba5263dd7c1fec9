"""Around every answer: an id, one line in the log, the measures, the headers that keep a browser in bounds."""

from __future__ import annotations

import logging
import re
import time
from typing import TYPE_CHECKING
from uuid import uuid4

from yakuba.site.logs import REQUEST
from yakuba.site.metrics import answered

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    Answer = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""Nothing inline, nothing from elsewhere: what an injected name could start does not run."""

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_GIVEN = re.compile(r"[0-9A-Za-z-]{8,64}")
_log = logging.getLogger("yakuba.request")


class RequestMiddleware:
    """The outermost: names the request, measures it, writes its line.

    A reverse proxy's X-Request-ID is kept where it looks like an id, so that its log and ours can be laid side by side.
    """

    def __init__(self, get_response: Answer) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        given = request.headers.get("X-Request-ID", "")
        name = given if _GIVEN.fullmatch(given) else uuid4().hex
        token = REQUEST.set(name)
        start = time.perf_counter()
        try:
            response = self._answer(request)
            seconds = time.perf_counter() - start
            response.headers["X-Request-ID"] = name
            self._tell(request, response.status_code, seconds)
        finally:
            REQUEST.reset(token)
        return response

    @staticmethod
    def _tell(request: HttpRequest, status: int, seconds: float) -> None:
        match = request.resolver_match
        route = match.route if match else ""
        method = request.method or ""
        answered(method, route, status, seconds)
        # A program with a token is known to the API alone, which puts it here.
        actor = getattr(request, "actor", None) or getattr(request, "auth", None)
        fields = {
            "method": method,
            "route": route,
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
            "staff": getattr(actor, "staff", None),
            "municipality": getattr(actor, "municipality", None),
        }
        _log.info("answered", extra={"fields": fields})


class HeadersMiddleware:
    """Security headers on every answer; what shows a person's data is kept by no cache.

    A view that sets one of them itself (a page that must load more) has reasons and is left alone.
    """

    def __init__(self, get_response: Answer) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        response = self._answer(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
