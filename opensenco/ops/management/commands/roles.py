"""Print every role and what it can do, as docs/roles.md holds it."""

from typing import Any

from django.core.management.base import BaseCommand

from opensenco.ops.roles import document


class Command(BaseCommand):
    """Prints the one readable set of roles; opens no database."""

    help = "Print every role, what it is for and each thing it can do, over which children."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the document."""
        self.stdout.write(document(), ending="")
