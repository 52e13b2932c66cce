"""`opensenco scan`: ask the virus scanner about files that wait for it, or about all of them."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from opensenco.access.installation import installation_actor
from opensenco.access.models import Organisation
from opensenco.access.scope import system_scope
from opensenco.documents import scanning
from opensenco.documents.models import StoredFile
from opensenco.documents.operations.scanning import record_scan
from opensenco.gate.clock import clock


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
        with system_scope("list the files that wait", write=False):
            orgs = frozenset(Organisation.objects.values_list("pk", flat=True))
            files = scanning.waiting(orgs, every=options["all"])
        done = found = 0
        for pk, said in scanning.scanned(files):
            with system_scope("write down what the scanner said"):
                row = StoredFile.objects.get(pk=pk)
                actor = installation_actor(clock().now(), frozenset({row.org_id}))
                record_scan(actor=actor, stored_file=row, said=said)
            done += 1
            found += bool(said.name)
        self.stdout.write(f"scanned     {done:>8,}\nfound       {found:>8,}\n")
        if done < len(files):
            raise CommandError(f"The scanner did not answer: {len(files) - done:,} files wait on.")
