"""Addresses of the backup centre's listener: its receiving door and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import include, path

from yakuba.site.mutual.answers import missing, unwell
from yakuba.web.backup.api.urls import PREFIX
from yakuba.web.backup.api.urls import urlpatterns as api

if TYPE_CHECKING:
    from django.urls.resolvers import URLPattern, URLResolver

handler404, handler500 = missing, unwell
urlpatterns: list[URLPattern | URLResolver] = [path(PREFIX, include((api, "link")))]
