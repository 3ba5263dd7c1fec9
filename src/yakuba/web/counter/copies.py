"""最後の控え: when the last good copy of the municipality's data was taken, told to those who administer it.

A link on this machine knows most: what is sealed, sent and refused. Without one the centre's own tables tell, where the
centre is this installation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.backup import queries as backup
from yakuba.link.place import usual
from yakuba.link.status import read_status
from yakuba.tenancy.rights import Action
from yakuba.vault.format.times import moment
from yakuba.web.components import Notice
from yakuba.web.words import date_and_time

if TYPE_CHECKING:
    from datetime import datetime

    from yakuba.link.status import Copy, Status
    from yakuba.tenancy.acting import Actor

_TOLD = (Action.RIGHTS, Action.LOAD, Action.EXPORT, Action.MIGRATE)
_NONE = "控えがまだありません"


def copies(actor: Actor) -> list[Notice]:
    """At most two notices: the last good copy, and what waits for a decision."""
    if not any(actor.may(action) for action in _TOLD):
        return []
    status = read_status(usual(actor.municipality))
    return _of_link(status) if status else _of_centre(actor)


def _of_link(status: Status) -> list[Notice]:
    late, newest = status.late(timezone.now()), status.good
    told = [_good(newest, status, late=late) if newest else Notice(_NONE, "連携APはまだ何も封印していません。", "warn")]
    if status.refused:
        text = f"{status.refused[-1].reasons[0]}。情報担当に「yakuba link status」を確かめてもらってください。"
        told.append(Notice(f"控えにする前の判断待ちが {len(status.refused)} 件あります", text, "warn"))
    return told


def _good(newest: Copy, status: Status, *, late: bool) -> Notice:
    if not status.sends:
        where = "役場の中だけに置いています。"
    elif newest.received_at:
        where = f"センターが {_when(moment(newest.received_at))} に受け取りました。"
    else:
        where = "まだセンターに届いていません。"
    problem = status.problem or status.line.problem
    text = where + (f"止まっている理由：{problem}" if problem else "")
    return Notice(_title(moment(newest.as_of), late=late), text, "warn" if late or status.attention else "ok")


def _of_centre(actor: Actor) -> list[Notice]:
    if backup.plan(actor.municipality) is None:
        return []
    good = backup.last_good(actor)
    if good is None:
        return [Notice(_NONE, "センターに控えが届いていません。", "warn")]
    text = f"センターが {_when(good.received_at)} に受け取りました。"
    return [Notice(_title(good.as_of, late=good.late), text, "warn" if good.late else "ok")]


def _title(as_of: datetime, *, late: bool) -> str:
    return f"最後の控え：{_when(as_of)} のデータ" + ("（古くなっています）" if late else "")


def _when(at: datetime) -> str:
    return date_and_time(timezone.localtime(at))
