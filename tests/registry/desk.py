"""What the tests of this room share: people with few rights, somebody to look for, folders compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max

from yakuba.registry.models import Ledger, Record, Resident
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action, Grant

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.tenancy.acting import Actor


def with_rights(actor: Actor, *rights: tuple[Action, str, str]) -> Actor:
    """A person of the same municipality with these rights (action, business, item group) and no others."""
    grants = tuple(Grant(action, business, group, date.min, date.max) for action, business, group in rights)
    return replace(actor, staff=7, login="clerk", name="窓口 花子", rights=grants)


def counter(actor: Actor) -> Actor:
    """A clerk who may look at residents and write, and nothing that is set apart."""
    rights = [(action, "juminkihondaicho", "") for action in (Action.VIEW, Action.OUTPUT, Action.WRITE)]
    return with_rights(actor, *rights)


def somebody(actor: Actor, **wanted: object) -> Resident:
    """The first person of the municipality that fits."""
    with wall(actor.municipality):
        found = Resident.objects.filter(**wanted).order_by("addressee").first()
    assert found is not None
    return found


def put(actor: Actor, title: str, addressee: str, **cells: str) -> None:
    """One more record in a ledger of 住民基本台帳, as a load would have brought it."""
    with wall(actor.municipality):
        ledger = Ledger.objects.get(business="住民基本台帳", title=title)
        last = Record.objects.filter(ledger=ledger).aggregate(last=Max("row"))["last"]
        there = {ledger.addressee_column: addressee} | cells
        assert set(there) <= set(ledger.columns)
        Record.objects.create(
            municipality_id=actor.municipality, ledger=ledger, row=0 if last is None else last + 1,
            addressee=addressee, cells=[there.get(name) or None for name in ledger.columns],
        )  # fmt: skip


def block(actor: Actor, one: Resident, **cells: str) -> None:
    """A 抑止 of a person: of everything, level エラー, since long ago, unless told otherwise."""
    usual = {"抑止番号": "9", "抑止区分": "9", "抑止対象処理": "0", "抑止レベル": "2", "抑止開始年月日": "2020-04-01"}
    put(actor, "抑止", one.addressee, **(usual | cells))
    with wall(actor.municipality):
        Resident.objects.filter(pk=one.pk).update(blocked=(usual | cells)["抑止レベル"])


def protect(actor: Actor, one: Resident, **cells: str) -> None:
    """支援措置 of a person, in force."""
    usual = {"支援措置番号": "9", "様式区分": "1", "支援措置状態": "2", "支援措置開始年月日": "2026-04-01"}
    put(actor, "支援措置", one.addressee, **(usual | cells))
    with wall(actor.municipality):
        Resident.objects.filter(pk=one.pk).update(protected=True)


def csv_files(folder: Path) -> dict[str, bytes]:
    """CSV files below data/ with their bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted((folder / "data").rglob("*.csv"))}
