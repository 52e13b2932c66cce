"""No test reaches beyond this machine."""

import ipaddress
import socket
from typing import Any


class NetworkUsed(RuntimeError):
    """A test tried to leave this machine."""


def _near(address: Any) -> bool:
    """Say whether an address is a Unix socket's path or on the loopback."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def block() -> None:
    """Make every way out of Python's socket module refuse addresses beyond the loopback."""

    def guard(name: str, place: int) -> None:
        real = getattr(socket.socket, name)

        def guarded(self: socket.socket, *args: Any) -> Any:
            if not _near(args[place]):
                raise NetworkUsed(f"A test tried to reach {args[place]!r}.")
            return real(self, *args)

        setattr(socket.socket, name, guarded)

    guard("connect", 0)
    guard("connect_ex", 0)
    guard("sendto", -1)
    ask = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not _near((name, 0)):
            raise NetworkUsed(f"A test asked for the address of {name!r}.")
        return ask(host, *args, **options)

    socket.getaddrinfo = getaddrinfo
