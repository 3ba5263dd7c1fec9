"""The cast of tests/world.py in a registry that issues certificates: quicker than a load, and with hard people."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
from tests.world import AS_OF, rows

from yakuba.issuance import queries, services
from yakuba.issuance.application import Application, Channel, Requester
from yakuba.issuance.settings import Certifier, Content
from yakuba.layouts.read import layout
from yakuba.registry.models import Ledger, Load, Record
from yakuba.registry.projection import LEDGER, ROW, projected
from yakuba.registry.roles import columns_of, table_of
from yakuba.registry.services.copying import copy_frame
from yakuba.tenancy.acting import Actor, system
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Rows = Sequence[Mapping[str, str]]

JUKI = "kihon/2023-09/001_juminkihondaicho"
SEALS = "kihon/2023-09/x02_inkantoroku"
TAX = "kihon/2023-09/x08_kojinjuminzei"
DUES = "chukan/2021-05/11_shutainokanri"
FUHYO = "kihon/2023-09/x24_kosekinofuhyo"
KINDS = ("juminhyo", "kisai", "johyo", "inkan", "shotoku_kazei", "nozei", "fuhyo", "tenshutsu")
SEAL = b'<svg xmlns="http://www.w3.org/2000/svg" width="24mm" height="24mm"><circle cx="45" cy="45" r="40"/></svg>'


def people(town: str, more: Mapping[str, Rows] | None = None) -> Actor:
    """Put the cast of a town into the registry, with rows of other groups: "layout/group" → rows."""
    actor = system(town)
    tables = {f"{JUKI}/住民情報": rows(town), **(more or {})}
    with wall(town):
        taken = Load.objects.create(
            municipality_id=town, evidence=f"{int(town):064d}", signer="", standard="kihon", as_of=AS_OF, by="test"
        )
        frames: dict[str, list[pl.DataFrame]] = {}
        for place, (name, found) in enumerate(tables.items()):
            ledger = _ledger(taken, place, name, town)
            _records(ledger, found)
            table = table_of(ledger.business, ledger.title)
            if table:
                frames.setdefault(table, []).append(_played(ledger, table, found))
        made = projected({name: pl.concat(each, how="diagonal") for name, each in frames.items()}, town)
        made = made.with_columns(municipality=pl.lit(town), version=pl.lit(1))
        copy_frame("registry_resident", made.drop("grams"))
    return actor


def _ledger(taken: Load, place: int, name: str, town: str) -> Ledger:
    named, _, title = name.rpartition("/")
    there = layout(named)
    group = there.by_name[title]
    columns = [item.name for item in group.items]
    return Ledger.objects.create(
        municipality_id=town, load=taken, layout=named, group=group.identifier, business=there.business, title=title,
        folder=named, place=place, columns=columns, addressee_column="宛名番号" if "宛名番号" in columns else "",
    )  # fmt: skip


def _records(ledger: Ledger, found: Rows) -> None:
    Record.objects.bulk_create(
        Record(
            municipality_id=ledger.municipality_id, ledger=ledger, row=place,
            addressee=row.get("宛名番号") or None if ledger.addressee_column else None,
            cells=[row.get(name) or None for name in ledger.columns],
        )
        for place, row in enumerate(found)
    )  # fmt: skip


def _played(ledger: Ledger, table: str, found: Rows) -> pl.DataFrame:
    roles = columns_of(table, ledger.columns)
    lines = [
        {role: row.get(name, "") for role, name in roles.items()} | {ROW: place, LEDGER: ledger.pk}
        for place, row in enumerate(found)
    ]
    return pl.DataFrame(lines, schema=dict.fromkeys(roles, pl.String()) | {ROW: pl.Int64(), LEDGER: pl.Int64()})


def content(municipality: str = "見本町", **changes: object) -> Content:
    """Settings of a town."""
    given: dict[str, object] = {
        "municipality": municipality, "prefecture": "見本県", "offered": KINDS,
        "certifiers": (Certifier(f"{municipality}長", "見本　太郎"),), "verify": "https://yakuba.example/V",
    }  # fmt: skip
    return Content(**(given | changes))  # type: ignore[arg-type]


def ready(actor: Actor, municipality: str = "見本町") -> None:
    """Settings, fees of every kind, approval."""
    services.set_content(actor, content(municipality), SEAL, "はじめの設定")
    for kind in KINDS:
        services.set_fee(actor, kind, Channel.COUNTER, 300, date(2020, 4, 1))
        services.set_fee(actor, kind, Channel.KIOSK, 200, date(2020, 4, 1))
    approve(actor)


def approve(actor: Actor) -> None:
    """Approve whatever stands."""
    standing, _, _ = queries.approval(actor)
    services.approve(actor, standing.digest, "決裁 第1号")


def asks(kind: str = "juminhyo", subject: str = "1000000015", *members: str, **who: object) -> Application:
    """An application of the person, with one paper that is enough."""
    choices = who.pop("choices", {})
    requester = Requester(**({"documents": ("licence",)} | who))  # type: ignore[arg-type]
    return Application(kind, subject, requester, members, choices)  # type: ignore[arg-type]
