"""What was made and does not reach anybody (無効): its entry in the ledger is ended, its number is never used again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.issuance.events import ending
from yakuba.issuance.models import Issue
from yakuba.issuance.services import void

if TYPE_CHECKING:
    from yakuba.issuance.kiosk.models import Session
    from yakuba.issuance.kiosk.reasons import Reason
    from yakuba.tenancy.acting import Actor


def void_paper(actor: Actor, session: Session, reason: Reason) -> bool:
    """End the paper of a session, if one was made; safe to repeat. Gives whether there was one to end.

    What counts is the ledger and not the session: a process may have ended between the two.
    """
    entry = Issue.objects.filter(request=session.request).prefetch_related("events").first()
    if entry is None or ending(entry.events.all()):
        return False
    void(actor, entry.pk, f"コンビニ交付で交付されなかった（{reason.label}）")
    return True
