"""Taking in (取り込み): the tables of a proven folder become records, people, search index and statistics."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl
from django.db import connection

from yakuba.kernel.errors import NotProvenError
from yakuba.layouts.read import layout
from yakuba.migration.intake.ahead import ahead
from yakuba.registry.models import Ledger, Load
from yakuba.registry.projection import projected
from yakuba.registry.services.aside import Aside
from yakuba.registry.services.copying import copy_frame, copy_people, copy_records
from yakuba.registry.services.run_folder import RunFolder, RunTable, role_columns
from yakuba.registry.services.statistics import count

if TYPE_CHECKING:
    from yakuba.kernel.progress import Progress
    from yakuba.registry.services.copying import Copied
    from yakuba.tenancy.acting import Actor


def one_at_a_time(municipality: str) -> None:
    """A second load of the municipality waits until the first has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, int(municipality)])


_LOCK = 0x6C6F6164


def take_in(run: RunFolder, actor: Actor, progress: Progress) -> int:
    """Take all tables in, inside the actor's wall; gives how many people came in, outsiders included.

    Raises:
        NotProvenError: a file is not what was proven, or counting again gives another number.
        CannotContinueError: a cell holds what no database keeps.
    """
    taken = Load.objects.create(
        municipality_id=actor.municipality, evidence=run.head, signer=run.signer, standard=run.standard,
        as_of=run.as_of, by=actor.login, counts=run.counts,
    )  # fmt: skip
    progress.stage("取込み load", sum(run.counts.values()), "rows")
    aside = Aside(max((table.rows for table in run.tables if table.roles), default=0))
    ledgers = {}
    for place, table in enumerate(run.tables):
        ledger = _ledger(table, place, taken)
        copied = copy_records(table, ledger.pk, actor.municipality, partial(aside.add, table.roles))
        ledgers[ledger.pk] = table, copied
        progress.advance(copied.rows)
    residents = _people(aside, run, actor.municipality, progress)
    progress.stage("数え直し recount")
    _recount(ledgers)
    return residents


def settle() -> None:
    """Statistics for the planner and an index in order, so that the first search after a load is no slower."""
    _asked("SELECT registry_settle()")


def _people(aside: Aside, run: RunFolder, municipality: str, progress: Progress) -> int:
    """Everybody who came in, as search and screens need them; gives how many."""
    if not any(table.roles for table in run.tables):
        return 0
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


def _recount(ledgers: dict[int, tuple[RunTable, Copied]]) -> None:
    """Rows and filled cells as the database now holds them, against what was proven."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ledger, count(*), coalesce(sum(cardinality(array_remove(cells, NULL))), 0)"
            " FROM registry_record WHERE ledger = ANY(%s) GROUP BY ledger",
            [list(ledgers)],
        )
        found = {ledger: (rows, int(filled)) for ledger, rows, filled in cursor.fetchall()}
    for ledger, (table, copied) in ledgers.items():
        if found.get(ledger, (0, 0)) != (copied.rows, copied.filled):
            raise NotProvenError(
                f"{table.business}/{table.title}: 数え直しの結果が署名と違います counted again, the numbers differ",
                remedy="取込みは取り消されました。ディスクとデータベースを確かめてください",
            )
