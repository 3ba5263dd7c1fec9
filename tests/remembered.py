"""What a fixture puts into the empty installation: made once in a process, copied in as it was for every later test.

To found towns and staff through the services takes a second, to copy what came of it some milliseconds. What is made
must not depend on the test, and must leave nothing behind but rows.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from psycopg import sql
from tests.installation import KEPT, TABLES, prepared, unhindered

if TYPE_CHECKING:
    from collections.abc import Callable

Made = TypeVar("Made")
_COUNTS = "SELECT schemaname, sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL"


@dataclass(frozen=True)
class _Snapshot:
    """rows: by table, as COPY writes them. counts: (schema, sequence, last value). value: what the making gave."""

    rows: dict[str, bytes]
    counts: list[tuple[str, str, int]]
    value: Any


_made: dict[str, _Snapshot] = {}


def remembered(key: str, make: Callable[[], Made]) -> Made:
    """Have something in the installation, which is empty; gives what `make` gave, a copy for each test.

    Args:
        key: name of the fixture, one in the whole process.
    """
    if key not in _made:
        value = make()
        _made[key] = _Snapshot(*_taken(), deepcopy(value))
        return value
    _put(_made[key])
    again: Made = deepcopy(_made[key].value)
    return again


def _taken() -> tuple[dict[str, bytes], list[tuple[str, str, int]]]:
    connection = unhindered(prepared())
    rows = {}
    for name, size in connection.execute(TABLES, [list(KEPT)]).fetchall():
        if size:
            with connection.cursor().copy(_copy("COPY {} TO STDOUT (FORMAT binary)", name)) as copy:
                rows[str(name)] = b"".join(bytes(part) for part in copy)
    return rows, connection.execute(_COUNTS).fetchall()


def _put(snapshot: _Snapshot) -> None:
    connection = unhindered(prepared())
    with connection.transaction():
        for name, rows in snapshot.rows.items():
            with connection.cursor().copy(_copy("COPY {} FROM STDIN (FORMAT binary)", name)) as copy:
                copy.write(rows)
        for schema, name, last in snapshot.counts:
            connection.execute(
                "SELECT setval(format('%%I.%%I', %s::text, %s::text)::regclass, %s)", [schema, name, last]
            )


def _copy(statement: str, name: str) -> sql.Composed:
    return sql.SQL(statement).format(sql.Identifier(name))
