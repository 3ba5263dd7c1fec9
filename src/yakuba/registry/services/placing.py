"""Placing (置き場所): where every ledger of the municipality goes in a standard, so that an export loses nothing.

The same edition takes a ledger as it is. Another edition or family takes the items that it calls by the same name, or
by the name of its counterpart, where their code lists say the same; whatever has no place there goes to the reserve
area (data/yobi), with the keys that say whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.db import connection

from yakuba.layouts.counterparts import counterparts
from yakuba.layouts.read import layout
from yakuba.registry.models import Ledger, Record
from yakuba.registry.roles import columns_of, table_of
from yakuba.registry.services.run_folder import RESERVE, RESERVE_LAYOUT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yakuba.layouts.model import Group, Item, Layout
    from yakuba.layouts.standard import Standard

_QUOTED = (
    "(SELECT string_agg(CASE WHEN c ~ '[\",\\r\\n]' THEN '\"' || replace(c, '\"', '\"\"') || '\"'"
    " ELSE coalesce(c, '') END, ',' ORDER BY n) FROM unnest(r.cells) WITH ORDINALITY u(c, n))"
)


@dataclass(frozen=True, slots=True)
class Target:
    """One file of an export.

    Attributes:
        name: "業務/グループ". folder, stem: below data/. columns: its header.
        ledger: whose records it gets. cells: for each column its place in the ledger's cells, None = empty.
        reserved: items of the ledger that this file has no place for.
    """

    name: str
    folder: str
    stem: str
    columns: tuple[str, ...]
    ledger: Ledger
    cells: tuple[int | None, ...]
    reserved: tuple[str, ...] = ()

    def lines(self) -> str:
        """A COPY that gives every record as one CSV line, in the order of the file.

        A line that is as long without its commas as it may be, and has no quotation mark or line end, needs no
        quotes: nearly all. These questions cost a tenth of a regular expression.
        """
        number = len(self.columns)
        commas = f"octet_length(j) - octet_length(replace(j, ',', '')) = {number - 1}"
        plain = " AND ".join(f"strpos(j, {letter}) = 0" for letter in ("'\"'", r"E'\n'", r"E'\r'"))
        simple = f"{commas} AND {plain}"
        line = f"CASE WHEN {simple} THEN j ELSE {_QUOTED} END"
        if number == 1:
            line = f"CASE WHEN j = '' THEN '\"\"' ELSE {line} END"
        return (
            f"COPY (SELECT {line} FROM (SELECT row, cells, array_to_string(cells, ',', '') AS j"  # noqa: S608 - numbers
            f" FROM ({self._rows()}) s ORDER BY row) r ORDER BY row) TO STDOUT"
        )

    def _rows(self) -> str:
        """Row and cells; a history row that is no longer the newest does not say that it is."""
        number, names = int(self.ledger.pk), self.ledger.columns
        latest = columns_of("resident", names).get("latest") if _role(self.ledger) == "resident" else None
        added = Record.objects.filter(ledger=self.ledger, added=True).exists()
        if latest and added:
            at = names.index(latest) + 1
            source = (
                f"(SELECT o.row, CASE WHEN o.row < w.newest THEN o.cells[:{at - 1}] || '0'::text || o.cells[{at + 1}:]"  # noqa: S608
                f" ELSE o.cells END AS cells FROM registry_record o LEFT JOIN (SELECT addressee, max(row) AS newest"
                f" FROM registry_record WHERE ledger = {number} AND added GROUP BY addressee) w"
                f" ON w.addressee = o.addressee WHERE o.ledger = {number})"
            )
        else:
            source = f"(SELECT row, cells FROM registry_record WHERE ledger = {number})"  # noqa: S608
        if self.cells == tuple(range(len(names))):
            return source
        chosen = ", ".join("NULL" if place is None else f"cells[{place + 1}]" for place in self.cells)
        return f"SELECT row, ARRAY[{chosen}]::text[] AS cells FROM {source} s"  # noqa: S608


def placed(standard: Standard) -> list[Target]:
    """Every file of an export in a standard, in the order of the loads. Inside the wall."""
    return [target for ledger in Ledger.objects.order_by("load", "place") for target in _targets(ledger, standard)]


def _role(ledger: Ledger) -> str:
    return table_of(ledger.business, ledger.title)


def _targets(ledger: Ledger, standard: Standard) -> Iterator[Target]:
    columns = tuple(ledger.columns)
    whole = tuple(range(len(columns)))
    if ledger.layout == RESERVE_LAYOUT:
        yield Target(f"{RESERVE}/{ledger.title}", ledger.folder, ledger.group, columns, ledger, whole)
        return
    there, group = _group(ledger, standard)
    if there is not None and there.id == ledger.layout:
        yield Target(f"{ledger.business}/{ledger.title}", ledger.folder, ledger.group, columns, ledger, whole)
        return
    stem = f"{ledger.folder}_{ledger.group}"
    if there is None or group is None:
        yield Target(f"{RESERVE}/{stem}", RESERVE_LAYOUT, stem, columns, ledger, whole, columns)
        return
    yield from _moved(ledger, there, group, stem)


def _moved(ledger: Ledger, there: Layout, group: Group, stem: str) -> Iterator[Target]:
    """The ledger in another edition or family, and beside it what has no place there."""
    here = layout(ledger.layout)
    items = here.by_name[ledger.title].by_name
    pairs = {_match(items[name], here, group, there): place for place, name in enumerate(ledger.columns)}
    cells = tuple(pairs.get(item.name) for item in group.items)
    lost = sorted(set(range(len(ledger.columns))) - {place for place in cells if place is not None})
    kept = [place for place in lost if place in _filled(ledger, lost)]
    reserved = tuple(ledger.columns[place] for place in kept)
    yield Target(
        f"{there.business}/{group.name}", f"{there.code}_{there.identifier}", group.identifier,
        tuple(item.name for item in group.items), ledger, cells, reserved,
    )  # fmt: skip
    if kept:
        keys = [place for place, name in enumerate(ledger.columns) if items[name].key and place not in kept]
        chosen = tuple(keys + kept)
        names = tuple(ledger.columns[place] for place in chosen)
        yield Target(f"{RESERVE}/{stem}", RESERVE_LAYOUT, stem, names, ledger, chosen)


def _group(ledger: Ledger, standard: Standard) -> tuple[Layout | None, Group | None]:
    """The group of the same business and name, or the one that plays the same role, whatever its business is called."""
    there = standard.by_business.get(ledger.business)
    if there is not None and ledger.title in there.by_name:
        return there, there.by_name[ledger.title]
    role = _role(ledger)
    same = ((one, group) for one, group in standard if role and table_of(one.business, group.name) == role)
    return next(same, (None, None))


def _match(item: Item, here: Layout, group: Group, there: Layout) -> str | None:
    """Name of the item in another layout: its own or its counterpart's, if the codes there say the same."""
    name = next((name for name in (item.name, *_counterparts().get(item.name, ())) if name in group.by_name), None)
    if name is None or not item.codes or not (other := group.by_name[name].codes):
        return name
    known = there.codes[other].values
    same = all(known.get(value) == said for value, said in here.codes[item.codes].values.items())
    return name if same else None


@cache
def _counterparts() -> dict[str, tuple[str, ...]]:
    """Names of one item in the two families, both ways."""
    found: dict[str, tuple[str, ...]] = {}
    for pair in counterparts():
        for one, other in (pair, pair[::-1]):
            found[one] = (*found.get(one, ()), other)
    return found


def _filled(ledger: Ledger, places: Sequence[int]) -> set[int]:
    """Those of some cells that hold anything in any record."""
    if not places:
        return set()
    asked = ", ".join(f"bool_or(cells[{place + 1}] IS NOT NULL)" for place in places)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked} FROM registry_record WHERE ledger = %s", [ledger.pk])  # noqa: S608 - numbers only
        return {place for place, there in zip(places, cursor.fetchone(), strict=True) if there}
