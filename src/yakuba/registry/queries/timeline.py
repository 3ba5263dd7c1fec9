"""The timeline of a person (履歴): rows in their order, the one in force on a day, what each changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.registry.display import Value, shown_date
from yakuba.registry.models import Record
from yakuba.registry.queries.shadow import over
from yakuba.registry.roles import columns_of, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from yakuba.registry.display import Shape
    from yakuba.registry.models import Ledger, Resident
    from yakuba.registry.veils import Veil


@dataclass(frozen=True, slots=True)
class Change:
    """One history row (異動).

    Attributes:
        number: 履歴番号. reason: 異動事由. day, processed: 異動日 and 処理日, as people read them.
        before, after: items that it changed, in the same order; veiled ones say only that they changed.
        row: which row it is; shown: whether the view is of this row. added: written here, not migrated.
        by, at: who wrote it here and when, "" and None for a migrated one.
    """

    number: str
    reason: str
    day: str
    processed: str
    before: tuple[Value, ...]
    after: tuple[Value, ...]
    row: int
    shown: bool
    added: bool
    by: str
    at: datetime | None


def roles_of(ledger: Ledger) -> dict[str, str]:
    """Role → item of the ledger that a person's row stands in."""
    return columns_of(table_of(ledger.business, ledger.title), ledger.columns)


def in_order(rows: Sequence[Record], shape: Shape, roles: dict[str, str]) -> list[Record]:
    """Rows of one person in the order of their history numbers."""
    numbers = [shape.columns.index(roles[role]) for role in ("history", "branch") if role in roles]

    def order(record: Record) -> tuple[int, ...]:
        texts = [record.cells[number] or "0" for number in numbers]
        return (*(int(text) if text.isascii() and text.isdigit() else 0 for text in texts), record.row)

    return sorted(rows, key=order)


def rows_in_order(found: Resident, shape: Shape, roles: dict[str, str]) -> list[Record]:
    """All rows of the person, oldest first."""
    rows = Record.objects.filter(
        municipality=found.municipality_id, addressee=found.addressee, ledger=found.ledger_id
    )  # fmt: skip
    return in_order(list(rows), shape, roles)


def in_force(rows: Sequence[Record], shape: Shape, roles: dict[str, str], as_of: date | None) -> Record | None:
    """The newest row whose 異動日 has come on the day; one without a day counts from its 処理日."""
    if as_of is None or "day" not in roles:
        return rows[-1] if rows else None
    last = as_of.isoformat()
    begun = [row for row in rows if begins(row, shape, roles) <= last]
    return begun[-1] if begun else None


def begins(row: Record, shape: Shape, roles: dict[str, str]) -> str:
    """The day from which a row counts, YYYY-MM-DD, "" for one that says none."""
    places = [shape.columns.index(roles[role]) for role in ("day", "processed") if role in roles]
    return next((cell for place in places if (cell := row.cells[place])), "")


_NO_CHANGE = {
    *("history", "branch", "latest", "reason", "day", "day_unknown", "processed", "notified", "operator"),
    *("operated_on", "operated_at", "notice_number", "notice_day", "change_kind", "entry_kind"),
}
"""Roles that differ in every row and say nothing about the person."""


def changes(
    rows: Sequence[Record], shown: Record | None, shape: Shape, roles: dict[str, str], veil: Veil
) -> Iterator[Change]:
    """Each row with what it changed against the one before."""
    beside = {roles[role] for role in _NO_CHANGE if role in roles}
    items = [name for name in shape.columns if name not in beside]
    before: dict[str, str] = {}
    veil_before = veil
    for record in rows:
        raws = shape.raws(record.cells)
        veil_now = over(veil, raws)
        changed = [name for name in items if before and raws.get(name, "") != before.get(name, "")]
        texts = {role: shape.value(roles[role], raws, veil_now).text for role in ("history", "reason") if role in roles}
        yield Change(
            number=texts.get("history", ""),
            reason=texts.get("reason", ""),
            day=shown_date(raws.get(roles.get("day", ""), ""), unknown=raws.get(roles.get("day_unknown", ""), "")),
            processed=shown_date(raws.get(roles.get("processed", ""), "")),
            before=tuple(shape.value(name, before, veil_before) for name in changed),
            after=tuple(shape.value(name, raws, veil_now) for name in changed),
            row=record.row,
            shown=shown is not None and record.row == shown.row,
            added=record.added,
            by=record.by,
            at=record.at,
        )
        before, veil_before = raws, veil_now
