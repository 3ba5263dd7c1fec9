"""An installation for tests: a real PostgreSQL of its own per test process, upgraded once, emptied after every test."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from django.db.backends.postgresql.base import DatabaseWrapper as PostgresConnection
from psycopg import sql

from yakuba.tenancy.database.embedded import superuser
from yakuba.tenancy.database.ready import ready
from yakuba.tenancy.database.upgrade import upgrade

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = ("django_migrations", "django_content_type")
TABLES = (
    "SELECT relname, pg_relation_size(oid) FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ALL (%s)"
)
"""Name and bytes of every table but some."""
_FROM_ONE = (
    "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)"
    " FROM pg_sequences WHERE last_value IS NOT NULL"
)
_LITTLE = 1_000_000
"""Bytes in all tables, rows that were deleted before included, up to which rows are deleted one by one."""
_HASTY = ("fsync", "full_page_writes", "synchronous_commit")
"""What a database may leave out whose machine's loss of power nobody tests. Killed processes do not need it."""


@cache
def prepared() -> Path:
    """Home folder of the process's installation: its database is running and up to date until the process ends.

    Called when a folder of tests is collected, because a module that names a table needs Django to be set up.
    """
    # Playwright keeps an event loop in the thread of the tests; Django would take what follows for asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # Not below pytest's own folder: the server's user must be able to walk to its data, and a socket's path is short.
    home = Path(tempfile.mkdtemp(prefix="yakuba-"))
    home.chmod(0o755)
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
            patch.delenv(name, raising=False)
        ready(home)
        for setting in _HASTY:
            unhindered(home).execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        unhindered(home).execute("SELECT pg_reload_conf()")
        upgrade()
    return home


@pytest.fixture(scope="session", autouse=True)
def _goodbye() -> Iterator[None]:
    """Open connections are closed before the process ends, as ResourceWarning is an error here."""
    yield
    if not prepared.cache_info().currsize:
        return
    from django.db import connections

    unhindered(prepared()).close()
    for connection in connections.all():
        connection.close()
        if isinstance(connection, PostgresConnection):
            connection.close_pool()


@pytest.fixture
def database() -> Iterator[Path]:
    """The installation, empty but for the upgrade; whatever the test writes is emptied again."""
    home = prepared()
    yield home
    _emptied(unhindered(home))


@cache
def unhindered(home: Path) -> psycopg.Connection:
    """No wall, no trigger and no foreign key in the way; nothing of the program connects like this."""
    connection = psycopg.connect(superuser(home), autocommit=True)
    connection.execute("SET session_replication_role = replica")
    return connection


def _emptied(connection: psycopg.Connection) -> None:
    """Every table but Django's own lists, and every count from one again.

    To truncate seventy tables takes a hundred times as long as to delete a few rows, which is what most tests leave.
    """
    with connection.transaction():
        rows = connection.execute(TABLES, [list(KEPT)]).fetchall()
        every = sql.SQL(", ").join(sql.Identifier(name) for name, _ in rows)
        # Whoever still writes is waited for, so that nothing comes after the emptying.
        connection.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(every))
        rows = connection.execute(TABLES, [list(KEPT)]).fetchall()
        if sum(size for _, size in rows) > _LITTLE:
            connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(every))
        else:
            for name in (name for name, size in rows if size):
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
        connection.execute(_FROM_ONE)
