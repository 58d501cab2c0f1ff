"""Where a request comes from, as far as that can be believed."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """Return the address of whoever asks.

    Each proxy of ours (PRESS_PROXIES) adds the address that it saw to X-Forwarded-For; whatever
    stands before those was written by somebody else, and is not believed.
    """
    if settings.PROXIES:
        told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(told) >= settings.PROXIES and told[-settings.PROXIES]:
            return told[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))


def network(request: HttpRequest) -> str:
    """Return the network to count by: an IPv4 address, or the /64 that one subscriber has."""
    found = _parsed(address(request))
    if isinstance(found, IPv6Address):
        return str(ip_network((found, 64), strict=False))
    return str(found or "")


def roughly(request: HttpRequest) -> str:
    """Return the network for the log: enough to tell the office from elsewhere (/24, /48)."""
    found = _parsed(address(request))
    if found is None:
        return ""
    return str(ip_network((found, 24 if found.version == 4 else 48), strict=False))


def _parsed(text: str):  # type: ignore[no-untyped-def]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
