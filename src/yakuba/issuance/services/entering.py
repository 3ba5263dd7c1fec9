"""Entering (交付台帳への記入): one paper that was made becomes a row of the ledger, and one for everybody on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.issuance.models import Issue, OnPaper
from yakuba.issuance.services.preparing import due

if TYPE_CHECKING:
    from uuid import UUID

    from yakuba.issuance.case import Case
    from yakuba.issuance.drawing import Finished


def entered(case: Case, key: UUID, serial: int, number: str, made: Finished) -> Issue:
    """The entry of a paper, in the transaction of its number.

    Args:
        key: of the request. serial, number: as `numbering` gave them.
    """
    application, actor = case.application, case.actor
    entry = Issue.objects.create(
        municipality_id=actor.municipality, year=case.today.year, serial=serial, number=number, request=key,
        kind=case.kind.identifier, version=case.kind.version, subject=application.subject,
        members=[one.addressee for one in case.record.on_paper], choices=dict(case.application.choices),
        requester=application.requester.as_json(), fee=due(case) or 0, exemption=application.requester.exemption,
        channel=case.channel, place=actor.department, staff=actor.staff, login=actor.login, issued_on=case.today,
        pages=made.pages, data_digest=made.data_digest, template_digest=made.template_digest,
        document_digest=made.document_digest, proof=made.proof, setting=case.standing.digest,
        as_of=case.record.as_of, release=case.release,
    )  # fmt: skip
    people = (OnPaper(municipality_id=actor.municipality, issue=entry, addressee=one) for one in entry.members)
    OnPaper.objects.bulk_create(people)
    return entry
