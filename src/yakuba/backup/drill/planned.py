"""Drills by plan (計画による訓練): what a plan says of a municipality's vault, and which key lies ready for a drill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.backup.bcp.fetching import Source
from yakuba.backup.drill.holding import MAX_AGE, Wanted
from yakuba.backup.queries.plans import plan
from yakuba.kernel.errors import UsageError
from yakuba.kernel.home import yakuba_home

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path

_FOLDER, _KEYS = "drills", "drill-keys"


def wanted(
    municipality: str,
    identity: Path,
    *,
    place: str | None = None,
    signer: str | None = None,
    max_age: timedelta | None = None,
    out: Path | None = None,
) -> Wanted:
    """A drill of a municipality; what is not said is as its plan has it.

    Raises:
        UsageError: no vault is named and there is no plan.
    """
    known = plan(municipality)
    if place is None and known is None:
        raise UsageError(
            "保管庫の場所が分かりません no vault", remedy="--vault を指定するか、控えの計画を登録してください"
        )
    source = Source(
        place or (known.place if known else ""), identity, municipality, signer or (known.signer if known else None)
    )
    age = max_age or (known.max_age if known else MAX_AGE)
    return Wanted(source, out or yakuba_home() / _FOLDER / municipality, age)


def key_of(municipality: str) -> Path | None:
    """The key that a 団体 has left at the centre for drills on a schedule; None where it has not, and drills itself."""
    path = yakuba_home() / _KEYS / f"{municipality}.txt"
    return path if path.exists() else None
