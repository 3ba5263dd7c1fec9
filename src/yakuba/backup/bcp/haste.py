"""Haste (立上げの間だけ): a database that is being made need not survive a power cut; it is begun anew after one.

Until the first tables are in, nothing waits for the disk. Then everything is written out, and from there on the
database is as careful as any other.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from yakuba.tenancy.database.embedded import superuser

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_HASTY = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "30min",
}


def hurry(home: Path) -> None:
    """Let the running database of a folder wait for no disk."""
    _set(home, _HASTY)


def take_care(home: Path) -> None:
    """Make the database durable again, with all that is in it."""
    _set(home, dict.fromkeys(_HASTY, ""))
    with psycopg.connect(superuser(home), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    # What was written without waiting may still be in the system's memory.
    os.sync()


def _set(home: Path, values: Mapping[str, str]) -> None:
    """Settings of the server, "" = as they were at first."""
    with psycopg.connect(superuser(home), autocommit=True) as connection:
        for name, value in values.items():
            if value:
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value)))
            else:
                connection.execute(sql.SQL("ALTER SYSTEM RESET {}").format(sql.Identifier(name)))
        connection.execute("SELECT pg_reload_conf()")
