"""A database that cannot be had for a while: restarted, or held by somebody who takes their time.

Only the tests' own copy is touched: others of the same server go on.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections

from opensenco.access import postgres
from tests.conftest import DATABASES
from tests.support.databases import Copy

#: seconds for which something waits that in real life waits for twenty
SHORT = 0.3


def ended(copy: Copy) -> None:
    """End every connection to a copy on PostgreSQL, as a restart of the server does."""
    with DATABASES.server.connect("postgres") as administrator:
        administrator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [copy.name],
        )


@contextmanager
def down(copy: Copy) -> Iterator[None]:
    """Let PostgreSQL take nobody in to a copy for the block, and throw out whoever is there."""
    with DATABASES.server.connect("postgres") as administrator:
        administrator.execute(f"ALTER DATABASE {copy.name} ALLOW_CONNECTIONS false")
        try:
            ended(copy)
            yield
        finally:
            administrator.execute(f"ALTER DATABASE {copy.name} ALLOW_CONNECTIONS true")


@contextmanager
def impatient(copy: Copy) -> Iterator[None]:
    """Let connections that are opened in the block wait for others for a moment only."""
    connections.close_all()
    options = connection.settings_dict["OPTIONS"]
    before = dict(options)
    if DATABASES.database == "sqlite":
        options["timeout"] = SHORT
    else:
        said = f"SET lock_timeout = '{SHORT}s'"
        with DATABASES.server.connect("postgres") as administrator:
            for login in (postgres.WEB, postgres.WORKER):
                administrator.execute(f"ALTER ROLE {login} IN DATABASE {copy.name} {said}")
    try:
        yield
    finally:
        options.clear()
        options.update(before)
        connections.close_all()


@contextmanager
def held(copy: Copy, table: str) -> Iterator[None]:
    """Let somebody else write for the whole block: to all of SQLite, to one table of PostgreSQL."""
    if DATABASES.database == "sqlite":
        other = sqlite3.connect(copy.data / "opensenco.sqlite3", isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            yield
        finally:
            other.close()
        return
    with DATABASES.server.connect(copy.name) as somebody, somebody.transaction():
        somebody.execute(f'LOCK TABLE "{table}" IN ACCESS EXCLUSIVE MODE')
        yield
