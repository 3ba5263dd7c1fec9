"""One more history row (履歴の追加): the only change of a resident that this room makes. Nothing is overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.registry.drafting import Drafted, changeable, drafted, newest_row
from yakuba.registry.models import HomeEntry, Ledger, Record, Resident, SearchEntry
from yakuba.registry.projection import LEDGER, ROW, TABLES, projected
from yakuba.registry.queries.household_rules import second_head
from yakuba.registry.queries.person import veil_around
from yakuba.registry.queries.timeline import rows_in_order
from yakuba.registry.queries.visible import BUSINESS, people
from yakuba.registry.queries.warnings import warnings
from yakuba.registry.roles import columns_of, table_of
from yakuba.registry.services.recounting import recounted
from yakuba.registry.veils import closed_to
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotAllowedError, NotFoundError
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.tenancy.acting import Actor

_SCREEN = "異動入力"


class ChangedMeanwhileError(CannotContinueError):
    """Somebody else wrote to this person since it was looked at. Nothing was written."""


def add_history(
    actor: Actor, addressee: str, changes: Mapping[str, str], seen_version: int, *, reason: str, place: str = _SCREEN
) -> int:
    """Add a row that differs from the newest one in some items; gives the person's new version.

    Args:
        changes: official item name → new value (異動事由 among them), as the layout writes it or as a clerk types it;
            "" empties an item.
        seen_version: `Person.version` of what the clerk looked at.
        reason: why, for the log.

    Raises:
        NotFoundError: nobody of this number exists for the actor.
        ChangedMeanwhileError: the person was changed since `seen_version`.
        UsageError: an item is unknown or fixed, nothing changes, or the row is not what layout and standard allow.
        NotAllowedError: the actor may not change an item, or not write at all; a 抑止 forbids it.
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
        made = _checked(actor, person, changes, reason)
        with recounted(person, made):
            _project_again(person, _append(actor, person, made))
        audit.record(
            actor, place=place, action="add_history", subject=addressee, items=sorted(made.changes), reason=reason
        )  # fmt: skip
        return person.version + 1


def _checked(actor: Actor, person: Resident, changes: Mapping[str, str], reason: str) -> Drafted:
    """The row, when nothing forbids it."""
    if any(one.forbids for one in warnings(person)):
        raise NotAllowedError("抑止（エラー）により異動入力ができません", remedy="抑止の担当者に申し出てください")
    start = newest_row(person)
    veil = veil_around(actor, person, rows_in_order(person, start.shape, dict(start.roles)), reason)
    allowed = set(changeable(actor, start, veil))
    closed = closed_to(actor, Action.WRITE, start.shape.business, start.shape.columns)
    for name in changes:
        if name in allowed:
            continue
        if name in closed or veil.masks(name, start.before.get(name, "")):
            raise NotAllowedError(f"項目「{name}」を扱う権限がありません", remedy="権限の管理者に申し出てください")
        raise UsageError(f"項目「{name}」は変更できません", remedy="変更できる項目から選んでください")
    made = drafted(actor, start, changes)
    if told := [*made.problems, *second_head(actor, person, made)]:
        name, sentence = told[0]
        raise UsageError(f"項目「{name}」：{sentence}" if name else sentence, remedy="入力を確かめてください")
    return made


def _append(actor: Actor, person: Resident, made: Drafted) -> Record:
    """The row after the last of its ledger; one clerk at a time gets a place."""
    ledger = person.ledger
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ledger.pk])
    last = Record.objects.filter(ledger=ledger).aggregate(last=Max("row"))["last"]
    return Record.objects.create(
        municipality_id=person.municipality_id, ledger=ledger, row=last + 1, addressee=person.addressee,
        cells=[made.after.get(name) or None for name in ledger.columns], added=True,
        by=f"{actor.name}（{actor.login}）", at=timezone.now(),
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
    if values["household"]:
        home = HomeEntry(
            municipality_id=person.municipality_id, household=values["household"], addressee=person.addressee
        )  # fmt: skip
        HomeEntry.objects.bulk_create([home], ignore_conflicts=True)


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
