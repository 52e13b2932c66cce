"""A file is applied: what its rows change is done by the verbs of the trade, as a whole or not at
all.
"""

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import progress, staging
from opensenco.exchange.kinds.kind import Work
from opensenco.exchange.kinds.known import kind_of
from opensenco.exchange.models import FileImport, ImportRow, KeptFile, Trace
from opensenco.exchange.operations.imports import BATCH, settle, write_alike
from opensenco.exchange.states import OUTCOMES, Decision, Deed, Match, Outcome, State
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotAllowed, NotPossible, Stale

#: files that wait, the newest of which are laid beside the record again
MOST_OTHERS = 20


@operation(Action.IMPORT_PUPILS, on="file_import")
def apply_import(*, actor: Actor, file_import: FileImport, version: int | None) -> FileImport:
    """Do what a file says, all of it in one transaction.

    Where the record has changed since the file was laid beside it nothing is done but this: it is
    laid beside the record again, and stays open for the person to look.

    Raises:
        NotAllowed: this hat may not do everywhere here what such a file does.
        NotPossible: the file has been applied or given up; somebody changed a row just now; a row
            clashes with the record. Nothing has been done.
        Stale: somebody else decided about a row in between.
    """
    kind = kind_of(file_import.kind).here(actor, file_import.org)
    if not kind.may(actor):
        raise NotAllowed
    kept = KeptFile.objects.filter(file=file_import).first()
    content = bytes(kept.content) if kept else b""
    settle(actor, file_import, State.APPLIED, version)
    rows = list(ImportRow.objects.filter(file=file_import).order_by("line", "part"))
    differing = staging.compare_again(actor, file_import, rows)
    if differing:
        ImportRow.objects.bulk_update(differing, staging.COMPARED, batch_size=BATCH)
        KeptFile.objects.filter(file=file_import).update(content=content)
        return change(
            file_import,
            version=None,
            state=State.READ,
            settled_at=None,
            settled_by=None,
            handed_at=None,
            compared_at=actor.at,
        )
    work = _work(actor, file_import, rows)
    progress.begins(len(work.rows))
    found = {row.pk: row.subject for row in rows}
    try:
        kind.apply(work)
    except Stale:
        raise NotPossible(
            _("Somebody changed the record just now. Nothing has been applied. Try again.")
        ) from None
    except (Invalid, NotPossible) as refused:
        raise NotPossible(
            _("Nothing has been applied. %(why)s") % {"why": refused.sentence}
        ) from refused
    Trace.objects.bulk_create(work.traces, batch_size=BATCH)
    _keep(file_import, rows, found)
    kind.settled(file_import)
    lay_others_again(actor, file_import)
    return file_import


def _keep(file: FileImport, rows: list[ImportRow], found: dict[int, int | None]) -> None:
    """Write what was done with each row, in a few statements however many rows there are.

    Args:
        found: of each row what it was about before; what it made is its subject now.
    """
    for outcome in (Outcome.ADDED, Outcome.CHANGED, Outcome.LEFT):
        write_alike([row for row in rows if row.outcome == outcome], outcome=outcome)
    made = [row for row in rows if row.subject != found[row.pk]]
    pupil = Trace.objects.filter(row=OuterRef("pk"), thing="people.Pupil", deed=Deed.MADE).values(
        "pupil_id"
    )[:1]
    if made and all(row.pupil_id == row.subject for row in made):
        write_alike(made, pupil_id=Subquery(pupil), subject=Subquery(pupil))
    else:
        ImportRow.objects.bulk_update(made, ["pupil", "subject"], batch_size=BATCH)


def lay_others_again(actor: Actor, file: FileImport) -> None:
    """Lay the files that wait here beside the record as it has become: whom they name may be here.

    A page of such a file that somebody has open is out of date then, and says so.
    """
    others = FileImport.objects.filter(org=file.org, state=State.READ).exclude(pk=file.pk)
    for other in others.select_related("org").order_by("-at")[:MOST_OTHERS]:
        if kind_of(other.kind).may(actor):
            rows = list(ImportRow.objects.filter(file=other).order_by("line", "part"))
            differing = staging.compare_again(actor, other, rows)
            if differing:
                ImportRow.objects.bulk_update(differing, staging.COMPARED, batch_size=BATCH)
                change(other, version=None, compared_at=actor.at)


def _work(actor: Actor, file_import: FileImport, rows: list[ImportRow]) -> Work:
    for row in rows:
        row.outcome = _outcome(row)
    return Work(
        actor,
        file_import,
        [row for row in rows if row.outcome == Outcome.ADDED],
        [row for row in rows if row.outcome == Outcome.CHANGED],
    )


def _outcome(row: ImportRow) -> Outcome:
    """Give what is done with a row; one that changes nothing is left."""
    outcome = OUTCOMES[Match(row.match), Decision(row.decision)]
    return outcome if row.changes else Outcome.LEFT
