"""Where a request comes from, and the way back to our own pages."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

UNKNOWN = "0.0.0.0"  # noqa: S104  over a socket without a proxy there is no address


def client_address(request: HttpRequest) -> str:
    """Behind our proxy its own word, the last hop: what stands before it anybody can write. On a laptop the connection's."""
    said = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE:
        said = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip() or said
    try:
        return str(ipaddress.ip_address(said))
    except ValueError:
        return UNKNOWN


def own_page(request: HttpRequest, address: str, otherwise: str = "home") -> str:
    """Where the reader wanted to go, and never to another site."""
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours and address.startswith("/") else resolve_url(otherwise)
