"""PKCS#11 tokens (HSM・ICカード): the key never leaves the token; the session and the handle are held."""

from __future__ import annotations

from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING

import pkcs11
from asn1crypto import x509 as asn1
from pkcs11 import Attribute, Mechanism, ObjectClass
from pkcs11.types import SignMixin
from pkcs11.util.ec import encode_ecdsa_signature
from pyhanko.sign.signers import Signer

from yakuba.certificates.signing.held import DIGEST, asn1_certificates, read_certificates
from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.certificates.signing.settings import Token


class TokenLostError(CannotContinueError):
    """The token that was there before does not sign now."""


class TokenSigner(Signer):
    """A signer whose private key is on a token.

    Args:
        key: handle of the private key in an open session. certificate: its owner's. chain: of the authorities above.
    """

    def __init__(self, key: SignMixin, certificate: asn1.Certificate, chain: Sequence[asn1.Certificate]) -> None:
        super().__init__(signing_cert=certificate, embed_roots=False)
        self.cert_registry.register_multiple(chain)
        self._key = key
        self._curve = certificate.public_key.algorithm == "ec"
        self._one_at_a_time = Lock()

    def sign_raw(self, data: bytes) -> bytes:
        """Signature over `data`, with SHA-256, made on the token."""
        try:
            # A session of PKCS#11 does one thing at a time.
            with self._one_at_a_time:
                if self._curve:  # tokens seldom hash for elliptic curves
                    raw = self._key.sign(sha256(data).digest(), mechanism=Mechanism.ECDSA)
                    return bytes(encode_ecdsa_signature(raw))
                return bytes(self._key.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS))
        except pkcs11.PKCS11Error as error:
            what = f"the token does not sign ({type(error).__name__})"
            raise TokenLostError(what, remedy="check that the token is there") from error

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: ARG002 - the library's signature
        """As `sign_raw`."""
        if digest_algorithm != DIGEST:
            raise ValueError(digest_algorithm)
        return self.sign_raw(data)


def open_token(token: Token, *, forked: bool = False) -> TokenSigner:
    """Log in to a token and find the key.

    Args:
        forked: the process comes from one that had the module open; PKCS#11 then wants it opened anew.

    Raises:
        CannotContinueError: no such module, token or key, or a wrong PIN.
    """
    where = f"{token.module}, token {token.label!r}, key {token.key!r}"
    remedy = "check [token] in signer.toml, and that the token is there"
    try:
        library = pkcs11.lib(str(token.module))
        if forked:
            library.reinitialize()
        session = _session(library.get_token(token_label=token.label), token.pin)
        key = session.get_key(object_class=ObjectClass.PRIVATE_KEY, label=token.key)
        if token.certificate is None:
            first, *chain = _on_token(session, token.key)
        else:
            first, *chain = asn1_certificates(read_certificates(token.certificate))
    except (pkcs11.PKCS11Error, RuntimeError, ValueError) as error:
        raise CannotContinueError(f"{where}: {type(error).__name__}", remedy=remedy) from error
    if not isinstance(key, SignMixin):
        raise CannotContinueError(f"{where}: the key does not sign", remedy=remedy)
    return TokenSigner(key, first, chain)


def _session(token: pkcs11.Token, pin: str) -> pkcs11.Session:
    """A session that is logged in; one log-in counts for all sessions that a process has with a token."""
    try:
        return token.open(user_pin=pin)
    except pkcs11.UserAlreadyLoggedIn:
        return token.open()


def _on_token(session: pkcs11.Session, label: str) -> list[asn1.Certificate]:
    wanted = {Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.LABEL: label}
    return [asn1.Certificate.load(found[Attribute.VALUE]) for found in session.get_objects(wanted)]
