"""Setting aside (片付け): what was brought by mistake leaves the list. Nothing is erased; decisions stay in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from yakuba.identification.access import logged, reading, writing
from yakuba.identification.models import Aside
from yakuba.identification.queries.collections import group_of
from yakuba.identification.services.stepping import REASON
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor


@transaction.atomic
def set_aside(actor: Actor, collection: int, reason: str) -> None:
    """Take a collection off the list.

    Raises:
        UsageError: no reason, or it is off the list already.
        NotFoundError: no such collection, or another town's. NotAllowedError: not the right.
    """
    with reading(actor):
        group = group_of(collection)
    said = reason.replace("\0", "").strip()[:REASON]
    if not said:
        raise UsageError("片付けには理由が要ります", remedy="「書体を間違えた」のように入力してください")
    try:
        with transaction.atomic(), writing(actor, group.municipality):
            Aside.objects.create(
                municipality_id=group.municipality, collection_id=collection, reason=said,
                login=actor.login, name=actor.name,
            )  # fmt: skip
    except IntegrityError as error:
        raise UsageError("この外字の組は片付けてあります", remedy="一覧を見直してください") from error
    logged(actor, group.municipality, "characters_aside", reason=said, detail={"collection": collection})
