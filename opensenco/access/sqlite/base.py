"""SQLite as Django has it, and a second connection that only ever reads.

`PRAGMA query_only` makes SQLite forget every statement it has prepared. Switched on and off with
each request, it made each question of a page be parsed and planned anew: a third of what a register
cost (docs/adr/0024). A connection that never may write is told so once.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.sqlite3 import base, operations


class DatabaseOperations(operations.DatabaseOperations):
    """Django's own, with compilers that know the columns of tables."""

    compiler_module = "opensenco.access.sqlite.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    """One database with two connections: all goes through the first, reading through the second."""

    ops_class = DatabaseOperations
    _reader: sqlite3.Connection | None = None

    def get_new_connection(self, conn_params: Any) -> sqlite3.Connection:
        """Open a connection that writes zeros over what it deletes: gone is gone (ADR 0030)."""
        opened: sqlite3.Connection = super().get_new_connection(conn_params)
        opened.execute("PRAGMA secure_delete = ON").close()
        return opened

    @contextmanager
    def reading(self, *, back: bool = True) -> Iterator[None]:
        """Refuse writing for the block.

        Inside a transaction the one connection that has it is told so: no other would see what
        was written there and not committed.

        Args:
            back: whether writing is allowed again after it.
        """
        self.ensure_connection()
        if self.in_atomic_block or self.is_in_memory_db():
            with self._query_only(back):
                yield
            return
        usual = self.connection
        if self._reader is None:
            # whoever writes in one request is read by the next: each has committed before
            self._reader = self.get_new_connection(self.get_connection_params())
            self._reader.execute("PRAGMA query_only = ON")
        self.connection = self._reader
        try:
            yield
        finally:
            self.connection = usual

    @contextmanager
    def _query_only(self, back: bool) -> Iterator[None]:
        # Past Django's cursor, which refuses all after an error.
        self.connection.execute("PRAGMA query_only = ON")
        try:
            yield
        finally:
            if back:
                self.ensure_connection()
                self.connection.execute("PRAGMA query_only = OFF")

    def _close(self) -> None:
        reader, self._reader = self._reader, None
        if reader is not None and reader is not self.connection:
            reader.close()
        super()._close()  # type: ignore[misc] # the stubs leave it out
