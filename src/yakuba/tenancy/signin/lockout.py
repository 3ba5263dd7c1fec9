"""Lock-out (ロック): after some failures in a row a name is not listened to for a while, whether it exists or not.

What happens for a name that exists and one that does not is the same work and the same answer, so that neither the
words nor the time tell who works here. Attempts are kept and never changed.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.utils import timezone

from yakuba.tenancy.models import SignInAttempt

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOK_BACK = 50
"""Attempts of one name that are looked at; more failures than that lock no harder."""


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


def note(name: str, outcome: Outcome) -> None:
    """Keep an attempt."""
    SignInAttempt.objects.create(who=who(name), at=timezone.now(), outcome=outcome)


def forgive(name: str) -> None:
    """Listen to a name again: its password was made anew, or an administrator opened the lock."""
    note(name, Outcome.FORGIVEN)


def used_just_now(name: str, within: timedelta) -> bool:
    """Whether a name had a success within so much time."""
    since = timezone.now() - within
    return SignInAttempt.objects.filter(who=who(name), outcome=Outcome.SUCCESS, at__gt=since).exists()


def _attempts(name: str) -> Sequence[tuple[str, datetime]]:
    """Newest first."""
    # Refusals do not push the failures out of sight that made them.
    kept = SignInAttempt.objects.filter(who=who(name)).exclude(outcome=Outcome.REFUSED).order_by("-pk")[:_LOOK_BACK]
    return list(kept.values_list("outcome", "at"))


def failures_since_success(name: str) -> int:
    """How often a name failed since it last got in: told to whoever signs in, and to the log."""
    outcomes = [outcome for outcome, _ in _attempts(name)]
    return outcomes.index(Outcome.SUCCESS) if Outcome.SUCCESS in outcomes else len(outcomes)
