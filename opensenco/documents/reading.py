"""The words inside papers: which wait to be read, and reading them apart from everything."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from opensenco.access.models import Organisation
from opensenco.documents.files.opening import Inside as Read
from opensenco.documents.files.opening import inside
from opensenco.documents.files.store import Store
from opensenco.documents.models import Document, DocumentVersion, PaperText, StoredFile
from opensenco.documents.searching import key_of, said_of
from opensenco.documents.states import OPENED, Inside

#: files that one child reads, and that one turn of the worker gives to children
FEW = 10
TURN = 200
#: enough for each of them to take as long as it may
SECONDS = 240.0


def expect(document: Document, version: DocumentVersion) -> None:
    """Say that the words of a paper's newest version wait to be read: until then by its title."""
    row = PaperText.objects.filter(document=document).first()
    if row is None:
        row = PaperText(org_id=document.org_id, document=document)
    row.version, row.state, row.words = version, Inside.WAITS, ""
    row.key, row.said = key_of(document.search_key), said_of(document.search_key)
    row.save()


def say_anew(document: Document) -> None:
    """Find a paper by what its title, origin and author are now."""
    row = PaperText.objects.get(document=document)
    row.key = key_of(document.search_key, row.words)
    row.said = said_of(document.search_key, row.words)
    row.save(update_fields=["key", "said"])


def waiting(orgs: frozenset[int], most: int = FEW) -> list[tuple[int, Path, str]]:
    """Give the files whose words wait to be read: their row's id, where they lie, and their kind.

    What the scanner has not let through is not opened here either.
    """
    texts = PaperText.objects.filter(
        org__in=orgs, state=Inside.WAITS, version__file__scan__in=OPENED
    )
    rows = StoredFile.objects.filter(pk__in=texts.values("version__file")).order_by("id")
    refs = dict(Organisation.objects.filter(pk__in=orgs).values_list("pk", "ref"))
    root = Path(settings.FILES)
    return [
        (pk, Store(root, refs[org]).path(digest), kind)
        for pk, org, digest, kind in rows.values_list("pk", "org_id", "digest", "kind")[:most]
    ]


def read(files: list[tuple[int, Path, str]]) -> Iterator[tuple[int, Read]]:
    """Read each, outside every transaction. One that fails, or is not reached in time, has none."""
    answers = inside([(path, kind) for _pk, path, kind in files], SECONDS, whole=True)
    for (pk, _path, _kind), answer in zip(files, answers, strict=True):
        yield pk, answer
