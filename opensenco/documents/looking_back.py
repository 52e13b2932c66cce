"""The papers of a pupil as they were on file at the end of a day, by the permissions of today."""

from dataclasses import dataclass
from datetime import date

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.audit.history import as_of, end_of, marked_since
from opensenco.documents.models import Document, DocumentVersion
from opensenco.documents.types import OTHER, TYPES
from opensenco.people import queries as people
from opensenco.people.looking_back import reads_then, rows_then
from opensenco.people.models import Pupil

MOST = 200


@dataclass(frozen=True, slots=True)
class PaperThen:
    """A paper as it stood.

    Args:
        version: the newest of that day.
        wrong: the day on which it turned out to be filed in error, where it did.
    """

    document: Document
    version: DocumentVersion
    wrong: date | None

    @property
    def kind(self) -> str:
        """What kind of paper it is, in words."""
        return str(TYPES.get(self.document.kind, OTHER).words)


def papers_as_stood(actor: Actor, row: Pupil, day: date) -> list[PaperThen]:
    """Give what was on file of a pupil at the end of a day, the newest first.

    Of those that this actor may know of today; four questions, however many there are.

    Args:
        row: the pupil as the record stands now.
    """
    if not reads_then(actor, row):
        return []
    then = list(
        rows_then(Document, row, day)
        .filter(in_error_at__isnull=True, filed_at__lte=end_of(day))
        .order_by("-filed_at", "-id")[:MOST]
    )
    known = visible(actor, Action.DOCUMENT_VIEW, Document).filter(pk__in=[one.pk for one in then])
    seen = set(known.values_list("pk", flat=True))
    versions = DocumentVersion.objects.filter(document__in=seen, filed_at__lte=end_of(day))
    newest = {one.document_id: one for one in versions.order_by("number")}
    wrong = marked_since(then)
    return [
        PaperThen(one, newest[one.pk], wrong.get(one.pk))
        for one in then
        if one.pk in seen and one.pk in newest
    ]


def filed_beside(row: Pupil, day: date) -> set[int]:
    """Give the ids of papers that at the end of a day were on file in another record of the pupil.

    Of one that was made one with this since. Who may know of a paper is asked apart.
    """
    others = [one.pk for one in people.one_with(row, day)]
    return set(as_of(Document, day).filter(pupil_id__in=others).values_list("id", flat=True))
