"""Load (取込み): a proven migration becomes the registry's records, in one transaction: all or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import polars as pl
from django.db import connection

from yakuba.kernel.errors import CannotContinueError, NotProvenError, UsageError
from yakuba.kernel.progress import SILENT
from yakuba.layouts.read import layout
from yakuba.migration.intake.ahead import ahead
from yakuba.registry.models import Ledger, Load
from yakuba.registry.projection import projected
from yakuba.registry.services.aside import Aside
from yakuba.registry.services.copying import copy_frame, copy_people, copy_records
from yakuba.registry.services.run_folder import RunFolder, RunTable, proven, role_columns
from yakuba.registry.services.statistics import count
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.kernel.progress import Progress
    from yakuba.tenancy.acting import Actor


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did.

    Attributes:
        evidence: head of the evidence chain. already: the same evidence was in, nothing was changed.
        replaced: loads that gave way. rows: records that came in. residents: persons, outsiders included.
        tables: rows by "業務/グループ".
    """

    evidence: str
    already: bool
    replaced: int
    rows: int
    residents: int
    tables: dict[str, int] = field(default_factory=dict)


def load(
    run_dir: Path, actor: Actor, *, replace: bool = False, signer: str | None = None, progress: Progress = SILENT
) -> Loaded:
    """Take a run folder in.

    Args:
        run_dir: made by `yakuba migrate run`, of the actor's municipality.
        replace: let former loads of the same businesses give way; only while nothing was written since.
        signer: fingerprint of the key that must have signed; None takes any.

    Raises:
        NotProvenError: the evidence does not verify, or counting again gives another number.
        UsageError: no run folder, of another municipality, or in already and `replace` was not said.
        NotAllowedError: the actor may not load.
        CannotContinueError: something was written since the load that is to be replaced.
    """
    actor.must(Action.LOAD)
    run = proven(run_dir, signer, progress)
    if run.municipality != actor.municipality:
        raise UsageError(
            f"{run_dir}: 団体 {run.municipality} の移行結果です of another municipality than {actor.municipality}",
            remedy="団体を確かめてください",
        )
    with wall(actor.municipality):
        _one_at_a_time(actor.municipality)
        former = Load.objects.filter(evidence=run.head).first()
        if former is not None:
            counts = {str(name): int(rows) for name, rows in former.counts.items()}
            return Loaded(run.head, already=True, replaced=0, rows=sum(counts.values()), residents=0, tables=counts)
        replaced = _make_room(run, replace=replace)
        return _take_in(run, actor, replaced, progress)


