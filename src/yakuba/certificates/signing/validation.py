"""Validation (受け取る側の検証): what the signature in a PDF says, offline, by the library's own validator."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import CMSStructuralError, SigningError
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from yakuba.certificates.signing.held import asn1_certificates, read_certificates
from yakuba.certificates.signing.mould import finished

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from asn1crypto import cms

# The library tells its log, tracebacks and all, what the verdict says in a sentence.
logging.getLogger("pyhanko").addHandler(logging.NullHandler())

_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)

_STUMBLES = (
    *(PdfError, SignatureValidationError, SigningError, CMSStructuralError),
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError),
)
"""A damaged file fails in many places of the library; where does not matter to whoever holds it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a signature is worth.

    Attributes:
        intact: there is one, it holds, and it covers the file as it is.
        trusted: its certificate leads to one of the given roots; None when none were given.
        signer: of the certificate, as text. signed_at: as the signer's machine says. stamped_at: as a time stamp
            authority says, None without. problem: why it is not intact, in English, "" if it is.
    """

    intact: bool
    trusted: bool | None = None
    signer: str = ""
    signed_at: datetime | None = None
    stamped_at: datetime | None = None
    problem: str = ""

    @property
    def proven(self) -> bool:
        """Whether it holds, and is trusted where roots were given."""
        return self.intact and self.trusted is not False


def validate(pdf: bytes, roots: Sequence[Path] = ()) -> Verdict:
    """Check the signature of a document. Never goes to the network.

    Args:
        roots: certificates that are trusted, PEM or DER.

    Raises:
        CannotContinueError: a root cannot be read.
    """
    trusted = [one for path in roots for one in asn1_certificates(read_certificates(path))]
    context = ValidationContext(trust_roots=trusted, allow_fetching=False)
    try:
        found = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures
        if len(found) != 1:
            return Verdict(intact=False, problem="no signature" if not found else "more than one signature")
        status = finished(
            async_validate_pdf_signature(found[0], signer_validation_context=context, key_usage_settings=_USAGE)
        )
        framed = _framed(found[0].signed_data)
    except _STUMBLES:
        return Verdict(intact=False, problem="the file is damaged or the signature cannot be read")
    # Nothing of ours ever stands behind a signature; the library would let some of it pass.
    *_, start, length = found[0].byte_range
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE and start + length == len(pdf)
    intact = status.intact and status.valid and whole and framed
    stamp = status.timestamp_validity
    return Verdict(
        intact=intact,
        trusted=status.trusted if roots else None,
        signer=status.signing_cert.subject.human_friendly,
        signed_at=status.signer_reported_dt,
        stamped_at=stamp.timestamp if stamp is not None and stamp.intact and stamp.valid else None,
        problem="" if intact else "the document was changed after it was signed",
    )


def _framed(data: cms.SignedData) -> bool:
    """Whether the parts of the container that no signature covers say what they must (RFC 5652 §5.1, §5.3)."""
    (signer,) = data["signer_infos"]
    digest = signer["digest_algorithm"].dump()
    same = [one.dump() for one in data["digest_algorithms"]] == [digest]
    return bool(same and data["version"].native == signer["version"].native == "v1")
