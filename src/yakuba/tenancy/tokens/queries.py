"""The list of a municipality's tokens; the words themselves are known to nobody here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.queries.actors import works
from yakuba.tenancy.rights import Action
from yakuba.tenancy.tokens.models import Token

if TYPE_CHECKING:
    from datetime import date, datetime

    from yakuba.tenancy.acting import Actor


@dataclass(frozen=True, slots=True)
class TokenLine:
    """One token in a list.

    Attributes:
        staff, login, person: the account whose rights it has. name: what it is for.
        works: it opens something today. refused_on: the last day on which it was tried in vain.
    """

    number: int
    staff: int
    login: str
    person: str
    name: str
    valid_until: date
    used_on: date | None
    refused_on: date | None
    made_by: str
    made_at: datetime
    revoked: bool
    works: bool


def tokens(actor: Actor) -> list[TokenLine]:
    """All tokens of the actor's municipality, newest first.

    Raises:
        NotAllowedError: the actor does not administer rights.
    """
    actor.must(Action.RIGHTS)
    with wall(actor.municipality):
        return [_line(one) for one in Token.objects.select_related("staff")]


def token(actor: Actor, number: int) -> TokenLine | None:
    """One of them; None for one that does not exist for this actor.

    Raises:
        NotAllowedError: the actor does not administer rights.
    """
    return next((one for one in tokens(actor) if one.number == number), None)


def _line(one: Token) -> TokenLine:
    return TokenLine(
        one.pk,
        one.staff_id,
        one.staff.login,
        one.staff.name,
        one.name,
        one.valid_until,
        one.used_on,
        one.refused_on,
        one.made_by,
        one.made_at,
        one.revoked_at is not None,
        one.revoked_at is None and one.valid_until >= timezone.localdate() and works(one.staff),
    )
