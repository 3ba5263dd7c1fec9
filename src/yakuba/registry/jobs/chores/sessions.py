"""`sessions` (利用の後始末): sessions that ended by themselves leave the table; nobody can come back to them anyway."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.utils import timezone

TITLE = "終わった利用の後始末"


def run() -> dict[str, int]:
    """Forget those whose time is over."""
    gone, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return {"sessions": gone}
