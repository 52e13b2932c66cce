"""The database of one file: copied by SQLite's own way, while others write to it."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.core.management.base import CommandError
from django.db import connection

from opensenco.kernel.patience import Patience

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
#: seconds for which somebody who writes is waited for
PATIENCE = 60.0


class OnSqlite:
    """How a database of SQLite is copied and brought back.

    Attributes:
        kind, file: what a backup calls the database, and its part with it.
    """

    kind = "sqlite"
    file = "database.sqlite3"

    @property
    def place(self) -> Path:
        """Where the database lies."""
        return Path(connection.settings_dict["NAME"])

    def dump(self, to: Path) -> dict[str, int]:
        """Copy the database as it is at one moment, and give its rows by table.

        Raises:
            CommandError: there is none, or it is damaged.
        """
        if not self.place.exists():
            raise CommandError(f"There is no database at {self.place}.")
        with _opened(self.place, "ro") as live, _opened(to, "rwc") as copy:
            _copied(live, copy)
            # one file, without the log beside it that the living database has
            copy.execute("PRAGMA journal_mode = DELETE")
            [(said,), *_more] = copy.execute("PRAGMA integrity_check").fetchall()
            if said != "ok":
                raise CommandError(f"The database is damaged: {said}.")
            return _counted(copy)

    def is_empty(self) -> bool:
        """Tell whether nothing is here yet."""
        return not self.place.exists()

    def load(self, source: Path) -> None:
        """Make the database what a copy is, whatever it was: through its locks, page by page."""
        connection.close()
        self.place.parent.mkdir(parents=True, exist_ok=True)
        with _opened(source, "ro") as copy, _opened(self.place, "rwc") as live:
            _copied(copy, live)
        self.place.chmod(0o600)

    def take_away(self) -> None:
        """Take away what was loaded into an empty place and is not what it should be."""
        connection.close()
        for end in ("", "-wal", "-shm", "-journal"):
            self.place.with_name(self.place.name + end).unlink(missing_ok=True)

    def counts(self) -> dict[str, int]:
        """Give the rows by table as they are now."""
        with _opened(self.place, "ro") as live:
            return _counted(live)

    def make_ready(self) -> None:
        """Nothing is needed before a copy is made."""


@contextmanager
def _opened(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    where = f"{path.resolve().as_uri()}?mode={mode}"
    with closing(sqlite3.connect(where, uri=True, timeout=PATIENCE)) as opened:
        yield opened


def _copied(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    patience = Patience(PATIENCE)
    while True:
        try:
            # all in one go: in steps it begins anew each time that somebody writes
            source.backup(target, pages=-1)
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if not busy or patience.left <= 0:
                raise CommandError(f"The database could not be copied: {error}.") from None
            time.sleep(0.2)
        else:
            return


def _counted(opened: sqlite3.Connection) -> dict[str, int]:
    names = sorted(name for (name,) in opened.execute(TABLES).fetchall())
    return {name: _rows(opened, name) for name in names}


def _rows(opened: sqlite3.Connection, table: str) -> int:
    asked = f'SELECT count(*) FROM "{table}"'  # noqa: S608 (a name from the catalogue)
    [(count,)] = opened.execute(asked).fetchall()
    return int(count)
