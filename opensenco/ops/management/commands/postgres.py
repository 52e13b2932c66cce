"""Print the SQL with which an administrator readies PostgreSQL for OpenSENCO."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from opensenco.access import postgres


class Command(BaseCommand):
    """Prints and touches nothing: only an administrator may run what it says."""

    help = (
        "Print the SQL with which an administrator readies PostgreSQL: "
        "opensenco postgres DATABASE --server 15 | psql --set ON_ERROR_STOP=1 DATABASE"
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the database's name and the server's version."""
        parser.add_argument("database", help="an empty database, made by CREATE DATABASE")
        parser.add_argument("--server", type=int, required=True, help="its version: 15, 16, …")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one statement a line.

        Raises:
            CommandError: the name cannot be one of a database.
        """
        try:
            inside = postgres.database_statements(options["database"])
        except ValueError as error:
            raise CommandError(f"{error}.") from None
        # 15 and 150018 both mean a server of version 15.
        version = options["server"] * (1 if options["server"] > 9999 else 10000)
        for statement in [*postgres.role_statements(version), *inside]:
            self.stdout.write(f"{statement};")
