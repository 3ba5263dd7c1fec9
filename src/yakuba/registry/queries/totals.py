"""Totals (項目別合計): what items of the stored records add up to, as the database alone reckons it.

Held against what the sender of the records has sealed (`vault.tables.totals`): the same definition, another program.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection

from yakuba.registry.models import Ledger
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yakuba.tenancy.acting import Actor

_NUMBER = "^-?[0-9]{1,18}([.][0-9]{1,6})?$"
_SUMS = (
    "SELECT place, coalesce(sum(cell::numeric) FILTER (WHERE cell ~ %(number)s), 0),"
    " count(*) FILTER (WHERE cell !~ %(number)s)"
    " FROM registry_record, unnest(cells) WITH ORDINALITY AS one (cell, place)"
    " WHERE ledger = %(ledger)s AND place = ANY(%(places)s) AND cell <> ''"
    " GROUP BY place"
)


def totals(actor: Actor, wanted: Mapping[str, Sequence[str]]) -> dict[str, dict[str, tuple[Decimal, int]]]:
    """Sum of an item's numbers, and how many of its cells are none, by "業務/グループ" and item.

    Args:
        wanted: items by table; of one that has no such column nothing is said, nor of one that is empty everywhere.

    Raises:
        NotAllowedError: the actor may not load, which is who fills the registry.
    """
    actor.must(Action.LOAD)
    found: dict[str, dict[str, tuple[Decimal, int]]] = {}
    with wall(actor.municipality), connection.cursor() as cursor:
        for ledger in Ledger.objects.order_by("pk"):
            name = f"{ledger.business}/{ledger.title}"
            places = {place: item for place, item in enumerate(ledger.columns, 1) if item in wanted.get(name, ())}
            if not places:
                continue
            cursor.execute(_SUMS, {"number": _NUMBER, "ledger": ledger.pk, "places": list(places)})
            table = found.setdefault(name, {})
            for place, number, others in cursor.fetchall():
                before, strange = table.get(places[place], (Decimal(0), 0))
                table[places[place]] = before + number, strange + others
    return found
