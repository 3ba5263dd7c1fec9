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
from yakuba.tenancy.signin.lockout import Outcome, locked_until, who

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
    """Accounts of the actor's municipality or group that failed to sign in lately, newest failure first."""
    if not (actor.operator or actor.may(Action.RIGHTS) or actor.may(Action.AUDIT)):
        return []
    with home(actor):
        accounts = {who(row.login): row for row in Staff.objects.all()}
        rows = SignInAttempt.objects.filter(
            who__in=accounts,
            at__gt=timezone.now() - timedelta(days=days),
            outcome__in=(Outcome.FAILED, Outcome.REFUSED),
        )
        counts: Counter[tuple[str, str]] = Counter()
        last: dict[str, datetime] = {}
        for row in rows.order_by("pk"):
            counts[row.who, row.outcome] += 1
            last[row.who] = row.at
        found = [
            Attempts(
                accounts[key].pk,
                accounts[key].login,
                accounts[key].name,
                counts[key, Outcome.FAILED],
                counts[key, Outcome.REFUSED],
                at,
                locked_until(accounts[key].login),
            )
            for key, at in last.items()
        ]
    return sorted(found, key=lambda one: one.last_at, reverse=True)
