"""Cards (電子証明書のシリアル番号): whose certificate a serial number is, fed message by message, with its history.

Messages are numbered per municipality. One that was heard before changes nothing; with one missing nothing is believed
any more, and the machines stand still until a whole list has come.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.issuance.kiosk.access import PLACE
from yakuba.issuance.kiosk.models import Card, Service
from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from yakuba.tenancy.acting import Actor

COLUMNS = ("シリアル番号", "宛名番号")
"""Columns of a list of cards; an empty 宛名番号 ends a card. More columns are no harm."""
_SERIAL, _ADDRESSEE = 20, 15


class GapError(CannotContinueError):
    """A message is missing. The machines of the municipality stand still until a whole list comes."""


@dataclass(frozen=True, slots=True)
class CardLine:
    """A certificate and whose it is; addressee "" = nobody's from now on (失効, 返納)."""

    serial: str
    addressee: str


def read_cards(path: Path) -> list[CardLine]:
    """A list of cards (CSV, UTF-8).

    Raises:
        UsageError: a column or a number is not what it must be.
    """
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
            raise UsageError(f"{path}: 列「{'、'.join(missing)}」がありません", remedy=f"列は {'、'.join(COLUMNS)}")
        return [_line(row, f"{path}:{number}") for number, row in enumerate(rows, start=2)]


def _line(row: dict[str, str], place: str) -> CardLine:
    serial, addressee = ((row[name] or "").strip() for name in COLUMNS)
    if not (serial.isascii() and serial.isalnum() and len(serial) <= _SERIAL):
        raise UsageError(f"{place}: シリアル番号が正しくありません", remedy="20 桁までの半角英数字にしてください")
    if addressee and not (addressee.isascii() and addressee.isdigit() and len(addressee) <= _ADDRESSEE):
        raise UsageError(f"{place}: 宛名番号が正しくありません", remedy="15 桁までの数字にしてください")
    return CardLine(serial, addressee)


def replace_cards(actor: Actor, sequence: int, lines: Sequence[CardLine]) -> int:
    """Take a whole list as it stands after message `sequence`; gives how many cards there are now.

    Raises:
        NotAllowedError: the actor does not administer certificates.
        UsageError: one serial number twice, or the list is older than what is known.
    """
    actor.must(Action.CERTIFICATES)
    _once(lines)
    with wall(actor.municipality):
        service = _locked(actor)
        if sequence < service.sequence:
            raise UsageError(f"通番 {sequence} は古い一覧です", remedy=f"{service.sequence} 以後の一覧を送ってください")
        wanted = {one.serial: one.addressee for one in lines if one.addressee}
        now = timezone.now()
        there = dict(Card.objects.filter(until=None).values_list("serial", "addressee"))
        gone = [serial for serial, addressee in there.items() if wanted.get(serial) != addressee]
        _end(gone, now)
        new = [CardLine(*one) for one in wanted.items() if there.get(one[0]) != one[1]]
        _begin(actor, new, sequence, now)
        _heard(actor, service, sequence, now, added=len(new), ended=len(gone))
    return len(wanted)


def feed_cards(actor: Actor, sequence: int, lines: Sequence[CardLine]) -> bool:
    """Apply one message of changes; an empty one says that all is as it was. False = it was heard before.

    Raises:
        NotAllowedError: the actor does not administer certificates.
        UsageError: one serial number twice.
        GapError: a message before it is missing. The municipality's machines stand still from now on.
    """
    actor.must(Action.CERTIFICATES)
    _once(lines)
    with wall(actor.municipality):
        service = _locked(actor)
        expected = service.sequence + 1
        if sequence < expected:
            return False
        gap = service.gap or sequence > expected
        if gap:
            service.gap = True
            service.save(update_fields=("gap",))
            audit.record(actor, place=PLACE, action="kiosk_feed_gap", detail={"expected": expected, "got": sequence})
        else:
            now = timezone.now()
            _end([one.serial for one in lines], now)
            _begin(actor, [one for one in lines if one.addressee], sequence, now)
            _heard(actor, service, sequence, now, changed=len(lines))
    if gap:
        raise GapError(
            f"カード情報の通番 {expected} がありません（届いたのは {sequence}）。コンビニ交付を止めました",
            remedy="全件の一覧を取り込んでください（yakuba kiosk cards --whole）",
        )
    return True


def sequence_of(actor: Actor) -> int:
    """Number of the last message that was heard; 0 before the first."""
    with wall(actor.municipality):
        found = Service.objects.filter(pk=actor.municipality).values_list("sequence", flat=True).first()
        return found or 0


def _once(lines: Iterable[CardLine]) -> None:
    seen: set[str] = set()
    for one in lines:
        if one.serial in seen:
            raise UsageError("同じシリアル番号が2回あります", remedy="一覧を作り直してください")
        seen.add(one.serial)


def _locked(actor: Actor) -> Service:
    """The service, held by this message alone; made with its defaults where there is none."""
    Service.objects.get_or_create(municipality_id=actor.municipality)
    return Service.objects.select_for_update().get(pk=actor.municipality)


def _end(serials: Sequence[str], now: datetime) -> None:
    Card.objects.filter(serial__in=serials, until=None).update(until=now)


def _begin(actor: Actor, lines: Iterable[CardLine], sequence: int, now: datetime) -> None:
    Card.objects.bulk_create(
        (
            Card(
                municipality_id=actor.municipality, serial=one.serial, addressee=one.addressee, since=now,
                sequence=sequence,
            )
            for one in lines
        ),
        batch_size=1000,
    )  # fmt: skip


def _heard(actor: Actor, service: Service, sequence: int, now: datetime, **numbers: int) -> None:
    service.sequence, service.fed_at, service.gap = sequence, now, False
    service.save(update_fields=("sequence", "fed_at", "gap"))
    audit.record(actor, place=PLACE, action="kiosk_feed", detail={"sequence": sequence} | numbers)
