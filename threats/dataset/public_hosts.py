"""A client for other hosts that no redirect leads into an inner network.

Only commands that read public pages use it; the dashboard requests no other host.
"""

import ipaddress
import socket
from collections.abc import Collection

import httpx

from threats import __version__

MAX_REDIRECTS = 5


def public_client(
    timeout: float, hosts: Collection[str], purpose: str, follow_redirects: bool = True
) -> httpx.Client:
    """Return a client that requests public hosts and these hosts alone; ``purpose`` is part of the
    name by which it introduces itself, ``timeout`` is in seconds."""

    def refuse_inner(request: httpx.Request) -> None:
        if request.url.netloc.decode() not in hosts and not _is_public(request.url.host):
            raise httpx.RequestError("redirect-to-inner-address", request=request)

    return httpx.Client(
        event_hooks={"request": [refuse_inner]},
        timeout=timeout,
        follow_redirects=follow_redirects,
        max_redirects=MAX_REDIRECTS,
        headers={"User-Agent": f"threat-themes/{__version__} ({purpose})"},
    )


def _is_public(host: str) -> bool:
    """Return whether a host has only addresses of the public network, or none."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return True
    return all(ipaddress.ip_address(str(one[4][0]).partition("%")[0]).is_global for one in found)
