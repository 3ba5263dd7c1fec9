"""Where a request comes from (接続元): the address of whoever asks, not what they say of themselves."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest

    Address = IPv4Address | IPv6Address

_NETWORK = 64
"""Bits of an IPv6 address that its owner was given; the rest is the owner's own to change at will."""


def address_of(request: HttpRequest) -> str:
    """Address of whoever asks; "" where the connection has none.

    X-Forwarded-For is believed from its end on, as far as our own proxies (`YAKUBA_PROXIES`) have written it: what
    stands before that came with the request, and anybody can write it there.
    """
    here = _parsed(request.META.get("REMOTE_ADDR", ""))
    given = request.headers.get("X-Forwarded-For", "").split(",")
    while here is not None and _ours(here) and given:
        before = _parsed(given.pop())
        if before is None:
            break
        here = before
    return str(here) if here else ""


def counted(request: HttpRequest | None) -> str:
    """What attempts are counted by: the address, of IPv6 the network; "" where there is none."""
    address = _parsed(address_of(request)) if request else None
    if isinstance(address, IPv6Address):
        return str(ip_network((int(address), _NETWORK), strict=False))
    return str(address) if address else ""


def _parsed(text: str) -> Address | None:
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _ours(address: Address) -> bool:
    return any(address in network for network in settings.PROXIES)
