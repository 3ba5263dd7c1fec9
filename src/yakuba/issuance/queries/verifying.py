"""Verification (真正性の確認): what a code on a paper says, and whether the paper is valid. Nothing about anybody.

A code is checked with the municipality's public keys first, which needs no database; only then the ledger is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.certificates import proof
from yakuba.certificates.kinds import kinds
from yakuba.certificates.signing.keys import public_keys
from yakuba.issuance.events import Validity, ending
from yakuba.issuance.models import Issue
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.queries import municipalities

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Verified:
    """The answer. All but `validity` are empty for a code that is not genuine."""

    validity: Validity
    municipality: str = ""
    kind: str = ""
    number: str = ""
    issued_on: date | None = None


def verify(scanned: str) -> Verified:
    """What a scanned code is worth: valid, withdrawn, or unknown (forged, damaged, or never issued here)."""
    try:
        code = proof.municipality_of(scanned)
        said = proof.read(scanned, public_keys(code))
    except proof.NotGenuineError:
        return Verified(Validity.UNKNOWN)
    town = next((one for one in municipalities() if one.code == said.municipality), None)
    if town is None:
        return Verified(Validity.UNKNOWN)
    validity = state(said.municipality, said.number, said.digest)
    if validity is Validity.UNKNOWN:
        return Verified(validity)
    known = kinds().get(said.kind)
    return Verified(validity, town.name, known.label if known else said.kind, said.number, said.issued_on)


def state(municipality: str, number: str, digest: str) -> Validity:
    """How the paper of a number and a digest stands in the ledger of a municipality."""
    with wall(municipality):
        found = Issue.objects.filter(number=number, proof=digest).prefetch_related("events").first()
        if found is None:
            return Validity.UNKNOWN
        return Validity.WITHDRAWN if ending(found.events.all()) else Validity.VALID
