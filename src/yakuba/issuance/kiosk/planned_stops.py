"""Planned stops (計画停止) that end before their time: the work is done early, or is not done at all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.issuance.kiosk.access import PLACE
from yakuba.issuance.kiosk.models import Window
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

_MOMENT = timedelta(microseconds=1)
"""As long as a stop lasted that is taken back before it has begun; the row stays, and the log knows the plan."""


def end_stop(actor: Actor, window: int) -> None:
    """End a planned stop now; one that has not begun does not happen. Safe to repeat.

    Raises:
        NotAllowedError: the actor does not administer certificates. NotFoundError: no such stop.
    """
    actor.must(Action.CERTIFICATES)
    now = timezone.now()
    with wall(actor.municipality):
        found = Window.objects.select_for_update().filter(pk=window).first()
        if found is None:
            raise NotFoundError("この計画停止はありません", remedy="一覧から選んでください")
        if found.last > now:
            planned = {"first": found.first.isoformat(), "last": found.last.isoformat()}
            found.first, found.last = min(found.first, now - _MOMENT), now
            found.save(update_fields=("first", "last"))
            audit.record(
                actor, place=PLACE, action="kiosk_window_end", reason=found.reason,
                detail={"kind": found.kind} | planned,
            )  # fmt: skip
