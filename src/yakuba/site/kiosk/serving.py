"""Serving the centre (コンビニ交付の待受け)."""

from __future__ import annotations

from functools import partial

from yakuba.site.mutual.serving import Door, Listener, door_of
from yakuba.site.mutual.serving import serve as serve_machines
from yakuba.site.mutual.serving import served as machines_served

__all__ = ["Door", "door_of", "serve", "served"]

LISTENER = Listener("yakuba.site.kiosk", "/kiosk/v1/openapi.json")
serve = partial(serve_machines, LISTENER)
served = partial(machines_served, LISTENER)
