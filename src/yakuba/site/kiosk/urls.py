"""Addresses of the kiosk listener: the centre's API and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.urls import include, path

from yakuba.web.kiosk.api.urls import PREFIX
from yakuba.web.kiosk.api.urls import urlpatterns as api

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.urls.resolvers import URLPattern, URLResolver


def missing(request: HttpRequest, exception: Exception) -> JsonResponse:  # noqa: ARG001 - Django's signature
    """Nothing is here."""
    return JsonResponse({"detail": "not found"}, status=404)


def unwell(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django's signature
    """A fault of ours; nothing half-made has left."""
    return JsonResponse({"detail": "fault"}, status=500)


handler404, handler500 = missing, unwell
urlpatterns: list[URLPattern | URLResolver] = [path(PREFIX, include((api, "kiosk")))]
