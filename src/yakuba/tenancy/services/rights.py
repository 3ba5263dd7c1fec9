"""Giving and taking rights (権限). Every right has an end; nobody gives one to themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.kernel.errors import UsageError
from yakuba.tenancy.acting import NotAllowedError, NotFoundError
from yakuba.tenancy.audit import record
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.models import Right, Staff
from yakuba.tenancy.rights import ALL, ORDINARY, Action, fiscal_year_end, item_group_labels

if TYPE_CHECKING:
    from datetime import date

    from yakuba.tenancy.acting import Actor

_PLACE = "権限の管理"
LONGEST_EXCEPTION = timedelta(days=31)
"""A temporary right that lasts longer is no exception any more."""
_ONE_YEAR = 1


def grant(
    actor: Actor,
    staff: int,
    action: Action,
    *,
    business: str = "",
    item_group: str = ORDINARY,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> int:
    """Give a right, by default until the end of the fiscal year; gives its id.

    Args:
        business: identifier of the business, "*" for all; only for actions that go by business.
        item_group: group of items, "" for the ordinary ones, "*" for all.
        valid_from: first day, default today; a later one lies ready for it (人事異動).

    Raises:
        UsageError: no such item group, business missing, the end before the start or beyond the next fiscal year.
        NotFoundError: no such account in the actor's municipality.
        NotAllowedError: no right to administer rights; or the actor's own account.
    """
    first = valid_from or timezone.localdate()
    last = valid_until or fiscal_year_end(first)
    if last > fiscal_year_end(fiscal_year_end(first) + timedelta(days=_ONE_YEAR)):
        raise UsageError("権限の終了日が翌年度の末日より後です", remedy="翌年度末までの日にしてください")
    return _give(actor, staff, Right(
        action=action, business=business, item_group=item_group, valid_from=first, valid_until=last
    ))  # fmt: skip


def grant_for_now(
    actor: Actor,
    staff: int,
    action: Action,
    reason: str,
    *,
    business: str = "",
    item_group: str = ORDINARY,
    valid_until: date | None = None,
) -> int:
    """Give a temporary right outside the usual duties (一時的な権限), with its reason, by default for today only.

    Returns:
        Its id.

    Raises:
        UsageError: no reason, longer than 31 days, or as for `grant`.
        NotFoundError, NotAllowedError: as for `grant`.
    """
    today = timezone.localdate()
    last = valid_until or today
    if not reason.strip():
        raise UsageError("一時的な権限の理由が空です", remedy="理由を入力してください")
    if last - today > LONGEST_EXCEPTION:
        raise UsageError("一時的な権限は31日までです", remedy="終了日を早めるか、通常の権限として付与してください")
    return _give(actor, staff, Right(
        action=action, business=business, item_group=item_group, valid_from=today, valid_until=last,
        exceptional=True, reason=reason,
    ))  # fmt: skip


def revoke(actor: Actor, right: int, reason: str = "") -> None:
    """Take a right away at once: it is gone at the holder's next click. Safe to repeat.

    Raises:
        NotFoundError: no such right in the actor's municipality.
        NotAllowedError: no right to administer rights.
    """
    actor.must(Action.RIGHTS)
    with wall(actor.municipality):
        found = Right.objects.select_for_update().select_related("staff").filter(pk=right).first()
        if found is None:
            raise NotFoundError("この権限はありません", remedy="一覧から選んでください")
        if found.revoked_at is not None:
            return
        found.revoked_by, found.revoked_at = actor.login, timezone.now()
        found.save(update_fields=["revoked_by", "revoked_at"])
        record(actor, place=_PLACE, action="revoke", reason=reason, detail=_said(found))


def _give(actor: Actor, staff: int, right: Right) -> int:
    actor.must(Action.RIGHTS)
    if staff == actor.staff:
        raise NotAllowedError("自分に権限を付与できません", remedy="ほかの管理者に頼んでください")
    _meaningful(right)
    with wall(actor.municipality):
        holder = Staff.objects.select_for_update().filter(pk=staff).first()
        if holder is None:
            raise NotFoundError("この職員はいません", remedy="一覧から選んでください")
        right.municipality_id, right.staff, right.granted_by = actor.municipality, holder, actor.login
        right.save(force_insert=True)
        record(actor, place=_PLACE, action="grant", reason=right.reason, detail=_said(right))
    return right.pk


def _meaningful(right: Right) -> None:
    action = Action(right.action)
    if not action.grantable:
        raise UsageError(f"「{action.label}」は付与できません", remedy="運用者の利用者IDを作ってください")
    if action.by_business and not right.business:
        raise UsageError(f"「{action.label}」の業務が空です", remedy="業務を選んでください")
    if not action.by_business:
        right.business, right.item_group = "", ORDINARY
    if right.item_group not in (ORDINARY, ALL, *item_group_labels()):
        raise UsageError(f"{right.item_group}: この項目群はありません", remedy="一覧から選んでください")
    if right.valid_until < right.valid_from:
        raise UsageError("権限の終了日が開始日より前です", remedy="終了日を確かめてください")


def _said(right: Right) -> dict[str, object]:
    return {
        "login": right.staff.login,
        "right": right.action,
        "business": right.business,
        "item_group": right.item_group,
        "from": right.valid_from.isoformat(),
        "until": right.valid_until.isoformat(),
        "exceptional": right.exceptional,
    }
