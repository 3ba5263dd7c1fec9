"""A case (案件): everything the rules look at. They read, decide and change nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.issuance.approving import form_part

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from yakuba.certificates.kinds import Kind
    from yakuba.issuance.application import Application, Channel
    from yakuba.issuance.approving import Standing
    from yakuba.issuance.models import Release
    from yakuba.issuance.settings import Content
    from yakuba.issuance.terms import Terms
    from yakuba.registry.queries.certificate_record import CertificateRecord
    from yakuba.tenancy.acting import Actor


@dataclass(frozen=True, slots=True)
class Case:
    """One application beside what is true at this moment.

    Attributes:
        record: of the subject and the chosen members, as committed. content: settings, None where there are none.
        standing: of settings and forms against their approval. stopped: reason of a stop, "" for none.
        fee: yen, None where none is set. release: a release that may be used up, None for none.
        seal: 公印, PNG or SVG. images: 印影 by item name, as far as there are any. today: the day of the issue.
    """

    actor: Actor
    kind: Kind
    terms: Terms
    application: Application
    channel: Channel
    record: CertificateRecord
    content: Content | None
    standing: Standing
    stopped: str
    fee: int | None
    release: Release | None
    seal: bytes
    images: Mapping[str, bytes]
    today: date

    @property
    def form(self) -> str:
        """Digest of the form as it was compared with the approval."""
        return self.standing.parts[form_part(self.kind.label)]

    def on(self, choice: str) -> bool:
        """Whether a choice is taken, by the requester or by the form's default."""
        known = self.kind.choice(choice)
        return bool(self.application.choices.get(choice, known.default if known else False))
