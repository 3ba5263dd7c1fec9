"""The tables' version (表の版): what `yakuba db` says and does."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import psycopg

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.registry.jobs import nightly
from yakuba.site import environment as env
from yakuba.site.startup import let_go, place, reason
from yakuba.tenancy.database import upgrade as changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.registry.jobs import Done


@dataclass(frozen=True, slots=True)
class State:
    """What is known of the database.

    Attributes:
        place: host, port and name. server: version. role: of the running program; walled: it cannot bypass the walls.
        size: bytes on disk. pending: changes that wait for `db upgrade`.
        nightly: how the nightly work stands; empty while changes wait.
    """

    place: str
    server: str
    role: str
    walled: bool
    size: int
    pending: list[str]
    nightly: list[Done] = field(default_factory=list)

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
            *((f"日次処理 {done.title}", _said(done)) for done in self.nightly),
        ]


def _said(done: Done) -> str:
    """One piece of nightly work in one line."""
    last = f"{done.done_for} 分まで済み" if done.done_for else "まだ行っていない"
    failed = f"、失敗 {done.error}" if done.failed_at else ""
    return f"{last}{'、今日の分は待ち' if done.due else ''}{failed}"


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
        waiting = list(changes.pending("default"))
        done = [] if waiting else nightly()
        return State(place(url), row[0].split()[0], row[1], row[3], row[2], waiting, done)
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
