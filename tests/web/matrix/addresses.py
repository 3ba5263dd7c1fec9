"""Every address of the site with what it asks for, read from the running program's own URL configuration."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARAMETER = re.compile(r"<(?:[^:>]+:)?([^>]+)>")
FRAMEWORK = ("allauth.", "yakuba.tenancy.signin.", "yakuba.site.", "yakuba.web.verify.")
"""Views that are no screens: sign-in is tested in tests/tenancy, the API in tests/web/api, health in tests/site,
the page on which everybody may verify a certificate in tests/web/certificates."""


@dataclass(frozen=True)
class Address:
    """One address. allowed: roles that meet what it needs, None for a view that says nothing. open: without sign-in."""

    route: str
    name: str
    view: str
    parameters: tuple[str, ...]
    allowed: tuple[str, ...] | None
    open: bool

    @property
    def framework(self) -> bool:
        """Whether the view is none of the screens."""
        return self.view.startswith(FRAMEWORK) or self.route.startswith("api/")

    def path(self, values: dict[str, str]) -> str:
        """The path with its parameters filled in."""
        return "/" + _PARAMETER.sub(lambda found: values[found[1]], self.route)


def addresses() -> list[dict[str, Any]]:
    """All addresses, as plain values for the other process. Called where Django is set up."""
    from django.urls import get_resolver
    from tests.web.roles import ROLES

    from yakuba.tenancy.queries import actor_of
    from yakuba.web.screens import needs_of

    actors = {role.name: actor_of(role.name) for role in ROLES}
    found = []
    for route, view, name in _walk(get_resolver().url_patterns):
        needs = needs_of(view)
        allowed = None if needs is None else [role for role, actor in actors.items() if actor and needs.met_by(actor)]
        found.append({
            "route": route,
            "name": name,
            "view": f"{view.__module__}.{getattr(view, '__name__', '')}",
            "parameters": _PARAMETER.findall(route),
            "allowed": allowed,
            "open": not getattr(view, "login_required", True),
        })  # fmt: skip
    return found


def _walk(patterns: list[Any], before: str = "", space: str = "") -> Iterator[tuple[str, Any, str]]:
    from django.urls import URLResolver

    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, route, inner)
        else:
            yield route, pattern.callback, f"{space}{pattern.name or ''}"
