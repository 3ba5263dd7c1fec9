"""`/too-large`: what a reverse proxy shows in our place where it refuses a request by its size (413)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
def too_large(request: HttpRequest) -> HttpResponse:
    """The page, in Japanese, with the limit."""
    page = {"most": settings.UPLOAD_BYTES}
    return render(request, "413.html", page, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
