"""How far the worker is with a list: told beside its one transaction, so that others can see it.

What a list does is seen by nobody before its commit. So a second connection of the worker tells,
once a second, how many rows are done. SQLite has one writer at a time: there nothing can be told
beside the work, and the page says so.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db import DatabaseError, connection

from opensenco.access.scope import as_login

#: seconds between two tellings; what is done sooner tells nothing
EACH = 1.0
A_DAY = 24 * 60 * 60


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


def can_be_told() -> bool:
    """Tell whether this database lets somebody else write while a list is applied."""
    return connection.vendor == "postgresql"


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
    """Tell how far a list is while the block runs, on a connection of its own."""
    if not can_be_told():
        yield
        return
    count, over = _Count(0), threading.Event()
    teller = threading.Thread(target=_tell, args=(_key(ref), count, over), daemon=True)
    token = _count.set(count)
    teller.start()
    try:
        yield
    finally:
        _count.reset(token)
        over.set()
        teller.join()


def _tell(key: str, count: _Count, over: threading.Event) -> None:
    told = False
    # telling is no part of the work: where it fails, the work goes on
    with suppress(DatabaseError):
        while not over.wait(EACH):
            if count.total:
                cache.set(key, (len(count.rows), count.total), A_DAY)
                told = True
        if told:
            cache.delete(key)
    connection.close()


def far(ref: object) -> Far | None:
    """Give how far a list is; None where nothing has been told."""
    if not can_be_told():
        return None
    with as_login():
        told = cache.get(_key(str(ref)))
    return Far(*told) if told else None


def _key(ref: str) -> str:
    return f"list-progress-{ref}"
