"""A person's life in the register (異動履歴): one row per change, numbered from 1, the last one current."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from yakuba.town._draw import between
from yakuba.town.days import COMPUTERISED, JUKI_NET, MY_NUMBER, TODAY
from yakuba.town.people import RELATION_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from yakuba.town.addresses import Address
    from yakuba.town.people import Household, Person

REBUILT, RESIDENT_CODE, MY_NUMBER_GIVEN, ALIAS, FORMER_NAME = "17", "39", "37", "47", "44"
MOVED, CORRECTED, HEAD_CHANGED, SEPARATED = "31", "32", "43", "40"
BY_NOTICE, BY_OFFER, BY_REQUEST, BY_OFFICE = "1", "2", "4", "5"

_KIND = {REBUILT: BY_OFFICE, RESIDENT_CODE: BY_OFFICE, MY_NUMBER_GIVEN: BY_OFFICE, CORRECTED: BY_OFFICE,
         ALIAS: BY_OFFER, FORMER_NAME: BY_REQUEST}  # fmt: skip
"""異動区分 by 異動事由; everything else is a notification (届出)."""


class Row(NamedTuple):
    """What of a history row differs from row to row of one person. Days are day numbers, 0 = empty."""

    person: int
    number: int
    household: str
    area: str
    town: str
    lot: str
    building: str
    postal: str
    surname: str
    head: str
    relation: str
    relation_text: str
    position: int
    reason: str
    kind: str
    day: int
    notified: int
    processed: int
    settled: int
    removed: int
    last: int


def history(person: Person, rng: Random) -> list[Row]:
    """Rows of a person, first to last."""
    rows: list[Row] = []
    events = sorted(_events(person, rng))
    for number, (day, _, reason) in enumerate(events, start=1):
        last = number == len(events)
        row = _row(person, number, day, reason, rng, last=last)
        # Rows are numbered as they are processed: a late notification delays what the office does after it.
        rows.append(row._replace(processed=max(row.processed, rows[-1].processed)) if rows else row)
    return rows


def _events(person: Person, rng: Random) -> Iterator[tuple[int, int, str]]:
    """(day, rank within the day, 異動事由) of everything recorded about a person."""
    home = person.household
    start = max(person.entered, COMPUTERISED)
    end = person.removed or TODAY + 1
    yield start, 0, person.reason if person.entered > COMPUTERISED else REBUILT
    joined = home.formed if person.parents else start
    if person.parents and start < joined < end:
        yield joined, 1, SEPARATED if person.index % 3 == 0 else MOVED
    begun = max(joined, start)
    for day, rank, reason in (*_of_home(home), *_of_everybody(person)):
        if (begun if reason in (MOVED, CORRECTED) else start) < day < end:
            yield day, rank, reason
    if begun < home.corrected < end:
        # All members: a corrected name of the head stands in everybody's row (標準仕様書 4.1.4).
        yield home.corrected, 6, CORRECTED
    if start < person.former_since < end:
        yield person.former_since, 7, FORMER_NAME
    if person.planned:
        yield person.planned, 9, "21"
    if person.removed:
        yield person.removed, 9, person.removal
    elif rng.random() < 0.45 and start + 60 < TODAY:  # noqa: PLR2004 - small corrections (方書, notation) met by many
        yield between(rng, start + 30, TODAY - 16), 8, CORRECTED


def _of_home(home: Household) -> Iterator[tuple[int, int, str]]:
    """What happens to all members: moves within the town, a new head."""
    yield from ((day, 2, MOVED) for day, _ in home.addresses[1:])
    yield from ((day, 3, HEAD_CHANGED) for day, _ in home.heads[1:])


def _of_everybody(person: Person) -> Iterator[tuple[int, int, str]]:
    """What the office did for all residents, and a recorded 通称."""
    if not person.foreign:
        yield JUKI_NET, 4, RESIDENT_CODE
    yield MY_NUMBER, 5, MY_NUMBER_GIVEN
    if person.recorded_alias:
        yield person.entered + 30, 7, ALIAS


def _row(person: Person, number: int, day: int, reason: str, rng: Random, *, last: bool) -> Row:
    home = person.household
    with_parents = person.parents is not None and day < home.formed
    settled, address = home.address(day)
    household, head, relation, text = home.number, home.head(day - (day == person.removed)).name_on(day), "", ""
    if with_parents and person.parents is not None:
        household, head = person.parents
        relation, text, settled = "20", "子", person.entered
    else:
        found = person.relation(day - (day == person.removed))
        relation, text = found.code, found.text or RELATION_TEXT[found.code]
    kind = _KIND.get(reason, BY_NOTICE)
    notified = _notified(day, reason, kind, rng)
    return Row(
        person.index,
        number,
        household,
        *_place(address),
        person.old_surname if person.old_surname and day < home.corrected else person.surname.text,
        head,
        relation,
        text,
        _position(home, person) if not with_parents else 3,
        reason,
        kind,
        day,
        notified,
        notified or min(day + between(rng, 0, 3), TODAY),
        max(settled, person.entered),
        person.removed if last else 0,
        int(last),
    )


def _place(address: Address) -> tuple[str, str, str, str, str]:
    return address.code, address.area, address.lot, address.building, address.postal


def _notified(day: int, reason: str, kind: str, rng: Random) -> int:
    """届出日: before the day for a move out, within 14 days after it for the rest, none when the office acts."""
    if kind == BY_OFFICE:
        return 0
    if reason in ("21", "22"):
        return min(day - between(rng, 0, 10), TODAY)
    return min(day + between(rng, 0, 7 if reason == "23" else 13), TODAY)


def _position(home: Household, person: Person) -> int:
    """記載順位: 1 for the head of today, the others in the order they are kept."""
    live = [one for one in home.members if one.live or not person.live]
    return live.index(person) + 1
