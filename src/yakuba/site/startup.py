"""What must hold before the program answers anybody (起動前の点検). Each failure is one sentence with its remedy."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import psycopg
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper as PostgresConnection
from psycopg.conninfo import conninfo_to_dict

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.site import environment as env

if TYPE_CHECKING:
    from collections.abc import Mapping

_log = logging.getLogger("yakuba.issuance")
SHORTEST_SECRET = 50
"""Characters that a secret of an installation in production has at least."""

_GUESSED = frozenset({"", "yakuba", "postgres", "password", "changeme", "secret", "yakuba_app", "yakuba_owner"})
"""Passwords that examples on the web use; whoever attacks tries them first."""
_DOORS = (
    "SELECT r.rolsuper OR r.rolbypassrls OR EXISTS (SELECT FROM pg_class c"
    " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
    " AND pg_has_role(r.oid, c.relowner, 'MEMBER')) FROM pg_roles r WHERE r.rolname = current_user"
)


def check() -> None:
    """Refuse to start where the start would be unsafe or useless.

    Raises:
        UsageError: production with secrets that can be guessed; a setting that means nothing.
        CannotContinueError: the database does not answer, its role is too mighty, its tables are of another version.
    """
    if env.PRODUCTION.on:
        check_secrets()
    check_database(env.DATABASE_URL.text)
    try:
        check_tables()
        compare_certificates()
    finally:
        let_go()


def check_secrets() -> None:
    """Secrets of an installation in production are its own.

    Raises:
        UsageError: one is missing, short, or in every example.
    """
    key = env.SECRET_KEY.text
    if len(key) < SHORTEST_SECRET or len(set(key)) < SHORTEST_SECRET // 5:
        raise UsageError(
            f"{env.SECRET_KEY.name} is missing, short or repeats itself",
            remedy=f"set it to {SHORTEST_SECRET} or more random characters, e.g. from: openssl rand -base64 48",
        )
    for setting in (env.DATABASE_URL, env.DATABASE_OWNER_URL):
        if setting.text and _password(setting.text) in _GUESSED and not _on_socket(setting.text):
            raise UsageError(
                f"the password in {setting.name} is missing or one that everybody tries first",
                remedy="give the role a random password: ALTER ROLE … PASSWORD …",
            )
    if "*" in env.HOSTS.words:
        raise UsageError(f"{env.HOSTS.name} takes every host name", remedy="name the hosts of this installation")


def _password(url: str) -> str:
    return str(conninfo_to_dict(url).get("password") or "")


def _on_socket(url: str) -> bool:
    """A Unix socket, where the server knows by the operating system who asks."""
    return str(conninfo_to_dict(url).get("host") or "/").startswith("/")


def check_database(url: str) -> None:
    """The server answers, and the role can neither bypass the walls nor take them down.

    Raises:
        CannotContinueError: one of them is not so.
    """
    try:
        with psycopg.connect(url, connect_timeout=5, autocommit=True) as connection:
            row = connection.execute(_DOORS).fetchone()
            name = connection.info.user
    except psycopg.Error as error:
        raise CannotContinueError(
            f"the database at {place(url)} does not answer ({reason(error)})",
            remedy=f"check {env.DATABASE_URL.name} and that the server runs",
        ) from error
    if row is None or row[0]:
        raise CannotContinueError(
            f"the database role {name} could bypass the walls between municipalities",
            remedy="connect as a role like yakuba_app: NOSUPERUSER NOBYPASSRLS, owner of no table",
        )


def check_tables() -> None:
    """The tables are of this version.

    Raises:
        CannotContinueError: changes are pending.
    """
    from yakuba.tenancy.database.upgrade import pending

    if waiting := pending("default"):
        raise CannotContinueError(
            f"the database waits for {len(waiting)} changes of its tables",
            remedy="run yakuba db upgrade, or yakuba serve --upgrade",
        )


def compare_certificates() -> None:
    """Say which municipalities' certificates are not as they were approved, or are stopped; they block themselves."""
    from yakuba.issuance.queries import everywhere

    for municipality, reason, differences in everywhere():
        if reason or differences:
            fields = {"municipality": municipality, "stopped": reason, "differences": list(differences)}
            _log.warning("certificates are not issued", extra={"fields": fields})


def let_go() -> None:
    """Close this process's connections: it ends, or its children have their own."""
    for connection in connections.all():
        connection.close()
        if isinstance(connection, PostgresConnection):
            connection.close_pool()


def place(url: str) -> str:
    """Host, port and name in a connection address, without role and password."""
    known: Mapping[str, object] = conninfo_to_dict(url)
    return f"{known.get('host', 'localhost')}:{known.get('port', 5432)}/{known.get('dbname', '')}"


def reason(error: Exception) -> str:
    """First line of what the server said, without the rest of its chatter."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].removeprefix("connection failed: ")
