"""Failed sign-ins of one's own staff (ログインの失敗): names that nobody here has are told to nobody."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.tenancy.audit import home
from yakuba.tenancy.models import SignInAttempt, Staff
from yakuba.tenancy.rights import Action
from yakuba.tenancy.signin.lockout import Outcome, code_of, locked_until, who

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from yakuba.tenancy.acting import Actor

DAYS = 30


@dataclass(frozen=True, slots=True)
class Attempts:
    """An account whose name was tried in vain. locked_until: until when it is not listened to, None when it is."""

    staff: int
    login: str
    name: str
    failed: int
    refused: int
    last_at: datetime
    locked_until: datetime | None


def failed_sign_ins(actor: Actor, days: int = DAYS) -> Sequence[Attempts]:
    """Accounts of the actor's municipality or group that failed to sign in lately, newest failure first.

    Wrong passwords and wrong codes count together.
    """
    if not (actor.operator or actor.may(Action.RIGHTS) or actor.may(Action.AUDIT)):
        return []
    with home(actor):
        accounts = {who(name): row for row in Staff.objects.all() for name in (row.login, code_of(row.login))}
        rows = SignInAttempt.objects.filter(
            who__in=accounts,
            at__gt=timezone.now() - timedelta(days=days),
            outcome__in=(Outcome.FAILED, Outcome.REFUSED),
        )
        counts: Counter[tuple[int, str]] = Counter()
        last: dict[int, datetime] = {}
        for row in rows.order_by("pk"):
            staff = accounts[row.who].pk
            counts[staff, row.outcome] += 1
            last[staff] = row.at
        people = {row.pk: row for row in accounts.values()}
        found = [
            Attempts(
                key,
                people[key].login,
                people[key].name,
                counts[key, Outcome.FAILED],
                counts[key, Outcome.REFUSED],
                at,
                _locked(people[key].login),
            )
            for key, at in last.items()
        ]
    return sorted(found, key=lambda one: one.last_at, reverse=True)


def _locked(login: str) -> datetime | None:
    """Until when the password or the code of an account is not listened to."""
    return max(filter(None, (locked_until(login), locked_until(code_of(login)))), default=None)
