"""Addresses of the screens: each audience brings its own.

English nouns, plural for lists, a slash at the end: `/`, `/search/`, `/residents/<addressee>/`,
`/households/<household>/`, `/layouts/…`, `/<audience>/…` for everything else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.web.audiences import addresses

if TYPE_CHECKING:
    from django.urls.resolvers import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = [*addresses()]
