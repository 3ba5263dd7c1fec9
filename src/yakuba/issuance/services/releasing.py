"""一件限りの解除: the responsible person has examined one request and lets this one paper pass a 支援措置 or a 抑止."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.certificates.kinds import kind as kind_named
from yakuba.issuance.models import Release
from yakuba.kernel.errors import UsageError
from yakuba.registry.queries.visible import people
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotAllowedError, NotFoundError
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

PLACE = "一件限りの解除"


def release(actor: Actor, addressee: str, kind: str, reason: str) -> int:
    """Let one paper of this kind about this person pass, today, once; gives the release's id.

    Raises:
        UsageError: no reason, or no such kind. NotFoundError: no such person for the actor.
        NotAllowedError: the person is under 支援措置 or 抑止 and the actor is not responsible for that.
    """
    known = kind_named(kind)
    if not reason.strip():
        raise UsageError("解除の理由がありません", remedy="審査の結果と理由を入力してください")
    with wall(actor.municipality):
        found = people(actor).filter(addressee=addressee).first()
        if found is None:
            raise NotFoundError("該当する人がいません", remedy="宛名番号を確かめてください")
        needed = [Action.PROTECTED_MANAGE] * found.protected + [Action.BLOCK_SUSPEND] * bool(found.blocked)
        if not needed:
            raise UsageError("支援措置も抑止もありません", remedy="解除は要りません")
        if not all(actor.may(action) for action in needed):
            raise NotAllowedError(
                f"{actor.name}さんには「{'」「'.join(action.label for action in needed)}」の権限がありません",
                remedy="責任者に引き継いでください",
            )
        made = Release.objects.create(
            municipality_id=actor.municipality, addressee=addressee, kind=known.identifier, reason=reason,
            day=timezone.localdate(), login=actor.login,
        )  # fmt: skip
        audit.record(
            actor, place=PLACE, action="certificate_release", subject=addressee, reason=reason, detail={"kind": kind}
        )
        return made.pk
