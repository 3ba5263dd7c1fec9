"""An installation for tests: a real PostgreSQL of its own per test process, upgraded once, emptied after every test."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db.backends.postgresql.base import DatabaseWrapper as PostgresConnection

from yakuba.tenancy.database.ready import ready
from yakuba.tenancy.database.upgrade import upgrade

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT = ("django_migrations", "django_content_type")


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
        upgrade()
    return home


@pytest.fixture(scope="session", autouse=True)
def _goodbye() -> Iterator[None]:
    """Open connections are closed before the process ends, as ResourceWarning is an error here."""
    yield
    if not prepared.cache_info().currsize:
        return
    from django.db import connections

    for connection in connections.all():
        connection.close()
        if isinstance(connection, PostgresConnection):
            connection.close_pool()


@pytest.fixture
def database() -> Iterator[Path]:
    """The installation, empty but for the upgrade; whatever the test writes is emptied again."""
    yield prepared()
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [str(name) for (name,) in cursor.fetchall() if name not in _KEPT]
        cursor.execute("TRUNCATE " + ", ".join(f'"{name}"' for name in tables) + " RESTART IDENTITY CASCADE")
