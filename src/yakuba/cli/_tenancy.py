"""What the commands on municipalities, staff and logs share: the database, and who the command is."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.tenancy.acting import Actor


def opened() -> None:
    """Make the database and Django ready.

    Raises:
        CannotContinueError: the database does not start, or its tables are of an older version.
    """
    from yakuba.tenancy.database.ready import ready

    ready()
    from yakuba.tenancy.database.upgrade import pending

    if pending():
        raise CannotContinueError("the database is of an older version", remedy="yakuba db upgrade")


def installation() -> Actor:
    """The actor of a command on the installation as a whole. As for `opened`."""
    opened()
    from yakuba.tenancy.acting import system

    return system(name=getpass.getuser())


def of_group(identifier: str) -> Actor:
    """The actor of a command on a group.

    Raises:
        UsageError: there is no such group.
        CannotContinueError: as for `opened`.
    """
    opened()
    from yakuba.tenancy.acting import system
    from yakuba.tenancy.queries import group

    found = group(identifier)
    if found is None:
        raise UsageError(f"グループ {identifier} はありません no such group", remedy="yakuba tenant list")
    return system(name=getpass.getuser(), group=found.id)


def logs(municipality: str | None) -> Sequence[tuple[str, Actor]]:
    """Name and actor of every log of the installation, or of one municipality's.

    Raises:
        UsageError: the installation has no such municipality.
        CannotContinueError: as for `opened`.
    """
    if municipality:
        from yakuba.cli._registry import acting

        return [(municipality, acting(municipality))]
    opened()
    from yakuba.tenancy.acting import system
    from yakuba.tenancy.queries import groups, municipalities

    user = getpass.getuser()
    towns = [(f"{one.code} {one.name}", system(one.code, user)) for one in municipalities()]
    return [*towns, *((one.name, system(name=user, group=one.id)) for one in groups())]
