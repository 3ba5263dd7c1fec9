"""Looking at the looks (ログの分析): who worked at night or on a day off, who looked at very many people.

Source of the questions: 住民記録システム標準仕様書 10.2 (夜間・休日の利用, 大量の検索, 特定の者の照会).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, TruncHour
from django.utils import timezone

from yakuba.tenancy.audit.days import day_range
from yakuba.tenancy.audit.log import home, record
from yakuba.tenancy.models import AuditEntry
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from yakuba.tenancy.acting import Actor

NIGHT_FROM, NIGHT_UNTIL = 21, 7
"""Hours, local time: from 21:00 to 6:59 is night."""
_SATURDAY = 6


@dataclass(frozen=True, slots=True)
class Use:
    """What one person did in a span of days.

    Attributes:
        entries: of the log. people: different 宛名番号. night, weekend: entries then. outputs: data handed on.
        busiest_hour: most different people looked at within one clock hour. sign_ins: successful ones.
    """

    actor: str
    name: str
    entries: int
    people: int
    night: int
    weekend: int
    outputs: int
    sign_ins: int
    busiest_hour: int


def uses(actor: Actor, first: date, last: date) -> Sequence[Use]:
    """What everybody did from the first to the last day, most people looked at first. Logs itself.

    Raises:
        NotAllowedError: the actor may not read the log.
    """
    if not actor.operator:
        actor.must(Action.AUDIT)
    with home(actor):
        rows = AuditEntry.objects.filter(number__isnull=False, at__gte=day_range(first)[0], at__lt=day_range(last)[1])
        names = dict(rows.order_by("number").values_list("actor", "name"))
        busiest = _busiest(rows)
        found = [Use(name=names[row["actor"]], busiest_hour=busiest[row["actor"]], **row) for row in _counts(rows)]
        record(actor, place="操作ログ", action="audit", detail={"first": first.isoformat(), "last": last.isoformat()})
    return sorted(found, key=lambda use: (-use.people, use.actor))


def _counts(rows: QuerySet[AuditEntry]) -> Sequence[dict[str, Any]]:
    zone = timezone.get_default_timezone()
    timed = rows.annotate(hour=ExtractHour("at", tzinfo=zone), day=ExtractIsoWeekDay("at", tzinfo=zone))
    counts = timed.values("actor").annotate(
        entries=Count("pk"),
        people=Count("subject", distinct=True, filter=~Q(subject="")),
        night=Count("pk", filter=Q(hour__gte=NIGHT_FROM) | Q(hour__lt=NIGHT_UNTIL)),
        weekend=Count("pk", filter=Q(day__gte=_SATURDAY)),
        outputs=Count("pk", filter=Q(action__in=("output", "export"))),
        sign_ins=Count("pk", filter=Q(action="sign_in")),
    )
    return [dict(row) for row in counts.order_by("actor")]


def _busiest(rows: QuerySet[AuditEntry]) -> dict[str, int]:
    """Most different people that each looked at within one clock hour."""
    zone = timezone.get_default_timezone()
    hours = rows.exclude(subject="").annotate(clock=TruncHour("at", tzinfo=zone)).values("actor", "clock")
    most: dict[str, int] = defaultdict(int)
    for row in hours.annotate(people=Count("subject", distinct=True)).order_by():
        most[row["actor"]] = max(most[row["actor"]], row["people"])
    return most
