"""Lock-out (ロック): after some failures in a row a name is not listened to for a while, whether it exists or not.

Nor is an address from which many names fail: one password tried on every account (パスワードスプレー) would lock none.

What happens for a name that exists and one that does not is the same work and the same answer, so that neither the
words nor the time tell who works here. Attempts are never changed, and kept for `YAKUBA_ATTEMPT_DAYS`.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from yakuba.tenancy.models import SignInAttempt

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOK_BACK = 50
"""Attempts of one name that are looked at; more failures than that lock no harder."""
_OF_ONE_ADDRESS = 2000
"""The same of one address, behind which a whole town hall may sit."""


class Outcome(StrEnum):
    """What became of an attempt."""

    SUCCESS = "success"
    FAILED = "failed"
    REFUSED = "refused"
    FORGIVEN = "forgiven"


def who(name: str) -> str:
    """Keyed hash of a name: the table of attempts names nobody, and nobody without the key can look one up."""
    return hmac.new(settings.SECRET_KEY.encode(), name.casefold().encode(), hashlib.sha256).hexdigest()


def code_of(name: str) -> str:
    """The name under which wrong codes of an account are counted."""
    return f"code of {name}"


def one_at_a_time(name: str) -> None:
    """Wait until no other transaction tries this name: many tries at once are still counted one by one."""
    number = int.from_bytes(bytes.fromhex(who(name))[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def locked_until(name: str) -> datetime | None:
    """Until when a name is not listened to; None when it is."""
    failures: list[datetime] = []
    for outcome, at in _attempts(name):
        if outcome in (Outcome.SUCCESS, Outcome.FORGIVEN):
            break
        if outcome == Outcome.FAILED:
            failures.append(at)
    if len(failures) < settings.LOCK_FAILURES:
        return None
    until = failures[0] + timedelta(minutes=settings.LOCK_MINUTES)
    return until if until > timezone.now() else None


def flooded(origin: str) -> bool:
    """Whether so many names fail from one address (`origin.counted`) that nothing from there is listened to.

    A name that got in from there since its last failure is somebody's slip and not counted, so that a town hall behind
    one address does not lock itself out on a Monday morning.
    """
    if not origin:
        return False
    since = timezone.now() - timedelta(minutes=settings.LOCK_MINUTES)
    rows = SignInAttempt.objects.filter(origin=_place(origin), at__gt=since).exclude(outcome=Outcome.REFUSED)
    newest: dict[str, str] = {}
    for name, outcome in rows.order_by("-pk").values_list("who", "outcome")[:_OF_ONE_ADDRESS]:
        newest.setdefault(name, outcome)
    return list(newest.values()).count(Outcome.FAILED) >= settings.ADDRESS_FAILURES


def note(name: str, outcome: Outcome, origin: str = "") -> None:
    """Keep an attempt, with the address it came from (`origin.counted`)."""
    place = _place(origin) if origin else ""
    SignInAttempt.objects.create(who=who(name), origin=place, at=timezone.now(), outcome=outcome)


def _place(origin: str) -> str:
    """Keyed hash of an address: whose it is, is nobody's business but the attempt's."""
    return who(f"from {origin}")


def forget(days: int) -> int:
    """Forget attempts of longer ago; gives how many. The database itself keeps those of the last 90 days."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenancy_forget_attempts(%s)", [days])
        return int(cursor.fetchone()[0])


def forgive(name: str) -> None:
    """Listen to a name again: its password was made anew, or an administrator opened the lock."""
    note(name, Outcome.FORGIVEN)


def used_just_now(name: str, within: timedelta) -> bool:
    """Whether a name had a success within so much time."""
    since = timezone.now() - within
    return SignInAttempt.objects.filter(who=who(name), outcome=Outcome.SUCCESS, at__gt=since).exists()


def failed_within(name: str, within: timedelta) -> bool:
    """Whether a name failed within so much time."""
    since = timezone.now() - within
    return SignInAttempt.objects.filter(who=who(name), outcome=Outcome.FAILED, at__gt=since).exists()


def _attempts(name: str) -> Sequence[tuple[str, datetime]]:
    """Newest first."""
    # Refusals do not push the failures out of sight that made them.
    kept = SignInAttempt.objects.filter(who=who(name)).exclude(outcome=Outcome.REFUSED).order_by("-pk")[:_LOOK_BACK]
    return list(kept.values_list("outcome", "at"))


def lately() -> dict[str, int]:
    """Attempts of the last minutes by outcome, over all names: for watchers, nobody's in particular."""
    since = timezone.now() - timedelta(minutes=settings.LOCK_MINUTES)
    counts = SignInAttempt.objects.filter(at__gt=since).order_by().values_list("outcome").annotate(Count("pk"))
    return dict.fromkeys((outcome.value for outcome in Outcome), 0) | dict(counts)


def failures_since_success(name: str) -> int:
    """How often a name failed since it last got in: told to whoever signs in, and to the log."""
    outcomes = [outcome for outcome, _ in _attempts(name)]
    return outcomes.index(Outcome.SUCCESS) if Outcome.SUCCESS in outcomes else len(outcomes)
