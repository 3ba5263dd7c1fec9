"""Asking for an examination (点検の依頼): the worker does it, the screen shows how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.backup.access import operates
from yakuba.registry import jobs
from yakuba.tenancy.acting import system

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor


def ask_examination(actor: Actor, municipality: str, *, whole: bool = False) -> None:
    """Have a municipality's copies examined; asked for twice it is done once.

    Args:
        whole: every stored byte on both sides is read, due or not.

    Raises:
        NotAllowedError, NotFoundError: as for `access.operates`. UsageError: there is no plan.
    """
    operates(actor, municipality)
    jobs.start(system(municipality, actor.login), "backup_examine", whole=whole)
