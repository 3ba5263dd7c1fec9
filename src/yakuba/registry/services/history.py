"""One more history row (履歴の追加): the only change of a resident that this room makes. Nothing is overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.layouts.model import DataType
from yakuba.registry.display import Shape
from yakuba.registry.models import Ledger, Record, Resident, SearchEntry
from yakuba.registry.projection import LEDGER, ROW, TABLES, projected
from yakuba.registry.queries.visible import BUSINESS, people
from yakuba.registry.roles import columns_of, table_of
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotAllowedError, NotFoundError
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action, masked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.tenancy.acting import Actor

_FIXED = ("addressee", "history", "branch", "latest")
"""Roles that the write itself fills."""
_SCREEN = "履歴の追加"


class ChangedMeanwhileError(CannotContinueError):
    """Somebody else wrote to this person since it was looked at. Nothing was written."""


def add_history(
    actor: Actor, addressee: str, changes: Mapping[str, str], seen_version: int, *, reason: str, place: str = _SCREEN
) -> int:
    """Add a row that differs from the newest one in some items; gives the person's new version.

    Args:
        changes: official item name → new value as the layout writes it (異動事由 among them); "" empties an item.
        seen_version: `Person.version` of what the clerk looked at.
        reason: why, for the log.

    Raises:
        NotFoundError: nobody of this number exists for the actor.
        ChangedMeanwhileError: the person was changed since `seen_version`.
        UsageError: an item is unknown, fixed, or its value is not what the layout allows.
        NotAllowedError: the actor may not see an item that is to be changed, or not write at all.
    """
    actor.must(Action.WRITE, BUSINESS)
    if not reason.strip():
        raise UsageError("理由がありません", remedy="変更の理由を入力してください")
    with wall(actor.municipality):
        person = (
            people(actor).select_for_update(of=("self",)).filter(addressee=addressee).select_related("ledger").first()
        )
        if person is None:
            raise NotFoundError("該当する人がいません", remedy="宛名番号を確かめてください")
        if person.version != seen_version:
            raise ChangedMeanwhileError(
                "ほかの職員がこの人の記録を更新しました。書き込んでいません changed meanwhile, nothing was written",
                remedy="最新の内容を確かめてから、もう一度入力してください",
            )
        _checked(actor, person, changes)
        row = _append(person, changes)
        _project_again(person, row)
        audit.record(actor, place=place, action="add_history", subject=addressee, items=sorted(changes), reason=reason)
        return person.version + 1


def _checked(actor: Actor, person: Resident, changes: Mapping[str, str]) -> None:
    shape = Shape(person.ledger)
    roles = columns_of(table_of(person.ledger.business, person.ledger.title), shape.columns)
    fixed = {roles[role] for role in _FIXED if role in roles}
    closed = masked(actor, shape.business, shape.columns)
    for name, value in changes.items():
        if name not in shape.items or name in fixed:
            raise UsageError(f"項目「{name}」は変更できません", remedy="変更できる項目から選んでください")
        if name in closed:
            raise NotAllowedError(f"項目「{name}」を扱う権限がありません", remedy="権限の管理者に申し出てください")
        item = shape.items[name]
        codes = shape.layout.codes[item.codes].values if item and item.codes and shape.layout else {}
        wrong = bool(codes) and bool(value) and value not in codes
        long = (
            item is not None and item.digits is not None and len(value) > item.digits and item.type is not DataType.DATE
        )
        if wrong or long or "\0" in value:
            raise UsageError(f"項目「{name}」の値がレイアウトに合いません", remedy="コードと桁数を確かめてください")


def _append(person: Resident, changes: Mapping[str, str]) -> Record:
    """The newest row again, with the changes, the next history number, and who did not write it yet today."""
    ledger = person.ledger
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ledger.pk])
    roles = columns_of(table_of(ledger.business, ledger.title), ledger.columns)
    newest = Record.objects.get(ledger=ledger, row=person.row)
    cells = dict(zip(ledger.columns, (cell or "" for cell in newest.cells), strict=True))
    now = timezone.localtime()
    stamps = {
        "operated_on": now.date().isoformat(),
        "operated_at": now.strftime("%H:%M:%S"),
        "processed": now.date().isoformat(),
    }
    cells |= {roles[role]: value for role, value in stamps.items() if role in roles}
    cells |= dict(changes)
    if "history" in roles:
        cells[roles["history"]] = str(int(cells[roles["history"]] or "0") + 1)
    if "branch" in roles:
        cells[roles["branch"]] = "0"
    if "latest" in roles:
        cells[roles["latest"]] = "1"
    last = Record.objects.filter(ledger=ledger).aggregate(last=Max("row"))["last"]
    return Record.objects.create(
        municipality_id=person.municipality_id, ledger=ledger, row=last + 1, addressee=person.addressee,
        cells=[cells[name] or None for name in ledger.columns], added=True,
    )  # fmt: skip


def _project_again(person: Resident, row: Record) -> None:
    """The person as search and screens need it, by the function that a load uses."""
    tables = {name: _rows_of(person, name) for name in TABLES}
    made = projected(tables, person.municipality_id).filter(pl.col("addressee") == person.addressee)
    values = made.row(0, named=True)
    grams = [int(text) for text in values.pop("grams").strip("{}").split(",") if text]
    ledger, place = values.pop("ledger"), values.pop("row")
    if (ledger, place) != (row.ledger_id, row.row):
        raise UsageError("履歴番号が最新になりません", remedy="記録の履歴番号を確かめてください")
    Resident.objects.filter(pk=person.pk).update(**values, ledger=ledger, row=place, version=person.version + 1)
    SearchEntry.objects.filter(municipality=person.municipality_id, addressee=person.addressee).update(grams=grams)


def _rows_of(person: Resident, table: str) -> pl.DataFrame:
    """All rows of the person in a table of roles; of 併支援者 and household 抑止 those that name the person."""
    frames = []
    for ledger in Ledger.objects.all():
        if table_of(ledger.business, ledger.title) != table:
            continue
        roles = columns_of(table, ledger.columns)
        rows = Record.objects.filter(ledger=ledger)
        if table in ("resident", "outsider", "alias", "former", "mynumber"):
            rows = rows.filter(municipality=person.municipality_id, addressee=person.addressee)
        places = {role: ledger.columns.index(name) for role, name in roles.items()}
        found = [
            {role: record.cells[place] or "" for role, place in places.items()} | {ROW: record.row, LEDGER: ledger.pk}
            for record in rows.order_by("row")
        ]
        kinds = dict.fromkeys(roles, pl.String()) | {ROW: pl.Int64(), LEDGER: pl.Int64()}
        frames.append(pl.DataFrame(found, schema=kinds))
    return pl.concat(frames, how="diagonal") if frames else pl.DataFrame()
