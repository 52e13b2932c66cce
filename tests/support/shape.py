"""What shape a database has: every column, default, key, index, constraint, wall and trigger.

In sentences that do not tell in which order they were made, so that two databases can be compared
that came to one shape in two ways.
"""

import re
from typing import Any

Line = tuple[Any, ...]
#: a constraint or a default in the words with which SQLite keeps a table
INLINE = (
    re.compile(r'CONSTRAINT "[^"]+" (?:CHECK|UNIQUE).*?(?=, CONSTRAINT|, "|\)$)'),
    re.compile(r'"\w+" \w+[^,]* (?:DEFAULT|GENERATED|COLLATE) [^,]*'),
)
SQLITE = (
    """SELECT tables.name, columns.name, columns.type, "notnull", pk
        FROM sqlite_master tables, pragma_table_xinfo(tables.name) columns
        WHERE tables.type = 'table'""",
    """SELECT tables.name, keys."from", keys."table", keys."to", on_delete
        FROM sqlite_master tables, pragma_foreign_key_list(tables.name) keys
        WHERE tables.type = 'table'""",
    """SELECT type, tbl_name, name, CASE type WHEN 'table' THEN '' ELSE sql END
        FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'""",
)
POSTGRES = (
    """SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,
        column_default, is_identity, generation_expression
        FROM information_schema.columns WHERE table_schema = 'public'""",
    """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    """SELECT tablename, policyname, roles::text, cmd, qual, with_check FROM pg_policies""",
    """SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'""",
    """SELECT table_name, grantee, privilege_type
        FROM information_schema.role_table_grants WHERE table_schema = 'public'""",
    """SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger
        WHERE NOT tgisinternal""",
)


def shape_of(connection: Any, kind: str) -> list[Line]:
    """Give a database's shape, read past every wall.

    Args:
        connection: of `sqlite3` or `psycopg`.
        kind: sqlite or postgres.
    """
    asked = POSTGRES if kind == "postgres" else SQLITE
    found = {tuple(row) for one in asked for row in connection.execute(one).fetchall()}
    if kind == "sqlite":
        kept = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL"
        for name, words in connection.execute(kept).fetchall():
            found |= {(name, said) for one in INLINE for said in one.findall(words)}
    return sorted(found, key=repr)
