"""Who asks, where a proxy stands between: only a proxy that the settings name is believed.

A proxy adds the address that it sees to the end of `X-Forwarded-For`. Whatever stands before that
was written by whoever asked. So the list is read from its end, past the proxies that are ours; the
first address that is not ours is who asks. From anybody else these headers are thrown away.
"""

from collections.abc import Callable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Networks = Sequence[IPv4Network | IPv6Network]
FOR, PROTO = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"
#: what else proxies and liars say of where a request came from; nobody here believes it
OTHERS = (
    "HTTP_FORWARDED", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_X_REAL_IP",
    "HTTP_X_FORWARDED_SERVER", "HTTP_X_CLIENT_IP", "HTTP_TRUE_CLIENT_IP",
)  # fmt: skip
#: kept on the request: it came through somebody, whether believed or not
FORWARDED = "opensenco.forwarded"


class Proxies:
    """Puts the real address in place of the proxy's, before anything counts or compares it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        place(request.META, settings.PROXIES)
        return self._get_response(request)


def place(meta: dict[str, Any], ours: Networks) -> None:
    """Write who asks, and whether by https, into what the server says of a request.

    Args:
        ours: the proxies that are believed; none where people reach the server itself.
    """
    meta[FORWARDED] = bool(meta.get(FOR) or any(meta.get(name) for name in OTHERS))
    said, by = meta.pop(FOR, ""), meta.pop(PROTO, "")
    for name in OTHERS:
        meta.pop(name, None)
    nearest = plain(meta.get("REMOTE_ADDR", ""))
    if not _is_ours(nearest, ours):
        return
    meta["REMOTE_ADDR"] = real(nearest, said, ours)
    # the last word is that of the proxy that speaks to us
    if (scheme := by.rpartition(",")[2].strip().lower()) in ("http", "https"):
        meta["wsgi.url_scheme"] = scheme


def real(nearest: str, said: str, ours: Networks) -> str:
    """Give the address of whoever asks.

    Args:
        nearest: the proxy that speaks to us.
        said: what it says in X-Forwarded-For. What is no address ends the reading: the last
            address that one of ours vouched for counts.
    """
    found = nearest
    for hop in reversed(said.split(",")):
        address = plain(hop)
        if not address:
            break
        found = address
        if not _is_ours(address, ours):
            break
    return found


def plain(written: str) -> str:
    """Give an address without port and brackets, an IPv4 one in its own form; empty if it is none.

    "[2001:db8::1]:443" is 2001:db8::1, "192.0.2.1:5000" is 192.0.2.1, "::ffff:192.0.2.1" too.
    """
    text = written.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    inner = getattr(address, "ipv4_mapped", None)
    return str(inner or address)


def is_loopback(written: str) -> bool:
    """Tell whether an address is this machine's own."""
    address = plain(written)
    return bool(address) and ip_address(address).is_loopback


def _is_ours(address: str, ours: Networks) -> bool:
    if not address:
        return False
    found = ip_address(address)
    return any(found.version == network.version and found in network for network in ours)
