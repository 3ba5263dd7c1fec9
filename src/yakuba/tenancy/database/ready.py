"""Get ready (準備): find or start the database and set Django up, once per process."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import django
from django.apps import apps

from yakuba.kernel.home import yakuba_home
from yakuba.tenancy.database import embedded

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = "yakuba.site.settings"


def ready(home: Path | None = None) -> None:
    """Make the database reachable and load Django.

    With DATABASE_URL set, that server is used; else the embedded one of `home` is started and its addresses are put
    into this process's environment, so that the programs it starts find them too.

    Args:
        home: folder of the installation; None = `kernel.home.yakuba_home`.

    Raises:
        CannotContinueError: the embedded server does not start.
    """
    home = home or yakuba_home()
    os.environ["YAKUBA_HOME"] = str(home)
    if not os.environ.get("DATABASE_URL"):
        found = embedded.start(home)
        os.environ["DATABASE_URL"] = found.app
        os.environ["DATABASE_OWNER_URL"] = found.owner
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if not apps.ready:
        django.setup()
