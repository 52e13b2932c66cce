"""PostgreSQL as Django has it, with compilers that know the columns of tables."""

from django.db.backends.postgresql import base, operations


class DatabaseOperations(operations.DatabaseOperations):
    """Django's own, with our compilers."""

    compiler_module = "opensenco.access.postgresql.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with our compilers."""

    ops_class = DatabaseOperations
