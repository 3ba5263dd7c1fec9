"""Settling in (窓口の準備): what an opened town needs beside its records: log, settings, logins, one paper tried."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.backup.bcp.opening import Declaration
    from yakuba.backup.bcp.people import Login
    from yakuba.backup.bcp.standing import Standing
    from yakuba.kernel.progress import Progress

PLACE = "BCP"
DOWN = "generation"
"""Folder of restored tables, in the clear; gone as soon as they are in the database."""


def furnished(wanted: Declaration, now: Standing, progress: Progress) -> tuple[Login, ...]:
    """The records of the first tables, settings and logins; the declaration is the first line of the log."""
    from yakuba.backup.bcp import office, people
    from yakuba.tenancy import audit
    from yakuba.tenancy.acting import system

    actor = system(now.municipality, wanted.by)
    audit.record(
        actor, place=PLACE, action="bcp_open", reason=now.reason,
        detail={"generation": now.number, "as_of": now.as_of, "head": now.head},
    )  # fmt: skip
    load(wanted.home, now.municipality, progress)
    if wanted.office is not None:
        office.furnish(actor, wanted.office, now.moment, now.reason)
    return people.admit(actor, protector=wanted.protector)


def load(home: Path, municipality: str, progress: Progress) -> None:
    """The restored tables into the registry, pictures beside them; their files are removed whatever comes of it."""
    from yakuba.backup.bcp.pictures import keep
    from yakuba.registry.services import load_proven
    from yakuba.registry.services.generation import generation
    from yakuba.tenancy.acting import system

    try:
        load_proven(generation(home / DOWN), system(municipality), progress=progress)
        keep(home / DOWN, system(municipality))
    finally:
        shutil.rmtree(home / DOWN, ignore_errors=True)


def tried(wanted: Declaration) -> str:
    """One paper is made to try everything; gives why it cannot be. A counter that can only search is still open."""
    if wanted.office is None:
        return ""
    from yakuba.backup.bcp.trial import trial_paper
    from yakuba.tenancy.acting import system

    try:
        trial_paper(system(wanted.source.municipality, wanted.by))
    except CannotContinueError as error:
        return str(error)
    return ""
