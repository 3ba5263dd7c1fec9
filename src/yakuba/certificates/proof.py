"""Proof (証明の二次元コード): a short signed text on the paper that anybody can check, also without a network.

It says which municipality issued which kind of certificate under which number on which day, and a digest that ties it
to what the paper says. It names no person, and the digest cannot be guessed at: the identifier of the request, which
is random and not in the code, goes into it.

Form, version 1, before base 32 (letters and digits only, the dense mode of a QR code):

    1 byte version · 3 bytes 団体コード · 2 bytes days since 2000-01-01 · 1 + n bytes kind · 1 + n bytes 発行番号 ·
    12 bytes digest · 64 bytes Ed25519 signature over the word "yakuba proof" and all of the above
"""

from __future__ import annotations

import re
from base64 import b32decode, b32encode
from binascii import Error as NotBase32Error
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit, urlunsplit

from cryptography.exceptions import InvalidSignature

from yakuba.kernel.errors import NotProvenError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

    from yakuba.certificates.record import Order

VERSION = 1
SIGNATURE_BYTES = 64
DIGEST_BYTES = 12

_CONTEXT = b"yakuba proof\n"
_EPOCH = date(2000, 1, 1)
_HEAD = 6
_LONGEST = 600
"""Longest text that is looked at: no proof is longer, and nobody can make us decode a book."""
_BASE32 = re.compile("[A-Z2-7]+")


class NotGenuineError(NotProvenError):
    """A text that is no proof of this municipality: damaged, forged, or signed with a key that is not known."""


class Digested(Protocol):
    """Whatever knows the digest of the record that is on the paper, such as a drawn document."""

    @property
    def data_digest(self) -> str:
        """Digest of the record."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a genuine code says.

    Attributes:
        municipality: 団体コード. kind: of certificate. number: 発行番号. issued_on: 発行年月日.
        digest: ties it to one issue (`content_digest`), 24 hex digits.
    """

    municipality: str
    kind: str
    number: str
    issued_on: date
    digest: str


def content_digest(order: Order, drawn: Digested) -> str:
    """Digest of one issue, 24 hex digits: kept in the ledger, printed in the code. See `digest_of`."""
    return digest_of(order.request, order.municipality, order.kind, order.number, drawn.data_digest)


def digest_of(request: str, municipality: str, kind: str, number: str, data_digest: str) -> str:
    """What `content_digest` is made of: a document's inner tag has all five.

    Everything that the paper says of persons is in `data_digest`; the random identifier of the request keeps anybody
    from trying names and birthdays until the digest fits.
    """
    digest = sha256()
    for part in (request, municipality, kind, number, data_digest):
        raw = part.encode("utf-8")
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.digest()[:DIGEST_BYTES].hex()


def payload(order: Order, drawn: Digested, key: Ed25519PrivateKey) -> str:
    """The signed text of an issue, some 170 letters and digits.

    Raises:
        ValueError: the order has what no order can have: a 団体コード that is none, a day before 2000.
    """
    kind, number = order.kind.encode("ascii"), order.number.encode("utf-8")
    said = b"".join(
        (
            VERSION.to_bytes(1, "big"),
            int(order.municipality).to_bytes(3, "big"),
            (order.issued_on - _EPOCH).days.to_bytes(2, "big"),
            len(kind).to_bytes(1, "big"),
            kind,
            len(number).to_bytes(1, "big"),
            number,
            bytes.fromhex(content_digest(order, drawn)),
        )
    )
    return b32encode(said + key.sign(_CONTEXT + said)).decode("ascii").rstrip("=")


def url(base: str, text: str) -> str:
    """The address that the code leads to: the verification page `base`, then the text.

    Scheme and host are written in capitals, where they mean the same: a base whose path has capitals only stays within
    the dense mode of a QR code.

    >>> url("https://machi.example/V", "ABC")
    'HTTPS://MACHI.EXAMPLE/V/ABC'
    """
    parts = urlsplit(base.rstrip("/"))
    return urlunsplit((parts.scheme, parts.netloc.upper(), f"{parts.path}/{text}", "", "")).replace(
        f"{parts.scheme}:", f"{parts.scheme.upper()}:", 1
    )


def text_of(scanned: str) -> str:
    """The signed text in what a reader of codes gives: the text alone, or the address that ends with it."""
    return scanned.strip().rstrip("/").rpartition("/")[2].upper()


def municipality_of(scanned: str) -> str:
    """The 団体コード that a text claims, before anything is checked: says whose keys to check it with.

    Raises:
        NotGenuineError: the text is no proof at all.
    """
    said, _ = _parts(scanned)
    return _parsed(said).municipality


def read(scanned: str, public_keys: Iterable[Ed25519PublicKey]) -> Proof:
    """What a genuine code says. Whether the certificate was withdrawn since is for the issuer to answer.

    Args:
        scanned: the text, or the address that ends with it.
        public_keys: of the municipality that it claims (`municipality_of`), the retired ones too.

    Raises:
        NotGenuineError: damaged, forged, or signed by none of these keys.
    """
    said, signature = _parts(scanned)
    for key in public_keys:
        try:
            key.verify(signature, _CONTEXT + said)
        except InvalidSignature:
            continue
        return _parsed(said)
    raise _not_genuine("the signature in the code is by none of the known keys")


def _parts(scanned: str) -> tuple[bytes, bytes]:
    text = text_of(scanned)
    if len(text) > _LONGEST or not _BASE32.fullmatch(text):
        raise _not_genuine("this is not the text of a certificate's code")
    try:
        raw = b32decode(text + "=" * (-len(text) % 8))
    except NotBase32Error as error:
        raise _not_genuine("the text of the code is cut") from error
    # Bits left over at the end must be nought: one proof has one text.
    if b32encode(raw).decode("ascii").rstrip("=") != text:
        raise _not_genuine("the text of the code is damaged")
    return raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]


def _parsed(said: bytes) -> Proof:
    try:
        version, rest = said[0], said[_HEAD:]
        if version != VERSION:
            raise _not_genuine("the code is of a version that is not known here")
        kind, rest = _counted(rest)
        number, rest = _counted(rest)
        if len(rest) != DIGEST_BYTES:
            raise _not_genuine("the text of the code is cut")
        return Proof(
            municipality=f"{int.from_bytes(said[1:4], 'big'):06d}",
            kind=kind.decode("ascii"),
            number=number.decode("utf-8"),
            issued_on=_EPOCH + timedelta(days=int.from_bytes(said[4:_HEAD], "big")),
            digest=rest.hex(),
        )
    except (IndexError, UnicodeDecodeError) as error:
        raise _not_genuine("the text of the code is damaged") from error


def _counted(raw: bytes) -> tuple[bytes, bytes]:
    """A field that its length goes before, and what follows it."""
    end = 1 + raw[0]
    if len(raw) < end:
        raise _not_genuine("the text of the code is cut")
    return raw[1:end], raw[end:]


def _not_genuine(what: str) -> NotGenuineError:
    return NotGenuineError(what, remedy="scan it again; if it stays so, ask the municipality that issued the paper")
