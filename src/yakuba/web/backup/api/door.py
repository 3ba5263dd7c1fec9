"""Around every operation: who knocks, and every refusal as JSON that a program can act on."""

from __future__ import annotations

import logging
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse

from yakuba.backup.door.caller import admitted
from yakuba.backup.errors import RefusedError
from yakuba.kernel.errors import CannotContinueError
from yakuba.web.certificate import certificate_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from yakuba.backup.queries import PlanLine

P = ParamSpec("P")
AGAIN = "5"
"""Seconds after which a request that found us not ready is worth sending again."""
_LATER, _NOT_THIS_WAY = 503, 405
_log = logging.getLogger("yakuba.backup")


def operation(
    *methods: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, PlanLine, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]
]:
    """Mark a view as an operation of the door: it gets the plan of whoever has knocked.

    Args:
        methods: HTTP methods that it answers to.
    """

    def mark(
        view: Callable[Concatenate[HttpRequest, PlanLine, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @login_not_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in methods:
                return _said(_NOT_THIS_WAY, "method", "この方法では受け付けません", "")
            try:
                plan = admitted(certificate_of(request) or "")
                return view(request, plan, *args, **kwargs)
            except RefusedError as error:
                received = {} if error.received is None else {"received": error.received}
                return _said(error.status, error.code, error.message, error.remedy, **received)
            except CannotContinueError as error:
                return _later("store", error.message, error.remedy)
            except (OperationalError, InterfaceError, OSError) as error:
                _log.exception("not ready", extra={"fields": {"error": type(error).__name__}})
                return _later("away", "いまは受け付けられません", "しばらくしてから送り直してください")

        return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", guarded)

    return mark


def _later(code: str, message: str, remedy: str) -> HttpResponse:
    answer = _said(_LATER, code, message, remedy)
    answer.headers["Retry-After"] = AGAIN
    return answer


def _said(status: int, code: str, message: str, remedy: str, **more: int) -> HttpResponse:
    return JsonResponse({"code": code, "message": message, "remedy": remedy, **more}, status=status)
