"""Signer (署名者): a finished PDF goes in, the same pages with an invisible PAdES signature come out.

Without a time stamp the signature is PAdES B-B; with one B-T; with what long-term validation needs, B-LT. The document
before it stays as it is, byte for byte: the signature is one incremental update behind it, so PDF/A stays PDF/A.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from asn1crypto import crl as asn1_crl
from asn1crypto import pem
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from yakuba.certificates.signing.held import DIGEST, HeldSigner, asn1_certificates, open_key, read_certificates
from yakuba.certificates.signing.mould import Mould, finished
from yakuba.certificates.signing.settings import KeyFile
from yakuba.certificates.signing.token import TokenLostError, TokenSigner, open_token
from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.town_time import shown

if TYPE_CHECKING:
    from pathlib import Path

    from asn1crypto import x509 as asn1

    from yakuba.certificates.signing.settings import LongTerm, SignerSettings

FIELD = "Signature1"
_TRIAL = b"yakuba trial of the key\n"
_SLACK = 16
"""Bytes by which an elliptic curve's signature may be longer than the one of the trial, and then some."""
_HEX = 2


@dataclass(frozen=True, slots=True)
class _Held:
    """A key in use. reserved: hexadecimal digits kept free for a signature. process: that opened it."""

    key: HeldSigner | TokenSigner
    mould: Mould
    reserved: int
    process: int


class Signer:
    """Signs for one municipality. Threads and forked processes may share it.

    Args:
        settings: which key, and what is added.

    Raises:
        CannotContinueError: the key cannot be used, or is not the certificate's.
    """

    def __init__(self, settings: SignerSettings) -> None:
        self._settings = settings
        self._opening = Lock()
        self._stamper = HTTPTimeStamper(settings.time_stamp) if settings.time_stamp else None
        self._held = _opened(settings, forked=False)

    @property
    def certificate(self) -> bytes:
        """The signer's certificate, DER."""
        der: bytes = self._certificate.dump()
        return der

    @property
    def valid_until(self) -> datetime:
        """The last moment of the signer's certificate; nothing is signed after it."""
        last: datetime = self._certificate.not_valid_after
        return last

    @property
    def _certificate(self) -> asn1.Certificate:
        return self._held.key.signing_cert

    def sign(self, pdf: bytes, at: datetime | None = None) -> bytes:
        """The signed document.

        Args:
            at: time of signing as this machine knows it; now when left out.

        Raises:
            CannotContinueError: the certificate has ended, the document is none, or whoever has to answer (token,
                time stamp authority) does not.
        """
        at = at or datetime.now(UTC)
        if not self._certificate.not_valid_before <= at <= self.valid_until:
            what = f"the signer's certificate is not valid at {shown(at)}, it ends {shown(self.valid_until)}"
            raise CannotContinueError(what, remedy="put a new certificate into signer.toml")
        held = self._held
        if held.process != os.getpid():
            held = self._reopened(held)
        try:
            return self._finished(pdf, at, held)
        except TokenLostError:
            # A token that was pulled out and put back, or an HSM that was restarted, knows no old session.
            return self._finished(pdf, at, self._reopened(held))

    def _reopened(self, before: _Held) -> _Held:
        """The key opened anew, once for all threads that saw it fail."""
        with self._opening:
            if self._held is before:
                self._held = _opened(self._settings, forked=before.process != os.getpid())
            return self._held

    def _finished(self, pdf: bytes, at: datetime, held: _Held) -> bytes:
        try:
            return self._signed(pdf, at, held) if self._stamper is None else self._answered(pdf, held.key)
        except PdfError as error:
            raise CannotContinueError("the document cannot be signed: it is no whole PDF") from error

    def _answered(self, pdf: bytes, key: HeldSigner | TokenSigner) -> bytes:
        """As `_stamped`, in a sentence when the authority does not answer as it should."""
        try:
            return self._stamped(pdf, key)
        except (TimestampRequestError, PathError, ValidationError, SigningError, ValueError) as error:
            remedy = "check [time_stamp] and [long_term] in signer.toml, and that the authority answers"
            what = f"{self._settings.time_stamp}: no signature with a time stamp ({type(error).__name__})"
            raise CannotContinueError(what, remedy=remedy) from error

    def _signed(self, pdf: bytes, at: datetime, held: _Held) -> bytes:
        """PAdES B-B: the library writes the update, the mould gives the signature."""
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        steps = PdfCMSEmbedder(SigFieldSpec(FIELD)).write_cms(FIELD, writer)
        next(steps)
        empty = SignatureObject(timestamp=at, subfilter=SigSeedSubFilter.PADES, bytes_reserved=held.reserved)
        steps.send(SigObjSetup(sig_placeholder=empty))
        prepared, output = steps.send(SigIOSetup(md_algorithm=DIGEST))
        digest = prepared.document_digest
        steps.send(held.mould.filled(digest, held.key.sign_raw(held.mould.to_sign(digest))))
        signed: bytes = output.getvalue()
        return signed

    def _stamped(self, pdf: bytes, key: HeldSigner | TokenSigner) -> bytes:
        """PAdES B-T or B-LT: all by the library; the way to the authority and back is what takes the time."""
        far = self._settings.long_term
        placement = DSSContentSettings(placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE, include_vri=False)
        metadata = PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm=DIGEST,
            subfilter=SigSeedSubFilter.PADES,
            embed_validation_info=far is not None,
            validation_context=_context(far) if far else None,
            dss_settings=placement,
        )
        signer = PdfSigner(metadata, signer=key, timestamper=self._stamper, new_field_spec=SigFieldSpec(FIELD))
        output = finished(signer.async_sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf))))
        signed: bytes = output.getvalue()
        return signed


