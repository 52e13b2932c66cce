"""How many requests there were, by the name of their route, and how long they took.

Each process counts in a file of its own that lies in memory, in place, without asking anybody; what
is read is the sum of all. It holds numbers of routes and nothing of who asked or for what.
"""

import contextlib
import hashlib
import mmap
import os
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, get_resolver

FOLDER = "counts"
#: what answers without a route of ours: files of the look, and addresses that do not exist
NO_ROUTE = "(none)"
STATUSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
#: seconds up to which an answer took
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
CELLS = len(STATUSES) + len(BUCKETS) + 1
_HEAD = 32
_ONE = struct.Struct("=d")


@dataclass(frozen=True)
class Counted:
    """What was counted of one route.

    Args:
        statuses: requests by the first figure of their status.
        within: requests that took no longer than each of BUCKETS.
        seconds: that they took together.
    """

    route: str
    statuses: tuple[int, ...]
    within: tuple[int, ...]
    seconds: float

    @property
    def all(self) -> int:
        """Every request."""
        return sum(self.statuses)


@cache
def routes() -> dict[str, int]:
    """Give the place of every route, alike in all processes of one version."""

    def named(resolver: URLResolver, space: str) -> Iterator[str]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                yield from named(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
            elif entry.name:
                yield f"{space}{entry.name}"

    names = sorted({NO_ROUTE, *named(get_resolver(), "")})
    return {name: number for number, name in enumerate(names)}


class Sheet:
    """The file in which one process counts."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        path = folder / f"{os.getpid()}-{os.urandom(4).hex()}"
        size = _HEAD + len(routes()) * CELLS * _ONE.size
        try:
            with path.open("w+b") as file:
                file.write(_mark() + bytes(size - _HEAD))
                file.flush()
                self._cells = mmap.mmap(file.fileno(), size)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        self._lock = threading.Lock()

    def count(self, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        first = routes().get(route, routes()[NO_ROUTE]) * CELLS
        with self._lock:
            self._add(first + min(max(status // 100, 1), 5) - 1, 1)
            for number, most in enumerate(BUCKETS):
                if seconds <= most:
                    self._add(first + len(STATUSES) + number, 1)
            self._add(first + CELLS - 1, seconds)

    def _add(self, cell: int, value: float) -> None:
        place = _HEAD + cell * _ONE.size
        (before,) = _ONE.unpack_from(self._cells, place)
        _ONE.pack_into(self._cells, place, before + value)


class Counting:
    """Counts every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._sheet: Sheet | None = None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = perf_counter()
        response = self._get_response(request)
        match = request.resolver_match
        if self._sheet is None:
            # Where a disk is full nothing is counted; what was done is done and has its answer.
            with contextlib.suppress(OSError):
                self._sheet = Sheet(settings.DATA / FOLDER)
        if self._sheet is not None:
            self._sheet.count(
                match.view_name if match else NO_ROUTE, response.status_code, perf_counter() - begun
            )
        return response


def counted(data: Path) -> list[Counted]:
    """Give what all processes counted, for each route that was asked for."""
    sums = [0.0] * (len(routes()) * CELLS)
    for path in sorted((data / FOLDER).glob("*-*")):
        written = path.read_bytes()
        # one of another version has other routes
        if written[:_HEAD] != _mark() or len(written) != _HEAD + len(sums) * _ONE.size:
            continue
        for cell, (value,) in enumerate(_ONE.iter_unpack(written[_HEAD:])):
            sums[cell] += value
    found = (_of(name, sums[at * CELLS : (at + 1) * CELLS]) for name, at in routes().items())
    return [one for one in found if one.all]


def forget(data: Path) -> None:
    """Begin anew, where no process counts any more."""
    for path in (data / FOLDER).glob("*-*"):
        path.unlink(missing_ok=True)


def _of(name: str, cells: list[float]) -> Counted:
    end = len(STATUSES)
    return Counted(
        route=name,
        statuses=tuple(map(int, cells[:end])),
        within=tuple(map(int, cells[end:-1])),
        seconds=cells[-1],
    )


@cache
def _mark() -> bytes:
    return hashlib.sha256("\n".join([*routes(), repr(BUCKETS)]).encode()).digest()
