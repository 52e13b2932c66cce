"""Data migrations that see every row.

The owner of the schema is held by the walls like everybody else, so a plain `RunPython` finds no
rows on PostgreSQL, changes nothing and says nothing. A contract test refuses it.

What only one of the two databases has (an index of words, a generated column) is `OnVendor`.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

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


class MayBeEmptyFromNowOn(migrations.AlterField):
    """A column that may be empty from now on, and stays so on the way back.

    Rows that made use of it would fit no other way. Stands before the fields that the same
    migration adds to its table, since SQLite writes a table anew for each.
    """

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any
    ) -> None:
        """Leave the column as it is."""


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


class OnVendor(Operation):
    """Parts of the schema that Django has no words for, said to each database in its own.

    No rows are read or changed. SQLite remakes a table that a later migration changes, and drops
    its triggers: that migration has to say them again.

    Args:
        there: statements by vendor, "sqlite" and "postgresql", in their order.
        back: the statements of the way back.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, there: Mapping[str, Sequence[str]], back: Mapping[str, Sequence[str]]):
        self.there = there
        self.back = back

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing that models know of."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any
    ) -> None:
        """Say the statements of this database."""
        _say(schema_editor, self.there)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any
    ) -> None:
        """Say the statements of the way back."""
        _say(schema_editor, self.back)

    def describe(self) -> str:
        """Say what this is."""
        return "Parts of the schema that one database alone has"


def _say(editor: BaseDatabaseSchemaEditor, statements: Mapping[str, Sequence[str]]) -> None:
    for one in statements.get(editor.connection.vendor, ()):
        editor.execute(one, params=None)
