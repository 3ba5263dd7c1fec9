"""The door (相互認証): which certificate is at the other end of the connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ninja.security.base import AuthBase

from yakuba.issuance.kiosk.access import Caller
from yakuba.web.certificate import certificate_of

if TYPE_CHECKING:
    from django.http import HttpRequest


class ByCertificate(AuthBase):
    """TLS with a client certificate; which centre it is, each municipality decides by the fingerprint."""

    openapi_type = "mutualTLS"
    openapi_description = "各団体に登録した交付センターの証明書"

    def __call__(self, request: HttpRequest) -> str | None:
        """SHA-256 of the certificate, hex; None, which is 401, without one."""
        return certificate_of(request)


def caller_of(request: HttpRequest, municipality: str) -> Caller:
    """Who asks for something of a municipality."""
    return Caller(municipality, request.auth)  # type: ignore[attr-defined]
