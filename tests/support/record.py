"""The whole record as it lies in the database, past every wall: read, kept aside and put back."""

import filecmp
import os
import shutil
import sqlite3
from contextlib import closing
from operator import itemgetter
from pathlib import Path
from typing import Any, Protocol

from tests.support.postgres import Server

#: written by design beside what is done: who looked, who is signed in, and how often somebody tried
APART = {"audit_opening", "access_websession", "opensenco_cache"}
#: columns that tell what was done, where others hold moments of the machine's own
TELLING = {
    "django_tasks_database_dbtaskresult": "status, task_path, args_kwargs",
    "socialaccount_socialaccount": "id, provider, uid, user_id, extra_data",
}
AUDIT = "audit_entry"
Rows = dict[str, list[tuple[Any, ...]]]


class Record(Protocol):
    """One database that can be read whole, and put back.

    Args:
        counts_on: numbers that were given to rows which never came to be are not given again.
    """

    counts_on: bool

    def rows(self) -> Rows:
        """Give every row of every table, but for those that are apart."""

    def verbs(self, before: Rows, after: Rows) -> list[str]:
        """Give what the audit says was done between two states."""

    def kept_rows(self, name: str) -> Rows:
        """Give every row of what was kept last, which is what the record still is."""

    def keep(self, name: str) -> None:
        """Keep the record aside under a name."""

    def lighten(self) -> None:
        """Take out what is only there for speed: each process reads it before it begins."""

    def put_back(self, name: str) -> None:
        """Make the record what was kept under a name."""

    def is_still(self, name: str) -> bool:
        """Tell whether it is to the letter what was kept; False where that is not told quickly."""


def _words(table: str) -> str:
    """Ask for the columns that tell what was done."""
    return f'SELECT {TELLING.get(table, "*")} FROM "{table}"'  # noqa: S608 (a table of ours)


class _Kept:
    """What is read of the audit, and what is remembered of what was kept."""

    def __init__(self) -> None:
        self._audit: tuple[str, ...] = ()
        self._read: dict[str, Rows] = {}

    def rows(self) -> Rows:
        raise NotImplementedError

    def kept_rows(self, name: str) -> Rows:
        if name not in self._read:
            self._read[name] = self.rows()
        return self._read[name]

    def verbs(self, before: Rows, after: Rows) -> list[str]:
        number, verb, outcome = map(self._audit.index, ("id", "verb", "outcome"))
        last = max((row[number] for row in before[AUDIT]), default=0)
        new = sorted((row for row in after[AUDIT] if row[number] > last), key=itemgetter(number))
        return [row[verb] for row in new if row[outcome] == "done"]

    def _all(self, table: str, read: Any) -> list[tuple[Any, ...]]:
        if table == AUDIT:
            self._audit = tuple(column[0] for column in read.description)
        rows: list[tuple[Any, ...]] = read.fetchall()
        return rows


class OnSqlite(_Kept):
    """A file."""

    counts_on = False

    def __init__(self, data: Path) -> None:
        super().__init__()
        self.path = data / "opensenco.sqlite3"
        self._tables: list[str] = []

    def rows(self) -> Rows:
        """Rows come as they lie in the file, which the same statements leave the same."""
        with self._opened() as connection:
            # nothing makes a table while deeds are done
            self._tables = self._tables or [
                table
                for (table,) in connection.execute(TABLES).fetchall()
                if table not in APART and not table.startswith("sqlite_")
            ]
            return {
                table: self._all(table, connection.execute(_words(table))) for table in self._tables
            }

    def lighten(self) -> None:
        with self._opened() as connection:
            for (index,) in connection.execute(FOR_SPEED).fetchall():
                connection.execute(f'DROP INDEX "{index}"')
            connection.commit()
            connection.execute("VACUUM")

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
        if not self.is_still(name):
            shutil.copyfile(self.path, self.path.with_name(f"{name}.kept"))
            self._read.pop(name, None)

    def is_still(self, name: str) -> bool:
        self._settle()
        kept = self.path.with_name(f"{name}.kept")
        return kept.exists() and filecmp.cmp(self.path, kept, shallow=False)

    def _settle(self) -> None:
        """Write into the file what was committed beside it."""
        beside = self.path.with_name(f"{self.path.name}-wal")
        if beside.exists() and beside.stat().st_size:
            with self._opened() as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def put_back(self, name: str) -> None:
        for end in ("-wal", "-shm"):
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)
        shutil.copyfile(self.path.with_name(f"{name}.kept"), self.path)


class OnPostgres(_Kept):
    """A database of the tests' server, read as its administrator."""

    counts_on = True

    def __init__(self, name: str, socket: Path) -> None:
        super().__init__()
        self.name = name
        self.server = Server(socket.parent)

    def rows(self) -> Rows:
        with self.server.connect(self.name) as connection:
            tables = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            ).fetchall()
            return {
                table: sorted(self._all(table, connection.execute(_words(table))), key=repr)
                for (table,) in tables
                if table not in APART
            }

    def keep(self, name: str) -> None:
        self._read.pop(name, None)
        self.server.drop(f"{self.name}_{name}")
        self.server.create(f"{self.name}_{name}", self.name)

    def is_still(self, name: str) -> bool:
        return False

    def lighten(self) -> None:
        pass

    def put_back(self, name: str) -> None:
        self.server.drop(self.name)
        self.server.create(self.name, f"{self.name}_{name}")


#: but for the index of words, which SQLite keeps in step by itself
TABLES = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
FOR_SPEED = """
    SELECT indexes.name FROM sqlite_schema tables, pragma_index_list(tables.name) indexes
    WHERE tables.type = 'table' AND NOT indexes."unique"
"""


def here() -> Record:
    """Give the record of this process's database."""
    from django.conf import settings

    database: dict[str, Any] = dict(settings.DATABASES["default"])
    if "postgresql" in database["ENGINE"]:
        return OnPostgres(str(database["NAME"]), Path(database["HOST"]))
    return OnSqlite(Path(os.environ["OPENSENCO_DATA"]))
