"""`attempts` (ログインの試行の整理): attempts to sign in that are older than the keeping period are forgotten."""

from __future__ import annotations

from django.conf import settings

from yakuba.tenancy.signin.lockout import forget

TITLE = "古いログイン試行の整理"


def run() -> dict[str, int]:
    """Forget them; the database itself keeps the younger ones, whatever is asked."""
    return {"attempts": forget(settings.ATTEMPT_DAYS)}
