"""Sessions are logged as they happened; what was wrong is put right by a new row (APD-04)."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Group, Pupil
from opensenco.people.policy import on_day
from opensenco.provision.models import Allocation, Session
from opensenco.provision.operations.library import MOST_MINUTES
from opensenco.provision.states import COUNTS, Mark, Reason
from opensenco.support.words import paragraph


@dataclass(frozen=True)
class Took:
    """How one pupil took part.

    Args:
        minutes: None for as many as the others.
        reason: for what was missed or cut short, a value of `Reason`.
    """

    mark: str = Mark.DELIVERED
    minutes: int | None = None
    reason: str = ""
    note: str = ""


HERE = Took()


@operation(Action.SESSION_LOG, on="pupils")
def log_session(
    *,
    actor: Actor,
    pupils: Sequence[Pupil],
    on: date,
    minutes: int,
    group: Group | None = None,
    allocation: Allocation | None = None,
    differences: Mapping[int, Took] | None = None,
    note: str = "",
) -> list[Session]:
    """Log a session as it happened, for one pupil or for all of a group at once.

    Everybody was here for all of it unless a difference says otherwise.

    Args:
        minutes: how long it took.
        group: whose session it was; each pupil's promise in this group is found by itself.
        allocation: the promise, for one pupil.
        differences: by a pupil's id.
        note: on the session; it stands with every pupil of it.

    Raises:
        Invalid: a day to come, minutes or a reason that cannot be.
        NotPossible: no pupils, or neither a group nor a promise.
    """
    if not pupils or (group is None and allocation is None):
        raise NotPossible(_("Choose what the session was, and who was in it."))
    _check_day(actor, on)
    words = paragraph("note", note, 2_000)
    together = uuid.uuid4()
    promises = _promises(pupils, group, allocation, on)
    rows = [
        _row(actor, pupil, (differences or {}).get(pupil.pk, HERE), minutes, words)
        for pupil in pupils
    ]
    for row in rows:
        row.on, row.group, row.together = on, group, together
        row.allocation = promises.get(row.pupil_id)
        row.save()
    return rows


@operation(Action.SESSION_LOG, on="session")
def correct_session(*, actor: Actor, session: Session, took: Took) -> Session:
    """Put one pupil's session right: the row stays, and a new one says how it was.

    Raises:
        Invalid: minutes or a reason that cannot be.
        NotPossible: it has been put right already; correct the later row.
    """
    return _corrected(actor, session, took)


@operation(Action.SESSION_LOG, on="sessions")
def correct_sessions(
    *, actor: Actor, sessions: Sequence[Session], minutes: int, took: Mapping[int, Took], note: str
) -> list[Session]:
    """Put a group's session right; rows that were right already are left alone.

    Args:
        sessions: the rows as they stand, one a pupil.
        took: by a pupil's id; whoever is not named was here.

    Raises:
        Invalid: minutes or a reason that cannot be.
        NotPossible: one has been put right in the meantime.
    """
    words = paragraph("note", note, 2_000)
    made = []
    for session in sessions:
        how = took.get(session.pupil_id, HERE)
        how = replace(how, minutes=how.minutes or minutes, note=how.note or words)
        wanted = _row(actor, session.pupil, how, minutes, words)
        same = ("mark", "minutes", "reason", "note")
        if any(getattr(wanted, name) != getattr(session, name) for name in same):
            made.append(_corrected(actor, session, how))
    return made


def _corrected(actor: Actor, session: Session, took: Took) -> Session:
    if Session.objects.filter(corrects=session).exists():
        raise NotPossible(_("This was put right already. Open it again to see how it stands."))
    if session.mark == Mark.VOID:
        raise NotPossible(_("This was taken back. Log the session anew."))
    row = _row(actor, session.pupil, took, session.minutes or 1, took.note)
    row.on, row.group, row.together = session.on, session.group, session.together
    row.allocation, row.corrects = session.allocation, session
    row.save()
    return row


def _row(actor: Actor, pupil: Pupil, took: Took, minutes: int, note: str) -> Session:
    if took.mark not in Mark.values:
        raise Invalid("mark", _("Choose here or missed."))
    given = took.minutes if took.minutes is not None else minutes
    counted = took.mark in COUNTS
    if counted and not 1 <= given <= MOST_MINUTES:
        raise Invalid(
            "minutes", _("Enter a whole number from 1 to %(most)s.") % {"most": MOST_MINUTES}
        )
    if took.reason and took.reason not in Reason.values:
        raise Invalid("reason", _("Choose a reason from the list."))
    if took.mark == Mark.MISSED and not took.reason:
        raise Invalid("reason", _("Say why it was missed."))
    return Session(
        org_id=pupil.org_id, pupil=pupil, mark=took.mark, minutes=given if counted else 0,
        reason=took.reason, note=paragraph("note", took.note, 2_000) or note,
        logged_by=actor.person, logged_at=actor.next_moment(),
    )  # fmt: skip


def _promises(
    pupils: Sequence[Pupil], group: Group | None, allocation: Allocation | None, on: date
) -> dict[int, Allocation]:
    if allocation is not None:
        if [pupil.pk for pupil in pupils] != [allocation.pupil_id]:
            raise NotPossible(_("This was promised to another pupil."))
        if on < allocation.starts:
            raise Invalid("on", _("It had not begun on that day."))
        return {allocation.pupil_id: allocation}
    rows = Allocation.objects.filter(
        on_day(on), group=group, pupil__in=[pupil.pk for pupil in pupils], in_error_at__isnull=True
    )
    return {row.pupil_id: row for row in rows.order_by("-starts")}


def _check_day(actor: Actor, on: date) -> None:
    if on > actor.today:
        raise Invalid("on", _("This is a day to come. Log it when it has happened."))
