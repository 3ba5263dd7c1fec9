"""Staff (職員): accounts of a municipality, its first administrator, the operators of a group."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from yakuba.kernel.errors import UsageError
from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.audit import home, record
from yakuba.tenancy.database.walls import group_wall, wall
from yakuba.tenancy.models import Department, Right, Staff
from yakuba.tenancy.queries.members import belongs
from yakuba.tenancy.rights import Action, fiscal_year_end
from yakuba.tenancy.services.bodies import group_log
from yakuba.tenancy.services.shared import PLACE, account_here, administers, made_password

if TYPE_CHECKING:
    from datetime import date

    from yakuba.tenancy.acting import Actor

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{2,63}")


def add_staff(
    actor: Actor,
    login: str,
    name: str,
    *,
    department: int | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    email: str = "",
) -> tuple[int, str]:
    """Make an account in the actor's municipality. Without rights it can do nothing.

    Args:
        login: 利用者ID, unique in the installation: small letters, digits, ". _ @ -", three or more.
        valid_until: last day, default the end of the fiscal year.

    Returns:
        Id of the account, and its first password, which is shown once and has to be changed at sign-in.

    Raises:
        UsageError: the login is malformed or taken, the name empty, the end before the start.
        NotAllowedError: no right to administer rights.
    """
    actor.must(Action.RIGHTS)
    with wall(actor.municipality):
        made = _new(login, name, valid_from, valid_until, email)
        made.municipality_id = actor.municipality
        if department is not None:
            made.department = _department(department)
        return _save(actor, made)


@transaction.atomic
def add_first_administrator(actor: Actor, municipality: str, login: str, name: str) -> tuple[int, str]:
    """Hand over the key: the one account a group operator can make in a municipality, and only while it has none.

    From then on the municipality administers itself; the operator has no way in.

    Returns:
        Id of the account, and its first password.

    Raises:
        UsageError: the municipality has an administrator already, or as for `add_staff`.
        NotFoundError: it is no member of the operator's group.
        NotAllowedError: neither a command nor a group operator.
    """
    actor.must(Action.OPERATE)
    if not actor.system and not belongs(municipality, actor.group):
        raise NotFoundError(f"{municipality}: グループの団体ではありません", remedy="加入の状況を確かめてください")
    today = timezone.localdate()
    with wall(municipality):
        holders = Right.objects.filter(action=Action.RIGHTS, revoked_at=None, valid_until__gte=today)
        if holders.filter(staff__stopped_at=None, staff__valid_until__gte=today).exists():
            raise UsageError("この団体には権限の管理者がいます", remedy="職員の登録は、その管理者が行います")
        made = _new(login, name, None, None, "")
        made.municipality_id = municipality
        result = _save(actor, made)
        for action in (Action.RIGHTS, Action.AUDIT):
            Right.objects.create(
                municipality_id=municipality,
                staff=made,
                action=action,
                valid_from=today,
                valid_until=fiscal_year_end(today),
                granted_by=actor.login,
            )
        record(actor, place=PLACE, action="grant", detail={"login": login, "right": "rights, audit"})
    group_log(actor.group, actor, "add_first_administrator", municipality=municipality, login=login)
    return result


def add_operator(
    actor: Actor, group: int, login: str, name: str, *, valid_until: date | None = None
) -> tuple[int, str]:
    """Make an account of a group operator (共同利用の運用者), who never sees a resident.

    Returns:
        Id of the account, and its first password.

    Raises:
        NotAllowedError: neither a command nor an operator of this group.
        UsageError: as for `add_staff`.
    """
    actor.must(Action.OPERATE)
    if not actor.system and actor.group != group:
        raise NotFoundError("このグループはありません", remedy="自分のグループだけを扱えます")
    with group_wall(group):
        made = _new(login, name, None, valid_until, "")
        made.group_id = group
        return _save(actor, made)


def change_staff(
    actor: Actor, staff: int, *, name: str, department: int | None, valid_until: date, email: str = ""
) -> None:
    """Change an account's name, department, end and address.

    Raises:
        NotFoundError: no such account in the actor's municipality or group.
        UsageError: the name is empty, or the end before the start.
        NotAllowedError: no right to administer.
    """
    administers(actor)
    with home(actor):
        account = account_here(staff)
        if not name.strip() or valid_until < account.valid_from:
            raise UsageError("氏名が空か、利用終了日が開始日より前です", remedy="入力を確かめてください")
        account.name, account.valid_until, account.email = name, valid_until, email
        account.department = None if department is None else _department(department)
        account.save(update_fields=["name", "department", "valid_until", "email"])
        record(
            actor,
            place=PLACE,
            action="change_staff",
            detail={"login": account.login, "until": valid_until.isoformat()},
        )


def _new(login: str, name: str, valid_from: date | None, valid_until: date | None, email: str) -> Staff:
    first = valid_from or timezone.localdate()
    last = valid_until or fiscal_year_end(first)
    if not _LOGIN.fullmatch(login):
        raise UsageError(
            "利用者IDに使えない文字があるか、短すぎます", remedy="英小文字・数字と . _ @ - で3文字以上にしてください"
        )
    if not name.strip() or last < first:
        raise UsageError("氏名が空か、利用終了日が開始日より前です", remedy="入力を確かめてください")
    return Staff(login=login, name=name, valid_from=first, valid_until=last, email=email)


def _save(actor: Actor, made: Staff) -> tuple[int, str]:
    password = made_password()
    made.set_password(password)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        # The name may be taken behind another wall; that much an unused name always tells.
        raise UsageError(f"利用者ID「{made.login}」は使えません", remedy="別の利用者IDにしてください") from error
    until = made.valid_until.isoformat()
    record(actor, place=PLACE, action="add_staff", detail={"login": made.login, "until": until})
    return made.pk, password


def _department(department: int) -> Department:
    found = Department.objects.filter(pk=department).first()
    if found is None:
        raise NotFoundError("この部署はありません", remedy="一覧から選んでください")
    return found
