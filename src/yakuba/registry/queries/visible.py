"""Who is there for whom (存在の秘匿): to an actor without the right a person under 支援措置 does not exist.

The question is part of the one query that looks somebody up, so that "hidden" and "not there" are one answer, and take
one time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.registry.models import Resident
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from yakuba.tenancy.acting import Actor

BUSINESS = "juminkihondaicho"
"""Business whose right opens residents."""


def sees_protected(actor: Actor) -> bool:
    """Whether people under 支援措置 exist for the actor."""
    return actor.may(Action.PROTECTED_VIEW) or actor.may(Action.PROTECTED_MANAGE)


def people(actor: Actor) -> QuerySet[Resident]:
    """Everybody who exists for the actor, of the wall this runs in."""
    everybody = Resident.objects.filter(municipality=actor.municipality)
    return everybody if sees_protected(actor) else everybody.filter(protected=False)