def open_signer(settings: SignerSettings) -> Signer:
    """The signer of a municipality, its key opened and tried.

    Raises:
        CannotContinueError: the key cannot be used, or is not the certificate's.
    """
    return Signer(settings)


def _opened(settings: SignerSettings, *, forked: bool) -> _Held:
    source = settings.source
    key = open_key(source) if isinstance(source, KeyFile) else open_token(source, forked=forked)
    mould = Mould(key)
    longest = mould.filled(bytes(sha256().digest_size), _tried(key))
    return _Held(key, mould, _HEX * (len(longest) + _SLACK), os.getpid())


def _tried(key: HeldSigner | TokenSigner) -> bytes:
    """A trial signature, checked with the certificate: a token with another key on it is found before the first paper.

    Raises:
        CannotContinueError: the key is not the certificate's.
    """
    signature = key.sign_raw(_TRIAL)
    assert key.signing_cert is not None
    public = load_der_public_key(key.signing_cert.public_key.dump())
    try:
        if isinstance(public, RSAPublicKey):
            public.verify(signature, _TRIAL, PKCS1v15(), SHA256())
        elif isinstance(public, EllipticCurvePublicKey):
            public.verify(signature, _TRIAL, ECDSA(SHA256()))
        else:
            raise CannotContinueError("the certificate is for a kind of key that is not used here")
    except InvalidSignature as error:
        raise CannotContinueError(
            "the signing key is not the one of its certificate", remedy="check the files and labels in signer.toml"
        ) from error
    return signature


def _context(far: LongTerm) -> ValidationContext:
    """What the library needs to gather the proof that the certificates were good on the day of signing.

    Read anew for every signature: revocation lists are replaced while the program runs.
    """
    roots = [one for path in far.roots for one in asn1_certificates(read_certificates(path))]
    return ValidationContext(
        trust_roots=roots,
        crls=[_list(path) for path in far.crls],
        allow_fetching=far.fetch,
        revocation_mode="hard-fail",
    )


def _list(path: Path) -> asn1_crl.CertificateList:
    try:
        raw = path.read_bytes()
        return asn1_crl.CertificateList.load(pem.unarmor(raw)[2] if pem.detect(raw) else raw)
    except OSError as error:
        raise CannotContinueError(f"{path}: {error.strerror}", remedy="check the path and its rights") from error
    except ValueError as error:
        raise CannotContinueError(f"{path}: there is no revocation list in it") from error
