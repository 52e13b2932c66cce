"""Asking the scanner about the files that wait for it, outside every transaction."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from opensenco.access.models import Organisation
from opensenco.documents.files.scanner import Scanned, Scanner, Verdict
from opensenco.documents.files.store import Store
from opensenco.documents.models import StoredFile
from opensenco.documents.states import Scan


def waiting(orgs: frozenset[int], *, every: bool = False) -> list[tuple[int, Path]]:
    """Give the files that wait here, by their row's id, the oldest first.

    Args:
        every: all files, also those that were scanned, or came before there was a scanner.
    """
    rows = StoredFile.objects.filter(org__in=orgs).order_by("id")
    rows = rows if every else rows.filter(scan=Scan.WAITS)
    refs = dict(Organisation.objects.filter(pk__in=orgs).values_list("pk", "ref"))
    root = Path(settings.FILES)
    return [
        (pk, Store(root, refs[org]).path(digest))
        for pk, org, digest in rows.values_list("pk", "org_id", "digest")
    ]


def scanned(files: list[tuple[int, Path]]) -> Iterator[tuple[int, Scanned]]:
    """Ask about each; where the scanner does not answer, the rest is left for another time."""
    scanner = Scanner(settings.SCANNER)
    for pk, path in files:
        said = scanner.scan(path)
        if said.verdict is Verdict.WAITS:
            return
        yield pk, said
