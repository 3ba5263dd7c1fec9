"""`audit_days` (操作ログの日締め): the days that are over get their digests, in every log of the installation."""

from __future__ import annotations

from yakuba.tenancy.audit import close_days_of_every_log

TITLE = "操作ログの日締め"


def run() -> dict[str, int]:
    """Close what is over and still open."""
    return {"days": close_days_of_every_log()}
