"""Plans (控えの計画): where a municipality's copy lies, what is expected of it. Changes are logged on both sides."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from yakuba.backup.access import PLACE, operates
from yakuba.backup.models import Plan
from yakuba.kernel.errors import UsageError
from yakuba.tenancy.audit import record
from yakuba.tenancy.database.walls import group_wall, wall

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

USUAL: dict[str, Any] = {
    "max_age_hours": 26,
    "quota_mb": 100 * 1024,
    "lock_days": 35,
    "keep_daily": 31,
    "keep_weekly": 8,
    "keep_monthly": 13,
    "keep_yearly": 3,
    "shrink_percent": 10,
    "second_place": "",
    "link": "",
    "paused": False,
}
"""What a new plan says where nothing is said: a day and two hours of grace; a month in which a theft is noticed."""
_AT_LEAST = {
    "max_age_hours": 1, "quota_mb": 1, "lock_days": 1, "shrink_percent": 1,
    "keep_daily": 1, "keep_weekly": 0, "keep_monthly": 0, "keep_yearly": 0,
}  # fmt: skip
_HEX = 64
_SAID_AS = {"place": "store", "second_place": "second_store"}
"""In the log a place is a screen."""


def set_plan(actor: Actor, municipality: str, **given: Any) -> None:
    """Make or change a plan; what is not said stays, or is `USUAL`.

    Args:
        given: fields of `models.Plan` by name.

    Raises:
        NotAllowedError, NotFoundError: as for `access.operates`.
        UsageError: a value that cannot be meant, or a place or certificate that is another municipality's.
    """
    operates(actor, municipality)
    changed = {name: value for name, value in given.items() if value is not None}
    try:
        with transaction.atomic(), wall(municipality):
            plan = Plan.objects.select_for_update().filter(pk=municipality).first()
            if plan is None:
                plan, changed = Plan(municipality_id=municipality), USUAL | changed
            for name, value in changed.items():
                setattr(plan, name, value)
            _meant(plan)
            plan.save()
            _log(actor, changed)
    except IntegrityError as error:
        raise UsageError(
            "その証明書か置き場所は、ほかの団体のものです", remedy="団体ごとに別の証明書と置き場所にしてください"
        ) from error
    if actor.group is not None:
        with group_wall(actor.group):
            _log(actor, changed | {"municipality": municipality})


def _log(actor: Actor, changed: dict[str, Any]) -> None:
    said = {_SAID_AS.get(name, name): value for name, value in changed.items()}
    record(actor, place=PLACE, action="backup_plan", items=sorted(said), detail=said)


def _meant(plan: Plan) -> None:
    """Go on only with a plan that makes sense.

    Raises:
        UsageError: it does not.
    """
    if not plan.signer:
        remedy = "団体から別の経路で聞いた、署名鍵の指紋を入力してください"
        raise UsageError("署名鍵の指紋がありません no signer", remedy=remedy)
    for place in filter(None, (plan.place, plan.second_place)):
        if not place.startswith("s3://") and not Path(place).is_absolute():
            remedy = "/ で始まるフォルダーか s3:// で始まる場所にしてください"
            raise UsageError(f"{place}: 置き場所ではありません not a place", remedy=remedy)
    if not plan.place or plan.place == plan.second_place:
        remedy = "二つの置き場所を別の所にしてください"
        raise UsageError("置き場所がないか、第二センターと同じです no place of its own", remedy=remedy)
    for name, least in _AT_LEAST.items():
        if getattr(plan, name) < least:
            raise UsageError(f"{name} が小さすぎます too small", remedy=f"{least} 以上にしてください")
    if plan.link and (len(plan.link) != _HEX or set(plan.link) - set("0123456789abcdef")):
        raise UsageError("証明書の指紋ではありません not a fingerprint", remedy="SHA-256 を16進64桁で入力してください")
