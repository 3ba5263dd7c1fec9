"""The door (相互認証): which certificate is at the other end of the connection.

Where this program speaks TLS itself, the certificate is asked of the very connection. Behind a reverse proxy that
speaks TLS, it is the header that the proxy sets, and only from the proxy's own address.
"""

from __future__ import annotations

from hashlib import sha256
from ssl import SSLSocket
from typing import TYPE_CHECKING
from urllib.parse import unquote

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.utils import timezone
from ninja.security.base import AuthBase

from yakuba.issuance.kiosk.access import Caller

if TYPE_CHECKING:
    from django.http import HttpRequest

_SOCKET = "gunicorn.socket"
"""Where the web server puts the connection of a request."""


class ByCertificate(AuthBase):
    """TLS with a client certificate; which centre it is, each municipality decides by the fingerprint."""

    openapi_type = "mutualTLS"
    openapi_description = "各団体に登録した交付センターの証明書"

    def __call__(self, request: HttpRequest) -> str | None:
        """SHA-256 of the certificate, hex; None, which is 401, without one."""
        raw = _of_connection(request) or _of_proxy(request)
        return sha256(raw).hexdigest() if raw else None


def caller_of(request: HttpRequest, municipality: str) -> Caller:
    """Who asks for something of a municipality."""
    return Caller(municipality, request.auth)  # type: ignore[attr-defined]


def _of_connection(request: HttpRequest) -> bytes | None:
    """The certificate that the handshake has checked against the authorities that are let in."""
    line = request.environ.get(_SOCKET) if hasattr(request, "environ") else None
    return line.getpeercert(binary_form=True) if isinstance(line, SSLSocket) else None


def _of_proxy(request: HttpRequest) -> bytes | None:
    header = settings.KIOSK_CERTIFICATE_HEADER
    if not header or request.META.get("REMOTE_ADDR") not in settings.KIOSK_PROXIES:
        return None
    try:
        found = x509.load_pem_x509_certificate(unquote(request.headers.get(header, "")).encode())
    except ValueError:
        return None
    now = timezone.now()
    valid = found.not_valid_before_utc <= now <= found.not_valid_after_utc
    return found.public_bytes(Encoding.DER) if valid else None
