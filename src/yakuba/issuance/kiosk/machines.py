"""Machines (取扱いの設定): what a municipality has set for its machines, read anew only where something was written.

One question tells which rows hold. A row that was written again is another one to the database (its place, and the
transaction that wrote it), so the same answer means the same settings; what was read before is then still true.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models.functions import Now

from yakuba.issuance.kiosk.models import Offer, Service, Window
from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.database.walls import municipality_here

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Machines:
    """What is set. offers: kinds that are not closed. windows: planned stops that were not over when it was read.

    Rows are shared by all who ask: nobody writes to them.
    """

    service: Service | None
    offers: tuple[Offer, ...]
    windows: tuple[Window, ...]

    @property
    def open_service(self) -> Service:
        """The settings as a whole.

        Raises:
            NotFoundError: there is no コンビニ交付.
        """
        if self.service is None:
            raise NotFoundError("コンビニ交付の設定がありません", remedy="団体コードを確かめてください")
        return self.service


ROWS = """
(SELECT ctid::text || xmin::text FROM kiosk_service),
(SELECT string_agg(ctid::text || xmin::text, ' ' ORDER BY id) FROM kiosk_offer WHERE closed = ''),
(SELECT string_agg(ctid::text || xmin::text, ' ' ORDER BY id) FROM kiosk_window WHERE last > now())
"""
"""What a question asks for to know which rows hold: three columns, for `machines`."""
_read: dict[str, tuple[tuple[str | None, ...], Machines]] = {}
"""By 団体コード: the rows that were read last, and what they say."""


def machines_here() -> Machines:
    """Of the municipality whose wall this runs in."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {ROWS}")
        return machines(cursor.fetchone())


def machines(rows: Sequence[str | None]) -> Machines:
    """The same for whoever has asked for `ROWS` already, in this transaction."""
    here, now = municipality_here(), tuple(rows)
    kept = _read.get(here)
    if kept is None or kept[0] != now:
        kept = _read[here] = (
            now,
            Machines(
                Service.objects.filter(pk=here).first(),
                tuple(Offer.objects.filter(closed="")),
                tuple(Window.objects.filter(last__gt=Now())),
            ),
        )
    return kept[1]
