"""ClamAV by its socket: one question for each file, and calm where nobody answers.

The daemon's protocol is INSTREAM: pieces with their length before them, an empty one at the end.
Source: the manual of clamd, section "INSTREAM".
"""

import socket
import struct
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from opensenco.kernel.patience import Patience

_PIECE = 64 * 1024
_MOST_ANSWER = 4_096
_CONNECT = 3.0
_WHOLE = 60.0


class Verdict(StrEnum):
    """What was found out about a file."""

    #: no scanner is set, so nobody has looked
    NONE = "none"
    #: the scanner has not answered yet; until then nobody can open the file
    WAITS = "waits"
    CLEAN = "clean"
    FOUND = "found"


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scanner said; `name` is what it calls what it found."""

    verdict: Verdict
    name: str = ""


@dataclass(frozen=True, slots=True)
class Scanner:
    """A scanner at an address: "unix:///run/clamav/clamd.ctl" or "tcp://127.0.0.1:3310"."""

    address: str
    whole: float = _WHOLE

    def scan(self, path: Path) -> Scanned:
        """Ask about a file. One that is down, hangs or is not understood leaves it waiting."""
        patience = Patience(self.whole)
        try:
            with self._connected() as line, path.open("rb") as file:
                line.sendall(b"zINSTREAM\0")
                while piece := file.read(_PIECE):
                    _wait(line, patience)
                    line.sendall(struct.pack(">I", len(piece)) + piece)
                line.sendall(struct.pack(">I", 0))
                return _understood(_answer(line, patience))
        except OSError:
            return Scanned(Verdict.WAITS)

    def _connected(self) -> socket.socket:
        scheme, _, rest = self.address.partition("://")
        if scheme == "unix":
            line = socket.socket(socket.AF_UNIX)
            line.settimeout(_CONNECT)
            try:
                line.connect(rest)
            except OSError:
                line.close()
                raise
            return line
        host, _, port = rest.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=_CONNECT)


def check_address(address: str) -> None:
    """Refuse an address that no scanner can have.

    Raises:
        ValueError: says what it should look like.
    """
    scheme, there, rest = address.partition("://")
    host, _, port = rest.rpartition(":")
    unix = scheme == "unix" and rest.startswith("/")
    tcp = scheme == "tcp" and bool(host) and port.isdigit()
    if not (there and (unix or tcp)):
        raise ValueError("use unix:///run/clamav/clamd.ctl or tcp://127.0.0.1:3310")


def _wait(line: socket.socket, patience: Patience) -> None:
    if patience.left <= 0:
        raise TimeoutError
    line.settimeout(max(0.01, patience.left))


def _answer(line: socket.socket, patience: Patience) -> bytes:
    answer = b""
    while b"\0" not in answer and len(answer) < _MOST_ANSWER:
        _wait(line, patience)
        piece = line.recv(_MOST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.partition(b"\0")[0]


def _understood(answer: bytes) -> Scanned:
    said = answer.decode("ascii", "replace").strip().removeprefix("stream:").strip()
    if said == "OK":
        return Scanned(Verdict.CLEAN)
    if said.endswith(" FOUND"):
        return Scanned(Verdict.FOUND, said.removesuffix(" FOUND")[:100])
    return Scanned(Verdict.WAITS)
