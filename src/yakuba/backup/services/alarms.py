"""Alarms (警報): raised and ended by what is found, taken notice of by a person, with what is done about it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.backup.access import PLACE, operates
from yakuba.backup.models import Alarm
from yakuba.backup.words import ALARMS
from yakuba.kernel.errors import UsageError
from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.audit import record
from yakuba.tenancy.database.walls import group_wall, wall

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

_SENTENCE, _REASON = 400, 200
logger = logging.getLogger("yakuba.backup")


def raise_alarm(municipality: str, kind: str, sentence: str) -> None:
    """Say that something is not as it should be; what is known already is only seen once more.

    Args:
        kind: see `backup.words.ALARMS`. sentence: what and where, without anything of a person.
    """
    now, text = timezone.now(), sentence[:_SENTENCE]
    with wall(municipality):
        alarm, new = Alarm.objects.select_for_update().get_or_create(
            municipality_id=municipality, kind=kind, ended_at=None,
            defaults={"sentence": text, "since": now, "last_at": now},
        )  # fmt: skip
        if not new:
            # Something else of the same kind is news to whoever has taken notice of the former.
            if alarm.sentence != text:
                alarm.acknowledged_at = None
            alarm.sentence, alarm.last_at = text, now
            alarm.save(update_fields=("sentence", "last_at", "acknowledged_at"))
    if new:
        logger.warning("backup alarm", extra={"fields": {"municipality": municipality, "kind": kind}})


def end_alarm(municipality: str, *kinds: str) -> None:
    """Say that it is not so any more; the alarm stays on the screen until somebody has taken notice."""
    with wall(municipality):
        Alarm.objects.filter(kind__in=kinds, ended_at=None).update(ended_at=timezone.now())


def acknowledge(actor: Actor, municipality: str, alarm: int, reason: str) -> None:
    """Take notice of an alarm (確認) and say what is done about it.

    Raises:
        NotAllowedError, NotFoundError: as for `operates`; there is no such alarm.
        UsageError: nothing is said.
    """
    if not reason.strip():
        raise UsageError("対処が空です", remedy="何をしたか、または何をするかを入力してください")
    operates(actor, municipality)
    with wall(municipality):
        found = Alarm.objects.select_for_update().filter(pk=alarm).first()
        if found is None:
            raise NotFoundError("この警報はありません", remedy="一覧から選んでください")
        found.acknowledged_at, found.by, found.reason = timezone.now(), actor.login, reason.strip()[:_REASON]
        found.save(update_fields=("acknowledged_at", "by", "reason"))
        detail = {"alarm": ALARMS.get(found.kind, found.kind)}
        record(actor, place=PLACE, action="backup_acknowledge", reason=reason, detail=detail)
    if actor.group is not None:
        with group_wall(actor.group):
            both = {"municipality": municipality} | detail
            record(actor, place=PLACE, action="backup_acknowledge", reason=reason, detail=both)
