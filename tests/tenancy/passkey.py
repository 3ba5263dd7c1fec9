"""A security key in software: makes a key pair for a site, and signs its challenges (WebAuthn, ES256)."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor

_PRESENT, _VERIFIED, _ATTESTED = 1, 4, 64


@dataclass
class Passkey:
    """One key at one site. handle: what the site called its owner; verifies: it asks for a PIN or a finger."""

    site: str = "localhost"
    origin: str = "http://localhost"
    verifies: bool = True
    handle: bytes = b""
    uses: int = 0
    identifier: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def register(self, challenge: str, account: int) -> str:
        """The answer to a request to make a key, as the page posts it."""
        self.handle = _base36(account).encode()
        numbers = self.key.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32), numbers.y.to_bytes(32)
        public = cbor.encode({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        attested = bytes(16) + len(self.identifier).to_bytes(2) + self.identifier + public
        made = cbor.encode({"fmt": "none", "attStmt": {}, "authData": self._data(_ATTESTED) + attested})
        client = self._client("webauthn.create", challenge)
        return self._posted({"clientDataJSON": _word(client), "attestationObject": _word(made)})

    def sign(self, challenge: str) -> str:
        """The answer to a request to sign in, as the page posts it."""
        self.uses += 1
        data, client = self._data(0), self._client("webauthn.get", challenge)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._posted({
            "clientDataJSON": _word(client), "authenticatorData": _word(data), "signature": _word(signature),
            "userHandle": _word(self.handle),
        })  # fmt: skip

    def _data(self, more: int) -> bytes:
        flags = _PRESENT | (_VERIFIED if self.verifies else 0) | more
        return hashlib.sha256(self.site.encode()).digest() + bytes([flags]) + self.uses.to_bytes(4)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _posted(self, response: dict[str, str]) -> str:
        word = _word(self.identifier)
        whole = {"id": word, "rawId": word, "type": "public-key", "response": response, "clientExtensionResults": {}}
        return json.dumps(whole)


def _word(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits
