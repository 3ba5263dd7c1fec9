"""Serving the municipalities' 連携AP (控えの受け口)."""

from __future__ import annotations

from functools import partial

from yakuba.site.mutual.serving import Door, Listener, door_of
from yakuba.site.mutual.serving import serve as serve_machines

__all__ = ["Door", "door_of", "serve"]

serve = partial(serve_machines, Listener("yakuba.site.backup", "/link/v1/head"))
