"""Administration (コンビニ交付の設定): on and off, hours, planned stops, closing of one kind, centres."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from yakuba.certificates.kinds import kind as kind_named
from yakuba.issuance.kiosk.access import PLACE
from yakuba.issuance.kiosk.hours import CLOSES, OPENS
from yakuba.issuance.kiosk.models import Centre, Offer, Service, Window
from yakuba.issuance.terms import State, terms
from yakuba.kernel.certificate import fingerprint_of, read_certificate
from yakuba.kernel.errors import UsageError
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from yakuba.certificates.kinds import Kind
    from yakuba.tenancy.acting import Actor

NEVER = frozenset({"whole", "resident_code", "public_use"})
"""Choices that nobody has at a machine: 世帯全員 follows from who is on the paper, the others need a clerk."""
_AT_MACHINES = (State.LIVING, State.ANY)
_NUMBERS = ("minimum_age", "queue_limit", "step_seconds", "print_seconds", "commission", "feed_minutes")
_REASON, _NAME, _WHOLE = 200, 40, len("2026-01-01")


def suitable(kind: Kind) -> bool:
    """Whether a kind can be had at machines at all: not of people who are gone or going (除票, 転出証明書)."""
    return terms(kind.identifier).state in _AT_MACHINES


def choices_of(kind: Kind) -> tuple[str, ...]:
    """Choices that may be opened at machines: of all the kind has, those that need no clerk."""
    return tuple(one.identifier for one in kind.choices if one.identifier not in NEVER)


def configure(actor: Actor, *, running: bool | None = None, **numbers: int | None) -> None:
    """Switch コンビニ交付 on or off, and set its limits (`models.Service`); what is not said stays.

    Raises:
        NotAllowedError: the actor does not administer certificates.
        UsageError: a limit that cannot be meant.
    """
    actor.must(Action.CERTIFICATES)
    if unknown := set(numbers) - set(_NUMBERS):
        raise UsageError(f"no such limit: {', '.join(sorted(unknown))}", remedy=f"use {', '.join(_NUMBERS)}")
    if any(value is not None and value < 0 for value in numbers.values()):
        raise UsageError("負の数は設定できません", remedy="0 以上の数にしてください")
    changed: dict[str, Any] = dict(numbers) | ({} if running is None else {"running": running})
    with wall(actor.municipality):
        Service.objects.update_or_create(municipality_id=actor.municipality, defaults=changed)
        audit.record(actor, place=PLACE, action="kiosk_configure", items=sorted(changed), detail=changed)


def set_closed_days(actor: Actor, days: tuple[str, ...]) -> None:
    """Days without any issue: "MM-DD" every year, "YYYY-MM-DD" once.

    Raises:
        NotAllowedError: the actor does not administer certificates.
        UsageError: no such day.
    """
    actor.must(Action.CERTIFICATES)
    for day in days:
        try:
            date.fromisoformat(day if len(day) == _WHOLE else f"2024-{day}")
        except ValueError as error:
            raise UsageError(f"休止日 {day} は正しくありません", remedy="MM-DD か YYYY-MM-DD にしてください") from error
    with wall(actor.municipality):
        Service.objects.update_or_create(municipality_id=actor.municipality, defaults={"closed_days": list(days)})
        audit.record(actor, place=PLACE, action="kiosk_configure", items=["closed_days"])


def offer(
    actor: Actor,
    kind: str,
    *,
    hours: tuple[str, str] | None = None,
    weekdays: str = "",
    choices: tuple[str, ...] | None = None,
) -> None:
    """Offer a kind at machines, or change when and with which choices.

    Args:
        hours: from and until, "06:30". weekdays: ISO, "12345". choices: None = all but 個人番号, which a municipality
            opens by name.

    Raises:
        NotAllowedError: the actor does not administer certificates.
        UsageError: no such kind, not for machines, or a choice that is never open there.
    """
    actor.must(Action.CERTIFICATES)
    found = kind_named(kind)
    if not suitable(found):
        raise UsageError(f"{found.label}は端末では交付できません", remedy="ほかの証明書を選んでください")
    known = choices_of(found)
    if choices is not None and (unknown := set(choices) - set(known)):
        raise UsageError(
            f"記載事項 {'、'.join(sorted(unknown))} は端末では選べません", remedy=f"{'、'.join(known)} から"
        )
    if weekdays and (set(weekdays) - set("1234567")):
        raise UsageError(f"曜日 {weekdays} は正しくありません", remedy="月=1 から 日=7 までの数字にしてください")
    usual = tuple(one.identifier for one in found.choices if one.identifier in known and not one.secret)
    changed: dict[str, Any] = {"opens": hours[0], "closes": hours[1]} if hours else {}
    changed |= {"weekdays": weekdays} if weekdays else {}
    with wall(actor.municipality):
        there = Offer.objects.filter(kind=kind).exists()
        if choices is not None or not there:
            changed["choices"] = list(usual if choices is None else choices)
        if not there:
            changed = {"opens": OPENS, "closes": CLOSES} | changed
        Offer.objects.update_or_create(municipality_id=actor.municipality, kind=kind, defaults=changed)
        audit.record(actor, place=PLACE, action="kiosk_offer", items=sorted(changed), detail={"kind": kind})


def close(actor: Actor, kind: str, reason: str) -> None:
    """Close one kind at once (一部閉鎖); sessions that have paid still get their paper.

    Raises:
        NotAllowedError: the actor does not administer certificates.
        UsageError: no reason. NotFoundError: the kind is not offered.
    """
    if not reason.strip():
        raise UsageError("理由がありません", remedy="閉鎖の理由を入力してください")
    with wall(actor.municipality):
        _set_closed(actor, kind, reason.strip()[:_REASON])
        audit.record(actor, place=PLACE, action="kiosk_close", reason=reason, detail={"kind": kind})


def reopen(actor: Actor, kind: str) -> None:
    """Open a kind again.

    Raises:
        NotAllowedError: the actor does not administer certificates. NotFoundError: the kind is not offered.
    """
    with wall(actor.municipality):
        _set_closed(actor, kind, "")
        audit.record(actor, place=PLACE, action="kiosk_reopen", detail={"kind": kind})


def _set_closed(actor: Actor, kind: str, reason: str) -> None:
    actor.must(Action.CERTIFICATES)
    if not Offer.objects.filter(kind=kind).update(closed=reason):
        raise NotFoundError(f"{kind}は端末で取り扱っていません", remedy="取り扱う証明書から選んでください")


def plan_stop(actor: Actor, first: datetime, last: datetime, reason: str, *, kind: str = "") -> None:
    """Plan a stop (計画停止) of everything, or of one kind.

    Raises:
        NotAllowedError: the actor does not administer certificates.
        UsageError: no reason, it ends before it begins, or no such kind.
    """
    actor.must(Action.CERTIFICATES)
    if kind:
        kind_named(kind)
    if not reason.strip() or last <= first:
        raise UsageError("計画停止の理由がないか、終わりが始まりより前です", remedy="期間と理由を確かめてください")
    with wall(actor.municipality):
        Window.objects.create(
            municipality_id=actor.municipality, kind=kind, first=first, last=last, reason=reason.strip()[:_REASON],
            login=actor.login,
        )  # fmt: skip
        audit.record(
            actor, place=PLACE, action="kiosk_window", reason=reason,
            detail={"kind": kind, "first": first.isoformat(), "last": last.isoformat()},
        )  # fmt: skip


def admit(actor: Actor, name: str, certificate: bytes) -> str:
    """Let a centre in by its certificate (PEM); gives the fingerprint. Safe to repeat.

    Raises:
        NotAllowedError: the actor does not administer certificates.
        UsageError: no name, no certificate, or one that has expired.
    """
    actor.must(Action.CERTIFICATES)
    fingerprint = fingerprint_of(certificate)
    if read_certificate(certificate).not_valid_after_utc < timezone.now():
        raise UsageError("証明書の有効期間が過ぎています", remedy="有効な証明書を受け取ってください")
    if not name.strip():
        raise UsageError("交付センターの名称がありません", remedy="名称を入力してください")
    with wall(actor.municipality):
        if not Centre.objects.filter(fingerprint=fingerprint, revoked_at=None).exists():
            Centre.objects.create(
                municipality_id=actor.municipality, name=name.strip()[:_NAME], fingerprint=fingerprint,
                login=actor.login,
            )  # fmt: skip
            audit.record(actor, place=PLACE, action="kiosk_admit", detail={"name": name, "fingerprint": fingerprint})
    return fingerprint


def expel(actor: Actor, fingerprint: str) -> None:
    """A centre's certificate is worth nothing here from now on. Safe to repeat.

    Raises:
        NotAllowedError: the actor does not administer certificates.
    """
    actor.must(Action.CERTIFICATES)
    with wall(actor.municipality):
        if Centre.objects.filter(fingerprint=fingerprint, revoked_at=None).update(revoked_at=timezone.now()):
            audit.record(actor, place=PLACE, action="kiosk_expel", detail={"fingerprint": fingerprint})


def span(text: str) -> tuple[str, str]:
    """From and until, as a person writes them.

    Raises:
        UsageError: no such times.

    >>> span("6:30-23:00")
    ('06:30:00', '23:00:00')
    """
    first, _, last = text.partition("-")
    try:
        opens, closes = (datetime.strptime(one.strip(), "%H:%M").time() for one in (first, last))  # noqa: DTZ007
    except ValueError as error:
        raise UsageError(f"利用時間 {text} は正しくありません", remedy="06:30-23:00 のように書いてください") from error
    if closes <= opens:
        raise UsageError(f"利用時間 {text} は終わりが先です", remedy="06:30-23:00 のように書いてください")
    return opens.isoformat(), closes.isoformat()
