"""Do the jobs that wait in the database, until stopped."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """The worker: one beside every server."""

    help = "Do the jobs that wait in the database, until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how long to go on."""
        parser.add_argument(
            "--until-done",
            action="store_true",
            help="stop when nothing waits, instead of waiting for more",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the jobs of every queue, one after the other."""
        call_command(
            "db_worker",
            queue_name="*",
            batch=options["until_done"],
            startup_delay=False,
            verbosity=options["verbosity"],
        )
