"""Who asks (交付センターの確認): the certificate of the connection stands for a centre that is let in."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection

from yakuba.issuance.kiosk.machines import ROWS, Machines, machines
from yakuba.tenancy.acting import Actor, NotFoundError
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import ALL, Action, Grant

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACE = "コンビニ交付"
_NAME = 40
_RIGHTS = tuple(Grant(action, ALL, ALL, date.min, date.max) for action in (Action.VIEW, Action.ISSUE, Action.VOID))
"""No right to protected people: at a machine they do not exist, like somebody who was never there."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A centre at the door. municipality: 団体コード. fingerprint: SHA-256 of the centre's certificate, hex."""

    municipality: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Guest:
    """A centre that was let in.

    Attributes:
        centre: id of its row. actor: who acts for it, with little that is allowed. machines: what is set.
    """

    centre: int
    actor: Actor
    machines: Machines


_LET_IN = f"SELECT id, name, {ROWS} FROM kiosk_centre WHERE fingerprint = %s AND revoked_at IS NULL"  # noqa: S608


def kiosk_actor(municipality: str, name: str) -> Actor:
    """The actor of requests from a centre: may look and issue, and sees nobody who is protected."""
    return Actor(0, f"kiosk:{name}"[:_NAME], PLACE, municipality, "", None, "", _RIGHTS)


@contextmanager
def inside(caller: Caller) -> Iterator[Guest]:
    """One transaction inside the wall of the municipality that lets this centre in.

    Raises:
        NotFoundError: it does not, or there is no such municipality; nobody outside can tell which.
    """
    with wall(caller.municipality):
        with connection.cursor() as cursor:
            cursor.execute(_LET_IN, [caller.fingerprint])
            found = cursor.fetchone()
        if found is None:
            raise NotFoundError("見つかりません", remedy="団体コードと証明書を確かめてください")
        centre, name, *rows = found
        yield Guest(centre, kiosk_actor(caller.municipality, name), machines(rows))
