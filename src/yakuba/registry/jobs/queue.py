"""Who does what (仕事の受け渡し): tickets in a table, and locks that live as long as the worker's own connection.

A job belongs to a worker exactly while the worker's connection holds the job's advisory lock. A worker that is killed
loses its connection, PostgreSQL drops the lock, and the next worker takes the job up: there is no time-out to guess,
and no moment in which two workers hold one job.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from zlib import crc32

import psycopg
from django.db import connection, transaction

from yakuba.tenancy.database.walls import SETTING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

QUEUE = "yakuba.queue"
"""Setting of a transaction in which the tickets of all municipalities can be read; nothing else can."""
CHANNEL = "yakuba_jobs"
"""Where workers are told of new jobs."""

WORKERS, JOBS, TOWNS, ASKING, CHORES = 0x59414B01, 0x59414B02, 0x59414B03, 0x59414B04, 0x59414B05
"""First keys of the advisory locks: a worker lives; a job is being done; a municipality has exclusive work, or is
just asking for some; nightly work is being done."""

Statement = tuple[str, "Sequence[object]"]
"""SQL and its values."""

_INT4 = 1 << 31


def one_at_a_time(municipality: str) -> None:
    """Until the transaction ends, nobody else puts jobs of this municipality into the queue."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ASKING, int(municipality)])


def tell() -> None:
    """Wake the workers once the transaction is through."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")


def waiting() -> dict[str, int]:
    """Jobs that wait or run, over all municipalities, by kind."""
    from django.db.models import Count

    from yakuba.registry.job_tables.models import Ticket

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, 'on', true)", [QUEUE])
        found = dict(Ticket.objects.order_by().values_list("kind").annotate(Count("job")))
        cursor.execute("SELECT set_config(%s, '', true)", [QUEUE])
    return found


def workers() -> int:
    """Workers alive now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid::bigint = %s AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [WORKERS],
        )
        return int(cursor.fetchone()[0])


def own_connection() -> psycopg.Connection:
    """A connection of the application's role that belongs to no pool and outlives every transaction."""
    known = connection.settings_dict
    options = {"connect_timeout": 10} | {name: value for name, value in known["OPTIONS"].items() if name != "pool"}
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    address = {ours: known[theirs] or None for ours, theirs in names.items()}
    return psycopg.connect(**options | address, autocommit=True)


class Hands:
    """A worker's own connection: its locks say what the worker holds, and its writes are seen at once.

    The work itself runs on Django's connection in one transaction; what is written there stays unseen until the end.
    """

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection
        connection.execute("SELECT pg_advisory_lock_shared(%s, 0)", [WORKERS])
        connection.execute(f"LISTEN {CHANNEL}")

    def tickets(self) -> list[tuple[int, str, str]]:
        """Job, municipality, kind of everything that waits or runs, oldest first."""
        with self.connection.transaction():
            self.connection.execute("SELECT set_config(%s, 'on', true)", [QUEUE])
            found = self.connection.execute("SELECT job, municipality, kind FROM jobs_ticket ORDER BY job")
            return [(int(job), str(town), str(kind)) for job, town, kind in found.fetchall()]

    @contextmanager
    def held(self, job: int, municipality: str, *, exclusive: bool) -> Iterator[bool]:
        """Try to hold a job (and its municipality, for work that must be alone there) for the length of the block."""
        keys = [(JOBS, job % _INT4)] + ([(TOWNS, int(municipality))] if exclusive else [])
        taken: list[tuple[int, int]] = []
        try:
            for key in keys:
                if not self._one("SELECT pg_try_advisory_lock(%s, %s)", *key):
                    break
                taken.append(key)
            # It may have been finished by another between our look at the tickets and our hold.
            yield len(taken) == len(keys) and any(job == one for one, _, _ in self.tickets())
        finally:
            if not self.connection.closed:
                for key in taken:
                    self._one("SELECT pg_advisory_unlock(%s, %s)", *key)

    @contextmanager
    def alone(self, chore: str) -> Iterator[bool]:
        """Try to be the only one who does a piece of nightly work, for the length of the block."""
        key = (CHORES, crc32(chore.encode()) % _INT4)
        mine = bool(self._one("SELECT pg_try_advisory_lock(%s, %s)", *key))
        try:
            yield mine
        finally:
            if mine and not self.connection.closed:
                self._one("SELECT pg_advisory_unlock(%s, %s)", *key)

    def write(self, municipality: str, *statements: Statement) -> int:
        """Statements inside a municipality's wall, in one transaction that everybody sees at its end.

        Returns:
            rows that the last one has touched.
        """
        rows = 0
        with self.connection.transaction():
            self.connection.execute("SELECT set_config(%s, %s, true)", [SETTING, municipality])
            for statement, values in statements:
                rows = self.connection.execute(statement.encode(), values).rowcount
        return rows

    def rest(self, seconds: float) -> None:
        """Wait for news, at most this long."""
        for _ in self.connection.notifies(timeout=seconds, stop_after=1):
            pass

    def _one(self, statement: str, *values: object) -> object:
        row = self.connection.execute(statement.encode(), values).fetchone()
        return row[0] if row else None
