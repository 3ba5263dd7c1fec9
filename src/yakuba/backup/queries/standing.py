"""How the copies stand (控えのようす): one line per municipality in numbers. Nothing of a resident is known here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from yakuba.backup.models import Alarm, Check, Entry, Plan
from yakuba.backup.queries.plans import PlanLine, plan_line
from yakuba.tenancy.acting import NotAllowedError
from yakuba.tenancy.database.walls import group_wall, wall
from yakuba.tenancy.queries import municipalities
from yakuba.vault.format.entry import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, timedelta

    from yakuba.tenancy.acting import Actor


GENERATIONS = frozenset({"full", "delta"})
"""Kinds of entries that are generations (世代)."""


@dataclass(frozen=True, slots=True)
class LastGood:
    """The newest good copy.

    Attributes:
        number: of the generation. as_of: moment of its data. written_at: sender's clock. received_at: ours.
        age: since the older of data state and arrival, by our clock. late: older than the plan allows.
    """

    number: int
    as_of: datetime
    written_at: datetime
    received_at: datetime
    age: timedelta
    late: bool


@dataclass(frozen=True, slots=True)
class AlarmLine:
    """One alarm: see `models.Alarm`."""

    id: int
    kind: str
    sentence: str
    since: datetime
    last_at: datetime
    ended_at: datetime | None
    acknowledged_at: datetime | None
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check: see `models.Check`."""

    kind: str
    at: datetime
    ok: bool
    number: int | None
    sentence: str
    figures: Mapping[str, float | str]


@dataclass(frozen=True, slots=True)
class Standing:
    """One municipality.

    Attributes:
        good: its last good copy, None without one. generations, bytes, rows: how many are kept, what they take,
            rounded rows of the newest. holds: generations under legal hold (保存命令).
        behind: entries that the second centre does not have yet.
        alarms: those that have not both ended and been taken notice of. checks: the newest of each kind, by kind.
    """

    plan: PlanLine
    good: LastGood | None
    generations: int
    bytes: int
    rows: int
    holds: tuple[int, ...]
    behind: int
    alarms: tuple[AlarmLine, ...]
    checks: Mapping[str, CheckLine]


def standings(actor: Actor) -> Sequence[Standing]:
    """Municipalities of the operator's group that have a plan; all of the installation for a command.

    Raises:
        NotAllowedError: somebody of neither.
    """
    if actor.group is not None:
        with group_wall(actor.group):
            return [standing_of(row) for row in Plan.objects.select_related("municipality").order_by("pk")]
    if not actor.system:
        raise NotAllowedError("この画面は共同利用の運用者のものです", remedy="運用者に聞いてください")
    codes = [actor.municipality] if actor.municipality else [one.code for one in municipalities()]
    return [found for code in codes if (found := _behind_wall(code))]


def _behind_wall(code: str) -> Standing | None:
    with wall(code):
        row = Plan.objects.select_related("municipality").filter(pk=code).first()
        return standing_of(row) if row else None


def last_good(actor: Actor) -> LastGood | None:
    """The last good copy of the actor's own municipality; None without one, or without a plan."""
    found = _behind_wall(actor.municipality) if actor.municipality else None
    return found.good if found else None


def standing_of(row: Plan) -> Standing:
    """How one municipality stands; inside a wall through which its rows are read."""
    plan, entries = plan_line(row), light_entries(row.pk)
    kept = [one for one in entries if one.kind in GENERATIONS and one.swept_at is None]
    waiting = [one for one in entries if one.replicated_at is None and one.swept_at is None]
    return Standing(
        plan=plan,
        good=good_of(plan, entries),
        generations=len(kept),
        bytes=sum(one.size for one in entries if one.swept_at is None),
        rows=sum(kept[-1].rows.values()) if kept else 0,
        holds=_holds(row.pk),
        behind=len(waiting) if plan.second_place else 0,
        alarms=alarms_of(Alarm.objects.filter(Q(ended_at=None) | Q(acknowledged_at=None), municipality=row.pk)),
        checks=_newest_checks(row.pk),
    )


def _holds(municipality: str) -> tuple[int, ...]:
    """Generations under legal hold, as the chain's own entries say."""
    held: set[int] = set()
    rows = Entry.objects.filter(municipality=municipality, kind__in=("hold", "release")).order_by("number")
    for row in rows:
        number = int(parse(bytes(row.raw), row.number).fields["generation"])
        held = held | {number} if row.kind == "hold" else held - {number}
    return tuple(sorted(held))


def light_entries(municipality: str) -> Sequence[Entry]:
    """Entries without their files."""
    return list(Entry.objects.filter(municipality=municipality).defer("raw", "receipt").order_by("number"))


def good_of(plan: PlanLine, entries: Sequence[Entry]) -> LastGood | None:
    """The last good copy and whether it is too old for the plan."""
    row = next((one for one in reversed(entries) if one.good), None)
    if row is None or row.as_of is None:
        return None
    age = timezone.now() - min(row.as_of, row.received_at)
    return LastGood(row.number, row.as_of, row.written_at, row.received_at, age, late=age > plan.max_age)


def alarms_of(rows: Iterable[Alarm]) -> tuple[AlarmLine, ...]:
    """Rows as values."""
    return tuple(AlarmLine(**{name: getattr(row, name) for name in AlarmLine.__slots__}) for row in rows)


def _newest_checks(municipality: str) -> Mapping[str, CheckLine]:
    rows = Check.objects.filter(municipality=municipality).order_by("kind", "-id").distinct("kind")
    return {row.kind: check_line(row) for row in rows}


def check_line(row: Check) -> CheckLine:
    """A row as a value."""
    return CheckLine(row.kind, row.at, row.ok, row.number, row.sentence, row.figures)
