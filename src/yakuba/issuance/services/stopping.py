"""Stop and resume (停止と再開) of a municipality's issuing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.issuance.models import Stop
from yakuba.kernel.errors import UsageError
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

PLACE = "証明書の停止"
_LONGEST = 200


def stop(actor: Actor, reason: str) -> None:
    """Nothing is issued from now on. Safe to repeat.

    Raises:
        NotAllowedError: the actor may neither issue nor administer certificates.
        UsageError: no reason.
    """
    if not actor.may(Action.CERTIFICATES):
        actor.must(Action.VOID)
    _write(actor, reason, stopped=True)


def resume(actor: Actor, reason: str) -> None:
    """Issue again, after somebody has found out why it was stopped.

    Raises:
        NotAllowedError: the actor does not administer certificates.
        UsageError: no reason.
    """
    actor.must(Action.CERTIFICATES)
    _write(actor, reason, stopped=False)


def _write(actor: Actor, reason: str, *, stopped: bool) -> None:
    if not reason.strip():
        raise UsageError("理由がありません", remedy="停止・再開の理由を入力してください")
    with wall(actor.municipality):
        Stop.objects.create(
            municipality_id=actor.municipality, stopped=stopped, reason=reason[:_LONGEST], login=actor.login
        )
        if stopped:
            audit.record(actor, place=PLACE, action="certificate_stop", reason=reason)
        else:
            audit.record(actor, place=PLACE, action="certificate_resume", reason=reason)
