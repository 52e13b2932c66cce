"""The whole record as it lies in the database, past every wall: read, kept aside and put back."""

import filecmp
import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from tests.support.postgres import Server

#: written in transactions of their own by design: who looked, and who is signed in
APART = {"audit_opening", "django_session"}
JOBS = "django_tasks_database_dbtaskresult"
Rows = dict[str, list[str]]


class Record(Protocol):
    """One database that can be read whole, and put back.

    Args:
        counts_on: numbers that were given to rows which never came to be are not given again.
    """

    counts_on: bool

    def rows(self) -> Rows:
        """Give every row of every table, but for those that are apart."""

    def verbs(self, after: int) -> list[str]:
        """Give what the audit says was done after an entry."""

    def last_entry(self) -> int:
        """Give the last entry of the audit."""

    def keep(self, name: str) -> None:
        """Keep the record aside under a name."""

    def put_back(self, name: str) -> None:
        """Make the record what was kept under a name."""

    def is_still(self, name: str) -> bool:
        """Tell whether it is to the letter what was kept; False where that is not told quickly."""


def _words(table: str) -> str:
    """Ask for the columns that tell what was done. A job's moments are the machine's own."""
    columns = "status, task_path, args_kwargs" if table == JOBS else "*"
    return f'SELECT {columns} FROM "{table}"'  # noqa: S608 (a table of ours)


def _sorted(rows: Iterable[tuple[Any, ...]]) -> list[str]:
    return sorted(map(repr, rows))


class OnSqlite:
    """A file."""

    counts_on = False

    def __init__(self, data: Path) -> None:
        self.path = data / "opensenco.sqlite3"

    def rows(self) -> Rows:
        with self._opened() as connection:
            tables = connection.execute(TABLES)
            return {
                table: _sorted(connection.execute(_words(table)))
                for (table,) in tables.fetchall()
                if table not in APART and not table.startswith("sqlite_")
            }

    def verbs(self, after: int) -> list[str]:
        with self._opened() as connection:
            return [verb for (verb,) in connection.execute(DONE.format("?"), (after,))]

    def last_entry(self) -> int:
        with self._opened() as connection:
            ((last,),) = connection.execute(LAST)
            return int(last)

    def empty(self) -> None:
        """Take every row out, but for what migrating wrote."""
        with self._opened() as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            tables = connection.execute(TABLES)
            for (table,) in tables.fetchall():
                if not table.startswith(("django_", "sqlite_", "auth_")):
                    connection.execute(f'DELETE FROM "{table}"')  # noqa: S608 (a table's name)
            connection.commit()

    def _opened(self) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(self.path))

    def keep(self, name: str) -> None:
        with self._opened() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(self.path, self.path.with_name(f"{name}.kept"))

    def is_still(self, name: str) -> bool:
        with self._opened() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        kept = self.path.with_name(f"{name}.kept")
        return filecmp.cmp(self.path, kept, shallow=False)

    def put_back(self, name: str) -> None:
        for end in ("-wal", "-shm"):
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)
        shutil.copyfile(self.path.with_name(f"{name}.kept"), self.path)


class OnPostgres:
    """A database of the tests' server, read as its administrator."""

    counts_on = True

    def __init__(self, name: str, socket: Path) -> None:
        self.name = name
        self.server = Server(socket.parent)

    def rows(self) -> Rows:
        with self.server.connect(self.name) as connection:
            tables = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            ).fetchall()
            return {
                table: _sorted(connection.execute(_words(table)).fetchall())
                for (table,) in tables
                if table not in APART
            }

    def verbs(self, after: int) -> list[str]:
        with self.server.connect(self.name) as connection:
            found = connection.execute(DONE.format("%s"), [after])
            return [verb for (verb,) in found.fetchall()]

    def last_entry(self) -> int:
        with self.server.connect(self.name) as connection:
            ((last,),) = connection.execute(LAST).fetchall()
            return int(last)

    def keep(self, name: str) -> None:
        self.server.drop(f"{self.name}_{name}")
        self.server.create(f"{self.name}_{name}", self.name)

    def is_still(self, name: str) -> bool:
        return False

    def put_back(self, name: str) -> None:
        self.server.drop(self.name)
        self.server.create(self.name, f"{self.name}_{name}")


#: but for the index of words, which SQLite keeps in step by itself
TABLES = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
DONE = "SELECT verb FROM audit_entry WHERE id > {} AND outcome = 'done' ORDER BY id"
LAST = "SELECT coalesce(max(id), 0) FROM audit_entry"


def here() -> Record:
    """Give the record of this process's database."""
    from django.conf import settings

    database: dict[str, Any] = dict(settings.DATABASES["default"])
    if "postgresql" in database["ENGINE"]:
        return OnPostgres(str(database["NAME"]), Path(database["HOST"]))
    return OnSqlite(Path(os.environ["OPENSENCO_DATA"]))
