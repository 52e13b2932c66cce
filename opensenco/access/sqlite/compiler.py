"""How questions to SQLite are compiled: Django asks for each kind by these names."""

from django.db.models.sql import compiler as usual

from opensenco.access.compiling import Quick

SQLAggregateCompiler = usual.SQLAggregateCompiler
SQLDeleteCompiler = usual.SQLDeleteCompiler
SQLInsertCompiler = usual.SQLInsertCompiler
SQLUpdateCompiler = usual.SQLUpdateCompiler


class SQLCompiler(Quick):
    """A compiler that knows the columns of tables."""
