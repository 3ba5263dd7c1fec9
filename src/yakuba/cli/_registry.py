"""Who a command on the server is for the registry: the system, in the name of whoever started it."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError, UsageError

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor


def acting(municipality: str) -> Actor:
    """The actor of a command for one municipality, with database and Django ready.

    Raises:
        CannotContinueError: the database does not start, or its tables are of an older version.
        UsageError: the installation has no such municipality.
    """
    from yakuba.tenancy.database.ready import ready

    ready()
    from yakuba.tenancy.acting import system
    from yakuba.tenancy.database.upgrade import pending
    from yakuba.tenancy.queries import municipalities

    if pending():
        raise CannotContinueError("the database is of an older version", remedy="yakuba db upgrade")
    known = {one.code for one in municipalities()}
    if municipality not in known:
        names = "、".join(sorted(known)) or "none"
        raise UsageError(
            f"団体 {municipality} は登録されていません no such municipality", remedy=f"registered: {names}"
        )
    return system(municipality, getpass.getuser())
