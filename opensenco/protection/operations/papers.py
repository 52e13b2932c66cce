"""Single papers past their date are chosen, and disposed of before their record by the worker."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.cases.models import Fact
from opensenco.documents import keeping_dates
from opensenco.documents.limits import LONGEST_WHY
from opensenco.documents.models import Document, DocumentVersion, GonePaper, PaperText, StoredFile
from opensenco.documents.states import Level
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.clock import london_date
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Pupil
from opensenco.protection import going_papers
from opensenco.protection.models import PaperDisposal
from opensenco.protection.operations.keeping import GRACE
from opensenco.protection.states import Disposing
from opensenco.ui.words import day as said_day

FEWEST_WORDS = 2


@operation(Action.KEEPING_DECIDE, on="pupil")
def decide_papers(
    *, actor: Actor, pupil: Pupil, papers: Collection[uuid.UUID], why: str
) -> PaperDisposal:
    """Decide that single papers past their date are disposed of before their record.

    It can be called off for seven days.

    Args:
        papers: the references of the documents.

    Raises:
        Invalid: none was chosen, or one that cannot be; or no reason that says anything.
        NotPossible: something keeps the papers of this pupil; the sentence says what.
    """
    if (stands := going_papers.why_kept(pupil, actor.today)) is not None:
        raise NotPossible(stands)
    if not papers:
        raise Invalid("papers", _("Choose at least one paper."))
    past = going_papers.past_papers(actor, pupil)
    can = {one.document.ref: one for one in past if not one.with_record}
    if set(papers) - set(can):
        raise Invalid("papers", _("Choose papers from the list only."))
    chosen = [can[ref] for ref in sorted(set(papers))]
    row = PaperDisposal(
        org_id=pupil.org_id, record=pupil.ref, papers=[str(one.document.ref) for one in chosen],
        kinds=going_papers.counted([one.document for one in chosen]),
        kept_until=max(one.until for one in chosen), why=_reason(why), person=actor.person,
        at=actor.at, due_on=actor.today + GRACE,
    )  # fmt: skip
    row.save()
    return row


def _reason(text: str) -> str:
    words = " ".join(text.split())
    if len(words.split()) < FEWEST_WORDS:
        raise Invalid("why", _("Say in a few words why they are not needed any more."))
    if len(words) > LONGEST_WHY:
        raise Invalid("why", _("Use at most %(most)s characters.") % {"most": LONGEST_WHY})
    return words


@operation(Action.KEEPING_DECIDE, on="paper_disposal")
def call_off_papers(
    *, actor: Actor, paper_disposal: PaperDisposal, version: int | None
) -> PaperDisposal:
    """Call it off before it is carried out. The papers stay.

    Raises:
        NotPossible: it has been carried out, or was called off already.
        Stale: it was carried out in between.
    """
    if paper_disposal.state != Disposing.DECIDED:
        raise NotPossible(_("This cannot be called off any more."))
    return change(
        paper_disposal, version=version, state=Disposing.CALLED_OFF, papers=[],
        called_off_by=actor.person, called_off_at=actor.at,
    )  # fmt: skip


@operation(Action.KEEPING_DECIDE, on="paper_disposal")
def carry_out_papers(
    *, actor: Actor, paper_disposal: PaperDisposal, version: int | None
) -> PaperDisposal:
    """Remove all that the papers said, in one transaction, and count it. The worker alone can.

    Their files are removed from the disk after that; until then the certificate lists them.

    Raises:
        NotPossible: something keeps them since, or it is not decided or not due.
        Stale: another worker was at it.
    """
    row = paper_disposal
    if row.state != Disposing.DECIDED or row.due_on > actor.today:
        raise NotPossible
    documents = _to_go(row)
    for pupil in {one.pupil for one in documents}:
        if (stands := going_papers.why_kept(pupil, actor.today, but=row)) is not None:
            raise NotPossible(stands)
    if any(_until(one) > actor.today for one in documents):
        raise NotPossible(_("The date of one of them has not come yet."))
    change(row, version=version, state=Disposing.GOING)
    versions = DocumentVersion.objects.filter(document__in=[one.pk for one in documents])
    digests = set(versions.values_list("file__digest", flat=True))
    for document in documents:
        _empty(actor, row, document)
    rows, going = going_papers.without_use(row.org_id, digests)
    _remove(StoredFile.objects.filter(pk__in=rows))
    return change(
        row, version=None, papers=[], kinds=going_papers.counted(documents), left=going,
        files=len(going), files_kept=len(digests) - len(going),
    )  # fmt: skip


def _until(document: Document) -> date:
    """Give the day until which a paper is kept; of one that has no rule, far away."""
    kept = keeping_dates.kept(document)
    return kept.on if kept else date.max


def _to_go(row: PaperDisposal) -> Sequence[Document]:
    """Give the papers that were chosen and are still there as they were.

    What was marked as filed in error since is left out: somebody has decided otherwise of it.
    """
    refs = [uuid.UUID(one) for one in row.papers]
    there = Document.objects.filter(org=row.org_id, ref__in=refs, in_error_at__isnull=True)
    return list(there.exclude(level=Level.SAFEGUARDING).select_related("pupil").order_by("pk"))


def _empty(actor: Actor, row: PaperDisposal, document: Document) -> None:
    """Take everything out of a paper but that it was there."""
    versions = DocumentVersion.objects.filter(document=document)
    gone = GonePaper(
        org_id=document.org_id, pupil=document.pupil, document=document, kind=document.kind,
        level=document.level, filed_at=document.filed_at, kept_until=_until(document),
        why=row.why, at=actor.at, certificate=row.ref,
        versions=[str(ref) for ref in versions.order_by("number").values_list("ref", flat=True)],
    )  # fmt: skip
    gone.save()
    _remove(PaperText.objects.filter(document=document))
    _remove(versions)
    # what the timeline says of it can repeat its title; the newest first, as one points at another
    told = Q(source_ref=document.ref) | Q(corrects__source_ref=document.ref)
    for pk in list(Fact.objects.filter(told).order_by("-pk").values_list("pk", flat=True)):
        _remove(Fact.objects.filter(pk=pk))
    change(
        document, version=None, title=_("A paper that was disposed of"), search_key="",
        dated=None, dated_as="", came_from="", author_role="", in_error_at=actor.at,
        in_error_by=row.person, in_error_reason=row.why,
    )  # fmt: skip
    before = Document.history.model._default_manager.filter(id=document.pk)
    newest = before.order_by("-history_date", "-history_id").values_list("history_id", flat=True)[0]
    _remove(before.exclude(history_id=newest))
    _note(actor, gone)


def _remove(rows: Any) -> None:
    """Remove rows for good, append-only ones too: the worker alone has the right."""
    rows.remove_for_good()


def _note(actor: Actor, gone: GonePaper) -> None:
    closed = gone.level == Level.CONFIDENTIAL
    words = _("A paper was here: %(kind)s, filed on %(day)s. It was disposed of: %(why)s") % {
        "kind": gone.kind_words, "day": said_day(london_date(gone.filed_at)), "why": gone.why,
    }  # fmt: skip
    spine.add_fact(
        actor=actor, pupil=gone.pupil, kind="document.disposed", on=actor.today, words=words,
        source=gone.document,
        reader=Action.DOCUMENT_CONFIDENTIAL if closed else Action.DOCUMENT_VIEW,
    )  # fmt: skip


@operation(Action.KEEPING_DECIDE, on="paper_disposal")
def finish_papers(
    *, actor: Actor, paper_disposal: PaperDisposal, version: int | None
) -> PaperDisposal:
    """Say that the files are gone too. The certificate stands from then on.

    Raises:
        NotPossible: the papers have not been removed.
        Stale: another worker was at it.
    """
    if paper_disposal.state != Disposing.GOING:
        raise NotPossible
    return change(paper_disposal, version=version, state=Disposing.DONE, done_at=actor.at, left=[])
