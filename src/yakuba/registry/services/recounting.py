"""Counting again (集計のやり直し): the numbers of a municipality after a change, exactly, and as a whole at night.

Every number is a sum over households, so a change of one person is counted by the households it touches, before and
after, and nobody else is read.
"""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

import polars as pl
from django.db.models import Q
from django.utils import timezone

from yakuba.registry.display import Shape
from yakuba.registry.models import Ledger, Record, Resident, Statistic
from yakuba.registry.roles import columns_of, table_of
from yakuba.registry.services.statistics import count, counted, first_month
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from yakuba.registry.drafting import Drafted
    from yakuba.tenancy.acting import Actor

_COLUMNS = {
    "household": pl.String(), "outsider": pl.Boolean(), "removed": pl.Boolean(), "kind": pl.String(),
    "sex": pl.String(), "birth": pl.String(),
}  # fmt: skip
_NOTHING = pl.DataFrame(schema={"reason": pl.String(), "day": pl.String()})
_UNKNOWN = "不明"
_AT_ONCE = 50_000


@contextmanager
def recounted(person: Resident, made: Drafted) -> Iterator[None]:
    """Around the write of one person: the municipality's numbers follow it. Inside the wall."""
    kept = Statistic.objects.select_for_update().filter(municipality=person.municipality_id).first()
    homes = {person.household, made.after.get(made.roles.get("household", ""), "")} - {""}
    whom = Resident.objects.filter(municipality=person.municipality_id)
    whom = whom.filter(pk__in=list(whom.filter(Q(pk=person.pk) | Q(household__in=homes)).values_list("pk", flat=True)))
    before = _people(whom)
    yield
    if kept is None:
        return
    numbers = dict(kept.numbers)
    parts = (counted(part, _NOTHING, {}, kept.as_of) for part in (before, _people(whom)))
    _moved(numbers, *parts)
    _month(numbers, made)
    Statistic.objects.filter(municipality=person.municipality_id).update(numbers=numbers, at=timezone.now())


def recount(actor: Actor, as_of: date | None = None) -> bool:
    """Count the whole municipality again, ages as of a day (None = today); whether there was anything to count.

    Raises:
        NotAllowedError: the actor may not load, which is who fills the registry; a command on the server may.
    """
    actor.must(Action.LOAD)
    day = as_of or timezone.localdate()
    with wall(actor.municipality):
        ledger = next((one for one in Ledger.objects.all() if table_of(one.business, one.title) == "resident"), None)
        if ledger is None:
            return False
        history, reasons = _history(ledger, day)
        everybody = _people(Resident.objects.filter(municipality=actor.municipality).order_by())
        count(everybody, history, reasons, day, actor.municipality)
        audit.record(actor, place="集計", action="recount", detail={"people": everybody.height})
    return True


def _people(found: QuerySet[Resident]) -> pl.DataFrame:
    """What is counted of people, a part of them in memory as rows at a time."""
    rows = found.values_list(*_COLUMNS).iterator(_AT_ONCE)
    parts = [pl.DataFrame(schema=_COLUMNS)]
    while part := list(islice(rows, _AT_ONCE)):
        parts.append(pl.DataFrame(part, schema=_COLUMNS, orient="row"))
    return pl.concat(parts)


def _moved(numbers: dict[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Take the part as it was out of the numbers, and put it in as it is."""
    for name, value in before.items():
        if isinstance(value, int):
            numbers[name] += after[name] - value
    bands = {band["from"]: dict(band) for band in numbers["pyramid"]}
    for sign, part in ((-1, before), (1, after)):
        for band in part["pyramid"]:
            there = bands.setdefault(band["from"], {"from": band["from"], "male": 0, "female": 0})
            there |= {sex: there[sex] + sign * band[sex] for sex in ("male", "female")}
    numbers["pyramid"] = [bands[start] for start in sorted(bands)]


def _month(numbers: dict[str, Any], made: Drafted) -> None:
    """One change more in the month of its 異動日, if that is one of the months that are counted today."""
    today = timezone.localdate()
    day, code = (made.after.get(made.roles.get(role, ""), "") for role in ("day", "reason"))
    months = {month: there for month, there in numbers["months"].items() if month >= first_month(today)}
    if day and first_month(today) <= day[:7] and day <= today.isoformat():
        words = _words(made.shape, made.roles.get("reason", "")).get(code, code or _UNKNOWN)
        there = months.setdefault(day[:7], {})
        months[day[:7]] = there | {words: there.get(words, 0) + 1}
    numbers["months"] = dict(sorted(months.items()))


def _history(ledger: Ledger, day: date) -> tuple[pl.DataFrame, Mapping[str, str]]:
    """異動事由 and 異動日 of the rows of the months that are counted; and the 異動事由 in words."""
    shape = Shape(ledger)
    roles = columns_of(table_of(ledger.business, ledger.title), ledger.columns)
    if "reason" not in roles or "day" not in roles:
        return _NOTHING, {}
    reason, when = (f"cells__{ledger.columns.index(roles[role])}" for role in ("reason", "day"))
    rows = Record.objects.filter(ledger=ledger, **{f"{when}__gte": first_month(day)})
    frame = pl.DataFrame(list(rows.values_list(reason, when)), schema=_NOTHING.schema, orient="row")
    return frame.with_columns(pl.col("reason").fill_null("")), _words(shape, roles["reason"])


def _words(shape: Shape, name: str) -> Mapping[str, str]:
    """Codes of an item in words."""
    item = shape.items.get(name)
    return shape.layout.codes[item.codes].values if item and item.codes and shape.layout else {}
