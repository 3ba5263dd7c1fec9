"""Addresses of the site: those of the screens, and what operation asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import include, path

from yakuba.site.health import healthz
from yakuba.site.metrics import metrics

if TYPE_CHECKING:
    from django.urls.resolvers import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("metrics", metrics),
    path("accounts/", include("yakuba.tenancy.signin.urls")),
    path("", include("yakuba.web.urls")),
]
