"""A worker process (`yakuba work`): does jobs until it is asked to stop."""

from __future__ import annotations

from threading import Event

from yakuba.kernel.errors import CannotContinueError
from yakuba.registry.jobs.worker import work
from yakuba.site.parent import leave_with_parent
from yakuba.site.serving import stopping
from yakuba.site.startup import check


def run(*, until_empty: bool = False) -> None:
    """Work until SIGINT or SIGTERM; with `until_empty` until nothing waits.

    Raises:
        CannotContinueError: the database is not as it must be, or it is gone.
    """
    import psycopg

    check()
    leave_with_parent()
    with stopping(Event()) as asked:
        try:
            work(asked, until_empty=until_empty)
        except psycopg.OperationalError as error:
            raise CannotContinueError(
                "the database is gone", remedy="start the worker again when it is back"
            ) from error
