"""How far the worker is with a list: told beside its one transaction, so that others can see it.

What a list does is seen by nobody before its commit. So the worker tells once a second how many
rows are done, beside its transaction: by a second connection, and on SQLite, which has one writer
at a time, in a small file in the folder of the database. It goes at the end, and with the daily
clearing where the worker was ended before.
"""

import threading
import time
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection

from opensenco.access.scope import as_login

#: seconds between two tellings; what is done sooner tells nothing
EACH = 1.0
A_DAY = 24 * 60 * 60
#: seconds after which a share is not shown any more: whoever told it has been ended
SILENT = 60


@dataclass(frozen=True, slots=True)
class Far:
    """How many of the rows that do something are done."""

    done: int
    of: int


@dataclass(slots=True)
class _Count:
    total: int
    rows: set[int] = field(default_factory=set)


_count: ContextVar[_Count | None] = ContextVar("opensenco_progress", default=None)


def begins(total: int) -> None:
    """Say how many rows there are to do, where somebody is told of it."""
    if count := _count.get():
        count.total = total


def done(row: int) -> None:
    """Say that something of a row is done, where somebody is told of it."""
    if count := _count.get():
        count.rows.add(row)


@contextmanager
def telling(ref: str) -> Iterator[None]:
    """Tell how far a list is while the block runs, beside its transaction."""
    count, over = _Count(0), threading.Event()
    teller = threading.Thread(target=_tell, args=(ref, count, over), daemon=True)
    token = _count.set(count)
    teller.start()
    try:
        yield
    finally:
        _count.reset(token)
        over.set()
        teller.join()


def _tell(ref: str, count: _Count, over: threading.Event) -> None:
    told, board = False, _board()
    # telling is no part of the work: where it fails, the work goes on
    with suppress(DatabaseError, OSError):
        while not over.wait(EACH):
            if count.total:
                board.write(ref, Far(len(count.rows), count.total))
                told = True
        if told:
            board.wipe(ref)
    connection.close()


def far(ref: object) -> Far | None:
    """Give how far a list is; None where nothing has been told."""
    return _board().read(str(ref))


def forget(than: float = A_DAY) -> None:
    """Remove what a worker left behind that was ended in the middle of its work.

    Args:
        than: seconds for which nothing has been told.
    """
    _board().clear(than)


class _Board(ABC):
    """Where the worker tells how far it is, and pages read it."""

    @abstractmethod
    def write(self, ref: str, far: Far) -> None: ...

    @abstractmethod
    def read(self, ref: str) -> Far | None: ...

    @abstractmethod
    def wipe(self, ref: str) -> None: ...

    @abstractmethod
    def clear(self, than: float) -> None: ...


class _InCache(_Board):
    """In the table of the cache, by a second connection."""

    def write(self, ref: str, far: Far) -> None:
        cache.set(self._key(ref), (far.done, far.of), A_DAY)

    def read(self, ref: str) -> Far | None:
        with as_login():
            told = cache.get(self._key(ref))
        return Far(*told) if told else None

    def wipe(self, ref: str) -> None:
        cache.delete(self._key(ref))

    def clear(self, than: float) -> None:
        """Nothing: what lies in the cache ends by itself."""

    def _key(self, ref: str) -> str:
        return f"list-progress-{ref}"


class _InFiles(_Board):
    """In a small file beside the database, which holds two numbers and nothing else."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, ref: str, far: Far) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        part = self._path(ref).with_suffix(".part")
        part.write_text(f"{far.done} {far.of}", encoding="ascii")
        # whoever reads sees the old or the new, never a half
        part.replace(self._path(ref))

    def read(self, ref: str) -> Far | None:
        path = self._path(ref)
        try:
            if time.time() - path.stat().st_mtime > SILENT:
                return None
            done, of = map(int, path.read_text(encoding="ascii").split())
        except (OSError, ValueError):
            return None
        return Far(done, of)

    def wipe(self, ref: str) -> None:
        self._path(ref).unlink(missing_ok=True)

    def clear(self, than: float) -> None:
        for path in self._folder.glob("*"):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime >= than:
                    path.unlink()

    def _path(self, ref: str) -> Path:
        return self._folder / str(uuid.UUID(ref))


def _board() -> _Board:
    if connection.vendor == "postgresql":
        return _InCache()
    return _InFiles(settings.PROGRESS)
