"""Founding (立上げ): an installation of its own in an empty folder: database, tables, the one municipality.

The process that founds it belongs to it from then on: Django knows one installation per process.
"""

from __future__ import annotations

import csv
import os
from typing import TYPE_CHECKING

from yakuba.backup.bcp import haste
from yakuba.kernel.discover import catalog_root
from yakuba.kernel.errors import CannotContinueError
from yakuba.tenancy.database import embedded
from yakuba.tenancy.database.ready import ready
from yakuba.tenancy.database.upgrade import upgrade

if TYPE_CHECKING:
    from pathlib import Path

_FOREIGN = ("DATABASE_URL", "DATABASE_OWNER_URL")
"""Another installation's database, which this one must never touch."""


def begin(home: Path, *, hasty: bool = False) -> None:
    """Make database and tables in a folder, or find them; this process works there from now on.

    Args:
        hasty: do not wait for the disk: see `haste`.

    Raises:
        CannotContinueError: the database does not start, or this process belongs to another installation already.
    """
    from django.apps import apps

    if apps.ready and os.environ.get("YAKUBA_HOME") != str(home):
        raise CannotContinueError(
            "このプロセスは別のデータベースを使っています another installation is open here",
            remedy="別のコマンドとして実行してください",
        )
    for name in _FOREIGN:
        os.environ.pop(name, None)
    home.mkdir(parents=True, exist_ok=True)
    # As root, the database runs as a user of its own, who has to walk to its data; what is private below is closed.
    home.chmod(0o755)
    if hasty:
        embedded.start(home)
        haste.hurry(home)
    ready(home)
    upgrade()


def town(code: str, name: str, prefecture: str) -> None:
    """Register the one municipality of this installation.

    Raises:
        UsageError: the code cannot be one.
    """
    from yakuba.tenancy.acting import system
    from yakuba.tenancy.services import add_municipality

    add_municipality(system(), code, name, prefecture=prefecture)


def end(home: Path) -> None:
    """Close this process's connections and stop the database, if nobody else uses it."""
    from django.db import connections
    from django.db.backends.postgresql.base import DatabaseWrapper

    for one in connections.all():
        one.close()
        if isinstance(one, DatabaseWrapper):
            one.close_pool()
    embedded.stop(home)


def named(code: str) -> tuple[str, str]:
    """Name and prefecture of a municipality by the newest official list; the code itself for one that is not on it."""
    lists = sorted((catalog_root() / "municipalities").glob("*.csv"))
    for path in reversed(lists):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                if row["団体コード"] == code:
                    return row["団体名"], row["都道府県"]
    return code, ""
