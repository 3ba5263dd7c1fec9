"""The first paper (試し刷り): one certificate made to the last byte, checked, and taken back before it exists.

It shows that font, keys, settings and records go together before anybody stands at the counter. No number is used up
and nothing of it stays in the ledger; the log of the declaration says that it was made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction

from yakuba.issuance.application import Application, Channel, Requester, Role
from yakuba.issuance.errors import RefusedError
from yakuba.issuance.services import issue
from yakuba.kernel.errors import CannotContinueError
from yakuba.registry import queries
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from yakuba.issuance.application import Issued
    from yakuba.tenancy.acting import Actor

KIND = "juminhyo"
_TRIED = 20
"""People who are tried: one whose name cannot be drawn is no reason to say that nothing can be."""
_PLACE = "BCPの試し刷り"


def trial_paper(actor: Actor) -> Issued:
    """Make the paper of somebody who is neither hidden nor blocked; it is rolled back.

    Raises:
        CannotContinueError: nobody's paper can be made; says why the last one could not.
    """
    why = "対象となる住民がいません"
    with wall(actor.municipality):
        for addressee in queries.usual_residents(actor, most=_TRIED, place=_PLACE):
            try:
                return _made(actor, addressee)
            except RefusedError as error:
                why = error.message
    raise CannotContinueError(
        f"証明書を作れません no certificate can be made: {why}",
        remedy="証明書の設定と書体（YAKUBA_FONT）を確かめてください",
    )


def _made(actor: Actor, addressee: str) -> Issued:
    requester = Requester(role=Role.SELF.value, purpose=_PLACE, exemption="official")
    application = Application(KIND, addressee, requester)
    with transaction.atomic():
        made = issue(actor, application, request=str(uuid4()), channel=Channel.BATCH, place=_PLACE)
        transaction.set_rollback(True)
    return made
