"""A database of an earlier day is taken along by `migrate`, and nothing in it is lost."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from tests.conftest import DATABASES
from tests.support import shape
from tests.support.databases import ROOT, Copy, kind
from tests.support.shape import Line

pytestmark = [pytest.mark.thorough, pytest.mark.long]
#: apps whose tables have changed most; with them goes what came after
CHANGED = ("documents", "exchange", "people", "cases", "support", "access")
#: tells of the migrations themselves
APART = {"django_migrations"}


#: goes back in one plan: a process for each app would start five times
GO_BACK = """
import sys
import django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from opensenco.ops.migrating import quickly
back = MigrationExecutor(connection)
first = [(app, back.loader.get_migration_by_prefix(app, "0001").name) for app in sys.argv[1:]]
with quickly():
    back.migrate(first)
"""


def as_owner(place: Copy, *words: str) -> None:
    """Run Python as the owner of the database does."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT, env=place.environment | {"OPENSENCO_PROCESS": "owner"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]


Row = dict[str, Any]


#: what tables there are
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgres": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


@contextmanager
def opened(place: Copy) -> Iterator[Any]:
    """Open a database past every wall."""
    if kind() == "postgres":
        with DATABASES.server.connect(place.name) as connection:
            yield connection
    else:
        with closing(sqlite3.connect(place.data / "opensenco.sqlite3")) as file:
            yield file


def record_of(place: Copy) -> dict[str, list[Row]]:
    """Give every row of every table."""
    with opened(place) as connection:
        return rows_of(connection, TABLES[kind()])


def shape_of(place: Copy) -> list[Line]:
    """Give its shape, whatever order it was made in."""
    with opened(place) as connection:
        return shape.shape_of(connection, kind())


def rows_of(connection: Any, tables: str) -> dict[str, list[Row]]:
    found = {}
    for (table,) in connection.execute(tables).fetchall():
        read = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (a table of ours)
        names = [column[0] for column in read.description]
        found[table] = [dict(zip(names, row, strict=True)) for row in read.fetchall()]
    return {table: rows for table, rows in found.items() if table not in APART}


def known_on_the_first_day(rows: list[Row], first: list[Row]) -> list[str]:
    """Give what rows say in the columns that there were on the first day."""
    names = sorted(set(first[0]) if first else set())
    return sorted(repr([(name, row.get(name)) for name in names]) for row in rows)


def test_the_record_goes_back_to_the_first_day_and_forth_again(own_database: Copy) -> None:
    before, as_new = record_of(own_database), shape_of(own_database)
    as_owner(own_database, "-c", GO_BACK, *CHANGED)
    first = record_of(own_database)
    as_owner(own_database, "manage.py", "migrate")
    after = record_of(own_database)
    assert shape_of(own_database) == as_new, "taken along is not as new"
    assert set(first) <= set(after) == set(before)
    assert after["people_pupil"]
    assert after["exchange_importrow"]
    for table in first:
        rows = before[table]
        known = [known_on_the_first_day(read[table], first[table]) for read in (before, after)]
        assert known[0] == known[1], table
        assert len(rows) == len(after[table]), table
