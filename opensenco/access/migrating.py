"""Data migrations that see every row.

The owner of the schema is held by the walls like everybody else, so a plain `RunPython` finds no
rows on PostgreSQL, changes nothing and says nothing. A contract test refuses it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FORCED = (
    "SELECT oid::regclass::text FROM pg_class"
    " WHERE relforcerowsecurity AND relnamespace = 'public'::regnamespace"
)


class RunAsSystem(migrations.RunPython):
    """A `RunPython` whose two functions see and change the rows of every organisation."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any
    ) -> None:
        """Run the first function, on both databases, over all rows."""
        with _walls_down(schema_editor):
            super().database_forwards(app_label, schema_editor, *states)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any
    ) -> None:
        """Run the function of the way back, over all rows."""
        with _walls_down(schema_editor):
            super().database_backwards(app_label, schema_editor, *states)


@contextmanager
def _walls_down(schema_editor: BaseDatabaseSchemaEditor) -> Iterator[None]:
    """Let the owner, and nobody else, past the walls until the function has run.

    Not the role of the system: it may not correct ledgers, and has no right yet in a table that
    this migration makes. A failure rolls the migration back, and the walls stand as before.
    """
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(FORCED)
        forced = [table for (table,) in cursor.fetchall()]
        for table in forced:
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        yield
        # Checks put off to the end of the transaction would forbid to alter their tables.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in forced:
            cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
