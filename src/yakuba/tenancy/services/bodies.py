"""Municipalities, groups with late joiners and leavers, departments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from yakuba.kernel.check_digits import is_dantai_code
from yakuba.kernel.errors import UsageError
from yakuba.tenancy.acting import NotAllowedError, NotFoundError
from yakuba.tenancy.audit import record
from yakuba.tenancy.database.walls import group_wall, wall
from yakuba.tenancy.models import Department, Membership, MunicipalGroup, Municipality
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from datetime import date

    from yakuba.tenancy.acting import Actor

_PLACE = "団体の管理"


@transaction.atomic
def add_municipality(actor: Actor, code: str, name: str, *, kana: str = "", prefecture: str = "") -> None:
    """Open the house of a municipality (団体): empty, behind its own wall, in no group yet.

    Args:
        code: 団体コード, six digits with its check digit. name: 見本町. kana: reading of the name.

    Raises:
        UsageError: the code's check digit is wrong, or the municipality is here already.
        NotAllowedError: neither a command nor a group operator.
    """
    actor.must(Action.OPERATE)
    if not is_dantai_code(code):
        raise UsageError(f"{code}: 団体コードではありません", remedy="検査数字を含む6桁の数字で入力してください")
    if not name:
        raise UsageError("団体の名称が空です", remedy="名称を入力してください")
    with wall(code):
        if Municipality.objects.filter(code=code).exists():
            raise UsageError(f"{code}: この団体は登録済みです", remedy="yakuba tenant list で確かめてください")
        Municipality.objects.create(code=code, name=name, kana=kana, prefecture=prefecture)
        record(actor, place=_PLACE, action="add_municipality", detail={"name": name})
    group_log(actor.group, actor, "add_municipality", municipality=code)


def add_group(actor: Actor, identifier: str, name: str) -> int:
    """Found a group of municipalities that share this installation (共同利用); gives its id.

    Raises:
        UsageError: the identifier is taken.
        NotAllowedError: not a command on the server.
    """
    if not actor.system:
        raise NotAllowedError("グループはサーバー上のコマンドで作ります", remedy="yakuba tenant group を使ってください")
    with transaction.atomic():
        if MunicipalGroup.objects.filter(identifier=identifier).exists():
            raise UsageError(f"{identifier}: このグループは登録済みです", remedy="別の識別名にしてください")
        made = MunicipalGroup.objects.create(identifier=identifier, name=name)
        with group_wall(made.pk):
            record(actor, place=_PLACE, action="add_group", detail={"identifier": identifier, "name": name})
    return made.pk


@transaction.atomic
def join(actor: Actor, group: int, municipality: str, on: date | None = None) -> None:
    """Let a municipality join a group (加入), today or on a later or earlier day.

    Raises:
        UsageError: it is in a group on that day or later already.
        NotFoundError: no such group or municipality.
        NotAllowedError: neither a command nor an operator of this group.
    """
    _operates(actor, group)
    first = on or timezone.localdate()
    body = _municipality(municipality)
    with wall(municipality):
        others = Membership.objects.select_for_update().filter(member=body)
        if others.filter(Q(left_on=None) | Q(left_on__gt=first)).exists():
            raise UsageError(
                f"{body.name}は、その日にはグループに加入しています", remedy="先に脱退日を登録してください"
            )
        Membership.objects.create(group_id=group, member=body, joined_on=first)
        record(actor, place=_PLACE, action="join", detail={"group": group, "on": first.isoformat()})
    group_log(group, actor, "join", municipality=municipality, on=first.isoformat())


@transaction.atomic
def leave(actor: Actor, municipality: str, on: date | None = None) -> None:
    """Let a municipality leave its group (脱退): from that day on the group's operators have no part in it.

    The municipality keeps its data, its staff and its log: it goes on alone, or exports everything and goes.

    Raises:
        UsageError: it is in no group, or would leave before it joined.
        NotAllowedError: neither a command nor an operator of its group.
    """
    first_outside = on or timezone.localdate()
    body = _municipality(municipality)
    with wall(municipality):
        current = Membership.objects.select_for_update().filter(member=body, left_on=None).first()
        if current is None:
            raise UsageError(f"{body.name}はどのグループにも加入していません", remedy="加入の状況を確かめてください")
        _operates(actor, current.group_id)
        if first_outside <= current.joined_on:
            raise UsageError(f"脱退日が加入日（{current.joined_on}）以前です", remedy="加入日より後の日にしてください")
        current.left_on = first_outside
        current.save(update_fields=["left_on"])
        record(actor, place=_PLACE, action="leave", detail={"group": current.group_id, "on": first_outside.isoformat()})
    group_log(current.group_id, actor, "leave", municipality=municipality, on=first_outside.isoformat())


def add_department(actor: Actor, name: str) -> int:
    """Add a department (部署) to the actor's municipality; gives its id.

    Raises:
        UsageError: the name is empty or taken.
        NotAllowedError: no right to administer rights.
    """
    actor.must(Action.RIGHTS)
    with wall(actor.municipality):
        if not name.strip() or Department.objects.filter(name=name).exists():
            raise UsageError(f"部署名「{name}」は空か、登録済みです", remedy="別の名称にしてください")
        made = Department.objects.create(municipality_id=actor.municipality, name=name)
        record(actor, place="部署の管理", action="add_department", detail={"name": name})
    return made.pk


def group_log(group: int | None, actor: Actor, action: str, **detail: str) -> None:
    """Enter into a group's own log what was done in a municipality: both sides know of it. Outside of every wall."""
    if group is not None:
        with group_wall(group):
            record(actor, place=_PLACE, action=action, detail=detail)


def _municipality(code: str) -> Municipality:
    found = Municipality.objects.filter(code=code).first()
    if found is None:
        raise NotFoundError(f"{code}: この団体はありません", remedy="yakuba tenant list で確かめてください")
    return found


def _operates(actor: Actor, group: int) -> None:
    actor.must(Action.OPERATE)
    if not actor.system and actor.group != group:
        raise NotFoundError("このグループはありません", remedy="自分のグループだけを扱えます")
    if not MunicipalGroup.objects.filter(pk=group).exists():
        raise NotFoundError("このグループはありません", remedy="yakuba tenant list で確かめてください")
