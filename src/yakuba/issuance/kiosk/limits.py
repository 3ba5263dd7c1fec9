"""Limits (コンビニ交付の制限) as they hold, for the form that changes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.issuance.kiosk.models import Service
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor


@dataclass(frozen=True, slots=True)
class Limits:
    """See `models.Service`."""

    running: bool
    closed_days: tuple[str, ...]
    minimum_age: int
    queue_limit: int
    step_seconds: int
    print_seconds: int
    commission: int
    feed_minutes: int | None


def limits(actor: Actor) -> Limits:
    """Of the actor's municipality; the usual ones before anything was set.

    Raises:
        NotAllowedError: the actor does not administer certificates.
    """
    actor.must(Action.CERTIFICATES)
    with wall(actor.municipality):
        now = Service.objects.filter(pk=actor.municipality).first() or Service()
        return Limits(
            now.running, tuple(now.closed_days), now.minimum_age, now.queue_limit, now.step_seconds, now.print_seconds,
            now.commission, now.feed_minutes,
        )  # fmt: skip
