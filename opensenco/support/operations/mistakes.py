"""What was made in error is marked so, with a reason. It is never removed."""

from datetime import timedelta

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.support.models import Cycle, Outcome, SenStatus
from opensenco.support.operations.cycles import keep_dates as keep_cycle_dates
from opensenco.support.states import Stage
from opensenco.support.words import paragraph

Row = SenStatus | Cycle | Outcome


@operation(Action.RECORD_INVALIDATE, on="row")
def mark_in_error(*, actor: Actor, row: Row, reason: str, version: int | None = None) -> Row:
    """Mark a status, a cycle or an outcome as made in error. What it asked for is asked no more.

    A status marked so gives its days back to the status before it.

    Raises:
        Invalid: no reason.
        NotPossible: it is marked already; an outcome of a plan that others have agreed to.
        Stale: somebody else changed it in between.
    """
    why = paragraph("reason", reason, 1_000)
    if len(why.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    if row.in_error:
        raise NotPossible(_("This is marked as an error already."))
    if isinstance(row, Outcome) and row.cycle.stage in (Stage.REVIEWED, Stage.CLOSED):
        raise NotPossible(_("This outcome has been reviewed. It stays as it was."))
    change(
        row,
        version=version,
        in_error_at=actor.at,
        in_error_by=actor.person,
        in_error_reason=why,
    )
    _withdraw(actor, row)
    return row


def _withdraw(actor: Actor, row: Row) -> None:
    if isinstance(row, SenStatus):
        spine.replace_due_dates(actor=actor, pupil=row.pupil, source=row, dues=())
        _give_days_back(row)
    elif isinstance(row, Cycle):
        keep_cycle_dates(actor, row)
    spine.settle_task(actor=actor, source=row)
    words = {
        SenStatus: _("A status was marked as made in error"),
        Cycle: _("A cycle was marked as made in error"),
        Outcome: _("An outcome was marked as made in error"),
    }[type(row)]
    spine.withdraw_facts(actor=actor, pupil=row.pupil, source=row, words=words)


def _give_days_back(row: SenStatus) -> None:
    before = SenStatus.objects.filter(
        pupil_id=row.pupil_id, ends=row.starts - timedelta(days=1), in_error_at__isnull=True
    ).first()
    if before:
        change(before, version=None, ends=row.ends)
