"""`opensenco scan`: ask the virus scanner about files that wait for it, or about all of them."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from opensenco.ops.scanning import scan


class Command(BaseCommand):
    """Ask the scanner, outside every transaction, and write down what it said."""

    help = "Ask the virus scanner about the files that wait for it (with --all: about every file)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether files are scanned again that were scanned before, or by nobody."""
        parser.add_argument("--all", action="store_true", help="every file that is kept")

    def handle(self, *args: Any, **options: Any) -> None:
        """Scan.

        Raises:
            CommandError: no scanner is set, or it does not answer.
        """
        if not settings.SCANNER:
            raise CommandError("No scanner is set. Set OPENSENCO_CLAMAV.")
        said = scan(every=options["all"])
        self.stdout.write(f"scanned     {said.done:>8,}\nfound       {said.found:>8,}\n")
        if said.left:
            raise CommandError(f"The scanner did not answer: {said.left:,} files wait on.")