def _one_at_a_time(municipality: str) -> None:
    """A second load of the municipality waits until the first has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, int(municipality)])


_LOCK = 0x6C6F6164


def _make_room(run: RunFolder, *, replace: bool) -> int:
    """Loads that hold groups of the same businesses give way, or stop the work."""
    businesses = {table.business for table in run.tables}
    standing = Ledger.objects.filter(business__in=businesses).order_by("load")
    former = sorted(set(standing.values_list("load", flat=True)))
    if not former:
        return 0
    if not replace:
        names = "、".join(dict.fromkeys(standing.values_list("business", flat=True)))
        raise UsageError(
            f"{names} は取込み済みです already loaded from other evidence",
            remedy="前の取込みと入れ替えるときは --replace を付けてください",
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_take_back(%s)", [former])
        written = int(cursor.fetchone()[0])
    if written:
        raise CannotContinueError(
            f"前の取込みの後に {written:,} 件の記録が書き込まれています。入れ替えません written since the former load",
            remedy="yakuba export で書き出し、移行元と突き合わせてください",
        )
    return len(former)


def _take_in(run: RunFolder, actor: Actor, replaced: int, progress: Progress) -> Loaded:
    taken = Load.objects.create(
        municipality_id=actor.municipality, evidence=run.head, signer=run.signer, standard=run.standard,
        as_of=run.as_of, by=actor.login, counts={f"{table.business}/{table.title}": table.rows for table in run.tables},
    )  # fmt: skip
    progress.stage("取込み load", sum(table.rows for table in run.tables), "rows")
    aside = Aside(max((table.rows for table in run.tables if table.roles), default=0))
    ledgers = {}
    for place, table in enumerate(run.tables):
        ledger = _ledger(table, place, taken)
        ledgers[ledger.pk] = table
        progress.advance(copy_records(table, ledger.pk, actor.municipality, partial(aside.add, table.roles)))
    residents = _people(aside, run, actor.municipality, progress)
    progress.stage("数え直し recount")
    _recount(ledgers)
    total = sum(table.rows for table in run.tables)
    audit.record(
        actor, place="取込み", action="load",
        detail={"evidence": run.head, "signer": run.signer, "rows": total, "people": residents,
                "replaced": replaced},
    )  # fmt: skip
    # Statistics for the planner and an index in order, so that the first search after a load is no slower.
    _asked("SELECT registry_settle()")
    return Loaded(run.head, already=False, replaced=replaced, rows=total, residents=residents, tables=taken.counts)


def _people(aside: Aside, run: RunFolder, municipality: str, progress: Progress) -> int:
    """Everybody who came in, as search and screens need them; gives how many."""
    progress.stage("住民の一覧 residents", unit="people")
    everybody: list[pl.DataFrame] = []
    history = [_NOTHING]
    first = bool(_asked("SELECT registry_unindex()"))
    # The next people are projected while the database takes these.
    for people, rows in ahead((projected(tables, municipality), tables.get("resident")) for tables in aside.people()):
        copy_people(people, municipality)
        everybody.append(people.select(_COUNTED))
        if rows is not None:
            copy_frame("registry_homeentry", _homes(rows, municipality))
            if set(_NOTHING.columns) <= set(rows.columns):
                history.append(rows.select(_NOTHING.columns))
        progress.advance(people.height)
    if first:
        _asked("SELECT registry_index()")
    counted = pl.concat(everybody)
    _count(counted, pl.concat(history), run, municipality)
    return counted.height


_COUNTED = ("household", "outsider", "removed", "kind", "sex", "birth")
_NOTHING = pl.DataFrame(schema={"reason": pl.String(), "day": pl.String()})


def _count(people: pl.DataFrame, history: pl.DataFrame, run: RunFolder, municipality: str) -> None:
    """Statistics of what came in; a load without residents leaves those there are."""
    table = next((table for table in run.tables if table.roles == "resident"), None)
    if table is None:
        return
    there = layout(table.layout)
    item = there.by_name[table.title].by_name.get(role_columns(table).get("reason", ""))
    reasons = there.codes[item.codes].values if item and item.codes else {}
    count(people, history, reasons, run.as_of, municipality)


def _homes(history: pl.DataFrame, municipality: str) -> pl.DataFrame:
    """Which people were ever recorded in which household."""
    named = ["household", "addressee"]
    if not set(named) <= set(history.columns):
        return pl.DataFrame(schema=dict.fromkeys([*named, "municipality"], pl.String()))
    every = history.select(named).filter((pl.col("household") != "") & (pl.col("addressee") != ""))
    return every.unique(maintain_order=True).with_columns(municipality=pl.lit(municipality))


def _asked(question: str) -> object:
    """What the database's owner does for a load; see the functions in the migrations."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def _ledger(table: RunTable, place: int, taken: Load) -> Ledger:
    return Ledger.objects.create(
        municipality_id=taken.municipality_id, load=taken, layout=table.layout, group=table.group,
        business=table.business, title=table.title, folder=table.folder, place=place,
        columns=list(table.columns), addressee_column=table.addressee_column,
    )  # fmt: skip


def _recount(ledgers: dict[int, RunTable]) -> None:
    """Rows and filled cells as the database now holds them, against what was signed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ledger, count(*), coalesce(sum(cardinality(array_remove(cells, NULL))), 0)"
            " FROM registry_record WHERE ledger = ANY(%s) GROUP BY ledger",
            [list(ledgers)],
        )
        found = {ledger: (rows, int(filled)) for ledger, rows, filled in cursor.fetchall()}
    for ledger, table in ledgers.items():
        if found.get(ledger, (0, 0)) != (table.rows, table.filled):
            raise NotProvenError(
                f"{table.business}/{table.title}: 数え直しの結果が署名と違います counted again, the numbers differ",
                remedy="取込みは取り消されました。ディスクとデータベースを確かめてください",
            )
