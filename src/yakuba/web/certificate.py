"""The certificate at the other end (相手の証明書): which one a machine has shown.

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

if TYPE_CHECKING:
    from django.http import HttpRequest

_SOCKET = "gunicorn.socket"
"""Where the web server puts the connection of a request."""


def certificate_of(request: HttpRequest) -> str | None:
    """SHA-256 of the certificate, hex; None without one."""
    raw = _of_connection(request) or _of_proxy(request)
    return sha256(raw).hexdigest() if raw else None


def _of_connection(request: HttpRequest) -> bytes | None:
    """The certificate that the handshake has checked against the authorities that are let in."""
    line = request.environ.get(_SOCKET) if hasattr(request, "environ") else None
    return line.getpeercert(binary_form=True) if isinstance(line, SSLSocket) else None


def _of_proxy(request: HttpRequest) -> bytes | None:
    header = settings.CERTIFICATE_HEADER
    if not header or request.META.get("REMOTE_ADDR") not in settings.CERTIFICATE_PROXIES:
        return None
    try:
        found = x509.load_pem_x509_certificate(unquote(request.headers.get(header, "")).encode())
    except ValueError:
        return None
    now = timezone.now()
    valid = found.not_valid_before_utc <= now <= found.not_valid_after_utc
    return found.public_bytes(Encoding.DER) if valid else None
