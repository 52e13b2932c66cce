"""What was made in error is marked so, with a reason. It is never removed."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine, spine_many
from opensenco.gate.operation import operation
from opensenco.gate.rows import change, change_alike, change_each
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
    why = _why(reason)
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


@operation(Action.RECORD_INVALIDATE, on="statuses")
def mark_statuses_in_error(
    *, actor: Actor, statuses: Sequence[SenStatus], reason: str
) -> list[SenStatus]:
    """Mark statuses of many pupils as made in error, as `mark_in_error` does, one of each pupil.

    Raises:
        Invalid: no reason.
        NotPossible: one of them is marked already.
        Stale: somebody else changed one of them since it was read.
    """
    why = _why(reason)
    if any(row.in_error for row in statuses):
        raise NotPossible(_("This is marked as an error already."))
    change_alike(statuses, in_error_at=actor.at, in_error_by=actor.person, in_error_reason=why)
    spine_many.replace_due_dates(of=SenStatus, dues=[(row, ()) for row in statuses])
    _give_days_back(statuses)
    spine_many.settle_tasks(actor=actor, of=SenStatus, sources=statuses)
    spine_many.withdraw_facts(actor=actor, sources=statuses, words=_wrong_status())
    return list(statuses)


def _why(reason: str) -> str:
    why = paragraph("reason", reason, 1_000)
    if len(why.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    return why


def _wrong_status() -> str:
    return _("A status was marked as made in error")


def _withdraw(actor: Actor, row: Row) -> None:
    if isinstance(row, SenStatus):
        spine.replace_due_dates(actor=actor, pupil=row.pupil, source=row, dues=())
        _give_days_back([row])
    elif isinstance(row, Cycle):
        keep_cycle_dates(actor, row)
    spine.settle_task(actor=actor, source=row)
    words = {
        SenStatus: _wrong_status(),
        Cycle: _("A cycle was marked as made in error"),
        Outcome: _("An outcome was marked as made in error"),
    }[type(row)]
    spine.withdraw_facts(actor=actor, pupil=row.pupil, source=row, words=words)


def _give_days_back(rows: Sequence[SenStatus]) -> None:
    """Let the status go on that ended on the eve of each that was an error."""
    ends: dict[tuple[int, date | None], date | None] = {
        (row.pupil_id, row.starts - timedelta(days=1)): row.ends for row in rows
    }
    there = SenStatus.objects.filter(
        pupil__in={row.pupil_id for row in rows}, ends__isnull=False, in_error_at__isnull=True
    )
    before = [row for row in there.order_by("id") if (row.pupil_id, row.ends) in ends]
    for row in before:
        row.ends = ends[row.pupil_id, row.ends]
    change_each(before, "ends")
