"""Django's settings of the kiosk listener."""

from __future__ import annotations

from typing import Any

from yakuba.site import settings as site
from yakuba.site.mutual.settings import settings_of


def _planned_once(databases: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The same few questions come all day long: a connection has each planned once, and not for every card anew."""
    first = databases["default"]
    options = first["OPTIONS"] | {"server_side_binding": True, "prepare_threshold": 2}
    return databases | {"default": first | {"OPTIONS": options}}


globals().update(settings_of("yakuba.site.kiosk") | {"DATABASES": _planned_once(site.DATABASES)})
