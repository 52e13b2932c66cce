"""`opensenco read`: read the words inside papers that wait for it, so that they can be searched."""

from typing import Any

from django.core.management.base import BaseCommand

from opensenco.access.installation import installation_actor
from opensenco.access.models import Organisation
from opensenco.access.scope import system_scope
from opensenco.documents import reading
from opensenco.documents.models import StoredFile
from opensenco.documents.operations.reading import record_words
from opensenco.gate.clock import clock


class Command(BaseCommand):
    """Read a few files at a time, outside every transaction, until none waits."""

    help = "Read the words inside papers that wait, such as those filed before they were read."

    def handle(self, *args: Any, **options: Any) -> None:
        """Read them."""
        done = broken = 0
        while files := self._waiting():
            for pk, read in reading.read(files):
                with system_scope("write down the words inside a file"):
                    row = StoredFile.objects.get(pk=pk)
                    actor = installation_actor(clock().now(), frozenset({row.org_id}))
                    record_words(actor=actor, stored_file=row, read=read)
                done += 1
                broken += not read.opened
        self.stdout.write(f"read        {done:>8,}\nnot opened  {broken:>8,}\n")

    def _waiting(self) -> list[Any]:
        with system_scope("list the files that wait to be read", write=False):
            return reading.waiting(frozenset(Organisation.objects.values_list("pk", flat=True)))
