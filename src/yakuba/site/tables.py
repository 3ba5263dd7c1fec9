"""The tables' version (表の版): what `yakuba db` says and does."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import psycopg

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.site import environment as env
from yakuba.site.startup import let_go, place, reason
from yakuba.tenancy.database import upgrade as changes

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class State:
    """What is known of the database.

    Attributes:
        place: host, port and name. server: version. role: of the running program; walled: it cannot bypass the walls.
        size: bytes on disk. pending: changes that wait for `db upgrade`.
    """

    place: str
    server: str
    role: str
    walled: bool
    size: int
    pending: list[str]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    def rows(self) -> list[tuple[str, object]]:
        """For the terminal."""
        return [
            ("場所 place", self.place),
            ("サーバー server", f"PostgreSQL {self.server}"),
            ("役割 role", f"{self.role} ({'壁を越えられない behind the walls' if self.walled else '危険 NOT WALLED'})"),
            ("大きさ size", f"{self.size / 1024**2:,.1f} MiB"),
            ("待っている更新 pending", len(self.pending)),
        ]


def state() -> State:
    """Ask the database.

    Raises:
        CannotContinueError: it does not answer.
    """
    url = env.DATABASE_URL.text
    try:
        with psycopg.connect(url, connect_timeout=5, autocommit=True) as connection:
            row = connection.execute(
                "SELECT current_setting('server_version'), current_user, pg_database_size(current_database()),"
                " (SELECT NOT rolsuper AND NOT rolbypassrls FROM pg_roles WHERE rolname = current_user)"
            ).fetchone()
    except psycopg.Error as error:
        raise _unreachable(url, error) from error
    assert row is not None
    try:
        return State(place(url), row[0].split()[0], row[1], row[3], row[2], list(changes.pending("default")))
    finally:
        let_go()


def upgrade() -> Sequence[str]:
    """Make the pending changes as the tables' owner; gives their names.

    Raises:
        UsageError: the owner's address is not known. CannotContinueError: the database does not answer.
    """
    url = env.DATABASE_OWNER_URL.text
    if not url:
        raise UsageError(
            f"{env.DATABASE_OWNER_URL.name} is not set", remedy="set it to the address of the role that owns the tables"
        )
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        raise _unreachable(url, error) from error
    return changes.upgrade()


def _unreachable(url: str, error: psycopg.Error) -> CannotContinueError:
    return CannotContinueError(
        f"the database at {place(url)} does not answer ({reason(error)})",
        remedy=f"check {env.DATABASE_URL.name}, {env.DATABASE_OWNER_URL.name} and that the server runs",
    )
