"""From a request to its entry, for a page that has sent one and wants to know what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.issuance.models import Issue
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from uuid import UUID

    from yakuba.tenancy.acting import Actor


def entry_of_request(actor: Actor, request: UUID) -> int | None:
    """Id of the entry that answered a request of this actor's municipality, None when there is none."""
    with wall(actor.municipality):
        return Issue.objects.filter(request=request).values_list("pk", flat=True).first()
