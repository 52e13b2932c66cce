"""Bring the database to the shape this version needs."""

from typing import Any

from django.core.management import CommandParser, call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from opensenco.ops.making import is_empty, make_whole
from opensenco.ops.migrating import quickly

#: words with which somebody wants something else than the whole shape of this version
PART = ("app_label", "plan", "check_unapplied", "fake", "fake_initial", "prune", "step_by_step")


class Command(Migrate):
    """Django's migrate, then the table of the cache, then PostgreSQL's walls.

    An empty database is made in one step; then Django finds nothing to do but to tell its apps.
    """

    help = "Bring the database to the shape this version needs."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take Django's words and one of our own."""
        super().add_arguments(parser)
        way = "walk every migration, although the database is empty"
        parser.add_argument("--step-by-step", action="store_true", help=way)

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; with the names of an app or a plan only, leave the rest alone."""
        if not any(options[one] for one in PART) and is_empty(connection):
            make_whole(connection)
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
