"""Asking for an identification (読み取りの依頼): the worker reads the font and looks for candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.identification.access import must_work, towns
from yakuba.registry import jobs
from yakuba.tenancy.acting import NotFoundError, system

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from yakuba.registry.jobs import JobState
    from yakuba.tenancy.acting import Actor

KIND = "identify"


def ask_identification(actor: Actor, municipality: str, folder: Path, given: Mapping[str, str]) -> int:
    """Have what lies in a folder read; gives the job's number. The folder is gone when the job has ended.

    Args:
        folder: in the municipality's own folders, with the files that `given` names.
        given: name, vendor, font (file name), usage (file name or ""), source (the font's own name),
            codes ("", "unicode" or "cp932").

    Raises:
        NotAllowedError: not the right. NotFoundError: not a town of the actor's.
        UsageError: nothing that could be meant.
    """
    starter = _starter(actor, municipality)
    return jobs.start(starter, KIND, folder=str(folder.resolve()), **given)


def asked(actor: Actor) -> Sequence[tuple[str, JobState]]:
    """Town and state of the newest readings of the actor's towns, three of each at most.

    Raises:
        NotAllowedError: not the right.
    """
    must_work(actor)
    found = [(town, jobs.newest(_starter(actor, town.code), KIND, limit=3)) for town in towns(actor)]
    return [(town.name, state) for town, states in found for state in states]


def _starter(actor: Actor, municipality: str) -> Actor:
    """Staff start their own jobs; an operator, who has no municipality, lets the installation start one."""
    must_work(actor)
    if municipality not in {one.code for one in towns(actor)}:
        raise NotFoundError("この団体はありません", remedy="一覧から選んでください")
    return actor if actor.municipality else system(municipality, actor.login)
