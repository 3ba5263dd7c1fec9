"""The counter's role in BCP mode (読取り専用の役割): a role that may do all the program does, but write no record.

The program that serves the screens connects as this role, so that a fault or a break-in there changes no resident
either. Only the process that brings the generation in has the ordinary role, and it ends with that.
"""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from yakuba.tenancy.database.embedded import APP, superuser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READER = "yakuba_bcp"
_ROLE = sql.Identifier(READER)
_CLOSED = ("registry_load", "registry_ledger", "registry_record", "registry_resident", "registry_searchentry",
           "registry_homeentry", "registry_statistic", "registry_indexes")  # fmt: skip
"""Tables of residents: to be read, and nothing else."""
_GRANTS = (
    "SELECT DISTINCT table_name, privilege_type FROM information_schema.role_table_grants"
    " WHERE grantee = %s AND table_schema = 'public' ORDER BY 1, 2"
)
_FUNCTIONS = (
    "SELECT p.oid::regprocedure::text FROM pg_proc p, aclexplode(p.proacl) a"
    " WHERE a.grantee = %s::regrole AND p.pronamespace = 'public'::regnamespace"
)
_SEEK = "registry_seek("
"""Of the functions on residents the one that only looks."""


def make(home: Path) -> str:
    """Make the role, or give it a new password; gives its connection address. Never print it.

    Args:
        home: of an installation that `founding.begin` made and this process works in.
    """
    password = secrets.token_urlsafe(24)
    with psycopg.connect(superuser(home), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [READER]).fetchone()
        verb = sql.SQL("ALTER" if known else "CREATE")
        rights = sql.SQL("LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD")
        connection.execute(sql.SQL("{} ROLE {} {} {}").format(verb, _ROLE, rights, sql.Literal(password)))
        for statement in _grants(connection):
            connection.execute(statement)
    return make_conninfo(os.environ["DATABASE_URL"], user=READER, password=password)


def _grants(connection: psycopg.Connection) -> Iterator[sql.Composed]:
    """What the program's role may do, without what writes to residents."""
    for table, right in connection.execute(_GRANTS, [APP]).fetchall():
        if right == "SELECT" or table not in _CLOSED:
            there = sql.Identifier("public", table)
            yield sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(right), there, _ROLE)
    for (function,) in connection.execute(_FUNCTIONS, [APP]).fetchall():
        if not function.startswith("registry_") or function.startswith(_SEEK):
            yield sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(sql.SQL(function), _ROLE)
    yield sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(_ROLE)
