"""Addresses of the site: those of the screens, and what operation asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import include, path

from yakuba.site.health import healthz
from yakuba.site.metrics import metrics
from yakuba.site.too_large import too_large

if TYPE_CHECKING:
    from django.urls.resolvers import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("metrics", metrics),
    path("too-large", too_large),
    path("accounts/", include("yakuba.tenancy.signin.urls")),
    path("", include("yakuba.web.urls")),
]
