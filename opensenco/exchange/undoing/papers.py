"""Documents that a heap of papers brought."""

from collections.abc import Sequence

from opensenco.documents.models import DocumentVersion
from opensenco.documents.operations.putting_right import mark_filed_in_error
from opensenco.exchange.undoing.thing import Thing, Undoing, Verdict, who_changed


class Documents(Thing):
    """A document that was filed is marked as filed in error; its bytes stay."""

    label = "documents.Document"
    order = 5

    def judge(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """One that somebody has put right or added to since stays."""
        ids = [one.row.pk for one in verdicts]
        newer = set(
            DocumentVersion.objects.filter(document__in=ids, number__gt=1).values_list(
                "document_id", flat=True
            )
        )
        for one in verdicts:
            if one.row.version > 1 or one.row.in_error or one.row.pk in newer:
                one.why.append(who_changed(one))

    def take_back(self, undoing: Undoing, verdicts: Sequence[Verdict]) -> None:
        """Mark them all at once."""
        made = [one.row for one in verdicts if not one.kept]
        if made:
            mark_filed_in_error(actor=undoing.actor, documents=made, reason=undoing.reason)
