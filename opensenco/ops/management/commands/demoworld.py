"""Fill an empty database with the made-up county (`demo` does this when it is needed)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from opensenco.access.models import Person
from opensenco.access.scope import system_scope
from opensenco.gate import demo_marker
from opensenco.gate.clock import clock
from opensenco.ops import demo
from opensenco.ops.demo_size import Size


class Command(BaseCommand):
    """Notes that it begins, builds, and notes that it is done."""

    help = "Fill an empty database with the made-up county. `demo` does this when it is needed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how much is made."""
        parser.add_argument(
            "--size", choices=[size.value for size in Size], default=Size.COUNTY.value
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Build the world.

        Raises:
            CommandError: there are people in the database already.
        """
        with system_scope("see whether the database is empty", write=False):
            taken = Person.objects.exists()
        if taken:
            raise CommandError(
                "This database holds people already, so the demo is not put into it. "
                "Set OPENSENCO_DATA to another folder, or name another database."
            )
        folder: Path = settings.DATA
        today = clock().today()
        begun = demo_marker.Marker(database=demo_marker.this_database(), day=today)
        begun.write(folder)
        people = tuple(demo.build(today, Size(options["size"])))
        demo_marker.Marker(begun.database, today, built=True, sign_ins=people).write(folder)
