"""What a listener for machines says where there is nothing, or when it is at fault: JSON, never a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse

if TYPE_CHECKING:
    from django.http import HttpRequest


def missing(request: HttpRequest, exception: Exception) -> JsonResponse:  # noqa: ARG001 - Django's signature
    """Nothing is here."""
    return JsonResponse({"detail": "not found"}, status=404)


def unwell(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django's signature
    """A fault of ours; nothing half-made has left."""
    return JsonResponse({"detail": "fault"}, status=500)
