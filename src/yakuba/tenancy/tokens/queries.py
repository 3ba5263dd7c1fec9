"""From a token to the one who acts, and the list of a municipality's tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.queries import actor_of
from yakuba.tenancy.rights import Action
from yakuba.tenancy.tokens.models import Token
from yakuba.tenancy.tokens.words import hashed, municipality_of

if TYPE_CHECKING:
    from datetime import date

    from yakuba.tenancy.acting import Actor


@dataclass(frozen=True, slots=True)
class TokenLine:
    """One token in a list; the word itself is known to nobody here."""

    number: int
    login: str
    name: str
    valid_until: date
    used_on: date | None
    revoked: bool


def actor_by_token(word: str) -> Actor | None:
    """The actor of a token, with the rights of this moment; None when it does not work today, for whatever reason."""
    code = municipality_of(word)
    if not code:
        return None
    today = timezone.localdate()
    with wall(code):
        found = Token.objects.filter(hash=hashed(word), revoked_at=None, valid_until__gte=today).first()
        if found is None:
            return None
        if found.used_on != today:
            Token.objects.filter(pk=found.pk).update(used_on=today)
        actor = actor_of(found.staff_id)
    return actor if actor and actor.municipality == code else None


def tokens(actor: Actor) -> list[TokenLine]:
    """All tokens of the actor's municipality, newest first.

    Raises:
        NotAllowedError: the actor does not administer rights.
    """
    actor.must(Action.RIGHTS)
    with wall(actor.municipality):
        return [
            TokenLine(one.pk, one.staff.login, one.name, one.valid_until, one.used_on, one.revoked_at is not None)
            for one in Token.objects.select_related("staff")
        ]
