"""How questions to PostgreSQL are compiled: Django asks for each kind by these names."""

from django.db.backends.postgresql import compiler as usual

from opensenco.access.compiling import Quick

SQLAggregateCompiler = usual.SQLAggregateCompiler
SQLDeleteCompiler = usual.SQLDeleteCompiler
SQLInsertCompiler = usual.SQLInsertCompiler
SQLUpdateCompiler = usual.SQLUpdateCompiler


class SQLCompiler(Quick, usual.SQLCompiler):
    """A compiler that knows the columns of tables, and refuses what PostgreSQL's refuses."""
