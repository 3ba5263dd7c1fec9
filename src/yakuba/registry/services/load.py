"""Load (取込み): a proven migration becomes the registry's records, in one transaction: all or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.kernel.progress import SILENT
from yakuba.registry.models import Ledger, Load
from yakuba.registry.services.run_folder import RunFolder, proven
from yakuba.registry.services.taking_in import one_at_a_time, settle, take_in
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
    return load_proven(proven(run_dir, signer, progress), actor, replace=replace, progress=progress)


def load_proven(run: RunFolder, actor: Actor, *, replace: bool = False, progress: Progress = SILENT) -> Loaded:
    """Take in what has been proven already: a run folder, or a generation of a vault that was restored just now.

    Raises:
        NotProvenError: a file is not what was proven, or counting again gives another number.
        UsageError, NotAllowedError, CannotContinueError: as for `load`.
    """
    actor.must(Action.LOAD)
    if run.municipality != actor.municipality:
        raise UsageError(
            f"団体 {run.municipality} のデータです of another municipality than {actor.municipality}",
            remedy="団体を確かめてください",
        )
    with wall(actor.municipality):
        one_at_a_time(actor.municipality)
        former = Load.objects.filter(evidence=run.head).first()
        if former is not None:
            counts = {str(name): int(rows) for name, rows in former.counts.items()}
            return Loaded(run.head, already=True, replaced=0, rows=sum(counts.values()), residents=0, tables=counts)
        replaced = _make_room(run, replace=replace)
        return taken_in(run, actor, replaced, progress)


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


def taken_in(run: RunFolder, actor: Actor, replaced: int, progress: Progress) -> Loaded:
    """Take in what is proven, and log it; the caller has made room. Inside the actor's wall."""
    residents = take_in(run, actor, progress)
    rows = sum(run.counts.values())
    audit.record(
        actor, place="取込み", action="load",
        detail={"evidence": run.head, "signer": run.signer, "rows": rows, "people": residents, "replaced": replaced},
    )  # fmt: skip
    settle()
    return Loaded(run.head, already=False, replaced=replaced, rows=rows, residents=residents, tables=run.counts)
