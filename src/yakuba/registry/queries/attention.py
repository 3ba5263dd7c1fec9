"""What needs attention (確認が要る人): dates that have come, of people whom only a person can settle.

Nothing here lifts anything: a 支援措置 and a 抑止 hold until somebody ends them.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.registry.display import shown_date
from yakuba.registry.models import Ledger, Record
from yakuba.registry.queries.concern import SECRET, Concern
from yakuba.registry.queries.visible import BUSINESS, people, sees_protected
from yakuba.registry.roles import columns_of, groups_of, table_of
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from yakuba.registry.models import Resident
    from yakuba.tenancy.acting import Actor

SIZE = 50
"""People of one page of the list."""
_DECEMBER = 12
_HELD = ("1", "2")
"""抑止レベル that hold somebody back: アラート, エラー."""
_RELEASED = "4"
"""支援措置状態: 解除."""


@dataclass(frozen=True, slots=True)
class Attention:
    """How many people there are of one concern."""

    concern: Concern
    count: int


@dataclass(frozen=True, slots=True)
class Concerned:
    """One person on the list. day: which day it is about, as people read it; marks as in a search."""

    addressee: str
    name: str
    kana: str
    birth: str
    day: str
    removed: bool
    protected: bool
    blocked: str
    leaving: str


@dataclass(frozen=True, slots=True)
class ConcernedPage:
    """People of one concern, the oldest day first. total: of all pages. page: from 1. of: pages."""

    concern: Concern
    people: tuple[Concerned, ...]
    total: int
    page: int
    of: int


def attention(actor: Actor) -> tuple[Attention, ...]:
    """Numbers of people by concern, those without anybody left out. Names nobody, so it is not logged."""
    if not actor.municipality or not actor.may(Action.VIEW, BUSINESS):
        return ()
    with wall(actor.municipality):
        found = _all(actor)
        counts = {concern: len(days) for concern, days in found.items()}
        counts[Concern.LEAVING] = _leaving(actor).count()
    return tuple(Attention(concern, counts[concern]) for concern in Concern if counts.get(concern))


def concerned(actor: Actor, concern: str, *, page: int = 1, place: str = "確認が要る人") -> ConcernedPage:
    """The people of one concern.

    Raises:
        NotAllowedError: the actor may not look at residents.
        NotFoundError: no such concern for this actor.
    """
    actor.must(Action.VIEW, BUSINESS)
    known = {str(one): one for one in Concern if one not in SECRET or sees_protected(actor)}
    if concern not in known:
        raise NotFoundError("この一覧はありません", remedy="最初の画面から選び直してください")
    with wall(actor.municipality):
        one = known[concern]
        days = dict(_leaving(actor).values_list("addressee", "leaving")) if one is Concern.LEAVING else _all(actor)[one]
        numbers = sorted(days, key=lambda number: (days[number], number))
        of = max(1, -(-len(numbers) // SIZE))
        page = min(max(page, 1), of)
        here = numbers[(page - 1) * SIZE : page * SIZE]
        there = {found.addressee: found for found in people(actor).filter(addressee__in=here)}
        audit.record(
            actor, place=place, action="list", items=("氏名", "生年月日", one.day_label),
            detail={"concern": concern, "page": page, "shown": here},
        )  # fmt: skip
    return ConcernedPage(one, tuple(_line(there[n], days[n]) for n in here), len(numbers), page, of)


def _all(actor: Actor) -> dict[Concern, dict[str, str]]:
    """宛名番号 → day, by concern, of people who exist for the actor; without 転出予定."""
    today = timezone.localdate()
    first, soon = today.isoformat(), month_after(today).isoformat()
    found: dict[Concern, dict[str, str]] = {Concern.BLOCK_OVER: _blocks(first)}
    if sees_protected(actor):
        ends = _protections(soon)
        found[Concern.PROTECTION_OVER] = {number: day for number, day in ends.items() if day < first}
        found[Concern.PROTECTION_ENDS] = {number: day for number, day in ends.items() if day >= first}
    numbers = {number for days in found.values() for number in days}
    there = set(people(actor).filter(addressee__in=numbers).values_list("addressee", flat=True)) if numbers else set()
    return {concern: {n: day for n, day in days.items() if n in there} for concern, days in found.items()}


def month_after(day: date) -> date:
    """The same day of the next month, or its last.

    >>> from datetime import date
    >>> month_after(date(2026, 11, 21)), month_after(date(2027, 1, 31))
    (datetime.date(2026, 12, 21), datetime.date(2027, 2, 28))
    """
    year, month = (day.year + 1, 1) if day.month == _DECEMBER else (day.year, day.month + 1)
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def _protections(until: str) -> dict[str, str]:
    """Applicants whose measures all end until a day: an extension is a later end; the latest end of each."""
    ends: dict[str, str] = {}
    for raws in _held("protection", ("addressee", "last", "state"), last__isnull=False, released__isnull=True):
        if raws["state"] != _RELEASED:
            ends[raws["addressee"]] = max(raws["last"], ends.get(raws["addressee"], ""))
    return {number: last for number, last in ends.items() if last <= until}


def _blocks(before: str) -> dict[str, str]:
    """Whose 抑止 has an end date that has passed and was not released; the oldest of each."""
    ends: dict[str, str] = {}
    for raws in _held("block", ("addressee", "last"), last__lt=before, released__isnull=True, level__in=_HELD):
        ends[raws["addressee"]] = min(raws["last"], ends.get(raws["addressee"], raws["last"]))
    return ends


def _held(table: str, wanted: tuple[str, ...], **conditions: object) -> list[dict[str, str]]:
    """Rows of a small ledger for which conditions on roles hold (`last__lt=…`), with only the cells that are wanted."""
    rows: list[dict[str, str]] = []
    for ledger in Ledger.objects.filter(title__in=groups_of(table)):
        roles = columns_of(table, ledger.columns)
        if table_of(ledger.business, ledger.title) != table or "last" not in roles:
            continue
        at = {role: f"cells__{ledger.columns.index(name)}" for role, name in roles.items()}
        asked = {name: name.partition("__")[0] for name in conditions}
        here = {name.replace(role, at[role], 1): conditions[name] for name, role in asked.items() if role in at}
        places = {role: at[role] for role in wanted if role in at}
        empty = dict.fromkeys(wanted, "")
        found = Record.objects.filter(ledger=ledger, **here).values(*places.values())
        rows += [empty | {role: row[place] or "" for role, place in places.items()} for row in found]
    return rows


def _leaving(actor: Actor) -> QuerySet[Resident]:
    """Who still lives here though the planned day of leaving has come."""
    today = timezone.localdate().isoformat()
    return people(actor).filter(leaving__gt="", leaving__lte=today, removed=False, outsider=False)


def _line(found: Resident, day: str) -> Concerned:
    birth = shown_date(found.birth, found.birth_era, found.birth_unknown, western=found.kind == "2")
    return Concerned(
        found.addressee, found.name, found.kana, birth, shown_date(day), found.removed, found.protected,
        found.blocked, found.leaving,
    )  # fmt: skip
