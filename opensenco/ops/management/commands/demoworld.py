"""Fill an empty database with the made-up school (`demo` does this when it is needed)."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from opensenco.access.models import Person
from opensenco.access.scope import system_scope
from opensenco.gate.clock import clock
from opensenco.ops import demo, demo_marker


class Command(BaseCommand):
    """Notes that it begins, builds, and notes that it is done."""

    help = "Fill an empty database with the made-up school. `demo` does this when it is needed."

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
        people = tuple(demo.build(today))
        demo_marker.Marker(begun.database, today, built=True, sign_ins=people).write(folder)
