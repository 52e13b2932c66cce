"""Bring the database to the shape this version needs."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from opensenco.ops.migrating import quickly


class Command(Migrate):
    """Django's migrate, then the table of the cache, then PostgreSQL's walls."""

    help = "Bring the database to the shape this version needs."

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; with the names of an app or a plan only, leave the rest alone."""
        with quickly():
            super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"]:
            return
        call_command("createcachetable", verbosity=0)
        if connection.vendor == "postgresql" and not self._steps_left():
            from opensenco.access.walls import raise_walls

            raise_walls()
        if options["verbosity"] and not self._steps_left() and not _anybody():
            self.stdout.write("Nothing is here yet. To begin: opensenco setup")

    @staticmethod
    def _steps_left() -> bool:
        """Whether the database was taken to an earlier shape, whose walls this version cannot say.

        They stand as they were. A table that lost its wall with a column answers nobody.
        """
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _anybody() -> bool:
    from opensenco.access.models import Organisation

    return Organisation.objects.exists()
