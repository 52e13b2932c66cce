"""Moving a meeting, calling it off, saying that notice was sent, taking back one made in error."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.clock import london_date
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.meetings import when
from opensenco.meetings.models import Meeting, SlotAnswer
from opensenco.meetings.operations import after
from opensenco.meetings.operations.planning import (
    Where,
    check_days,
    check_where,
    wait_for_record,
)
from opensenco.meetings.queries import members_of
from opensenco.meetings.states import MeetingState, Reply, Verb

S = MeetingState


@operation(Action.MEETING_PLAN, on="meeting")
def move_meeting(
    *,
    actor: Actor,
    meeting: Meeting,
    version: int | None,
    starts: datetime,
    where: Where,
    reason: str = "",
) -> Meeting:
    """Settle the day of a meeting, or move it with a reason. Who is invited is asked again.

    Those who said that they can come on an offered day have replied.

    Raises:
        Invalid: the day or place cannot be, or a day is changed without a reason.
        NotPossible: not at this stage.
        Stale: somebody else changed it in between.
    """
    settled = meeting.state == S.OFFERED
    after.check(meeting, Verb.SETTLE if settled else Verb.MOVE, version)
    check_where(where)
    other_day = starts != meeting.starts
    if other_day:
        check_days(actor, [starts])
    if other_day and not settled and not reason.strip():
        raise Invalid("reason", _("Say why it is moved. Everybody invited is told."))
    values: dict[str, Any] = {
        "state": S.PLANNED, "starts": starts, "minutes": where.minutes,
        "place": where.place.strip(), "link": where.link.strip(),
        "sequence": meeting.sequence + 1, "told_at": actor.at,
    }  # fmt: skip
    change(meeting, version=version, **values)
    if other_day:
        _ask_anew(actor, meeting, starts, settled=settled)
    after.keep_dues(actor, meeting)
    wait_for_record(actor, meeting)
    if not settled:
        spine.move_task(
            source=meeting, kind=after.WRITE,
            due=when.record_by(meeting.org_id, london_date(starts)),
        )  # fmt: skip
    _tell_of_change(actor, meeting, reason.strip(), settled=settled, other_day=other_day)
    return meeting


def _ask_anew(actor: Actor, meeting: Meeting, starts: datetime, *, settled: bool) -> None:
    """Ask everybody again, but who said that they can come on that offered day."""
    can: set[int] = set()
    if settled:
        answers = SlotAnswer.objects.filter(slot__meeting=meeting, slot__starts=starts, can=True)
        can = set(answers.values_list("member_id", flat=True))
    members = members_of(meeting)
    spine.settle_task(actor=actor, source=meeting, kind=after.REPLY)
    for member in members:
        own = member.person_id is not None and member.person_id == actor.person.pk
        comes = own or member.pk in can
        change(
            member, version=None, reply=Reply.YES if comes else Reply.WAITING,
            replied_on=actor.today if comes else None, reply_words="",
        )  # fmt: skip
    after.ask_replies(actor, meeting, members)


def _tell_of_change(
    actor: Actor, meeting: Meeting, reason: str, *, settled: bool, other_day: bool
) -> None:
    if settled:
        words = _("The day is settled: %(what)s.") % {"what": after.said(meeting)}
    elif other_day:
        words = _("A meeting is moved: %(what)s. “%(why)s”") % {
            "what": after.said(meeting),
            "why": reason,
        }
    else:
        words = _("The place or length has changed: %(what)s.") % {"what": after.said(meeting)}
    after.tell_members(actor, meeting, words)
    after.note(actor, meeting, "meeting.moved", words)


@operation(Action.MEETING_PLAN, on="meeting")
def cancel_meeting(*, actor: Actor, meeting: Meeting, version: int | None, reason: str) -> Meeting:
    """Call off a meeting, with a reason. Who is invited is told, and calendars take it out.

    Raises:
        Invalid: no reason.
        NotPossible: it was held, or called off already.
        Stale: somebody else changed it in between.
    """
    after.check(meeting, Verb.CANCEL, version)
    if not reason.strip():
        raise Invalid("reason", _("Say why it is called off. Everybody invited is told."))
    change(
        meeting, version=version, state=S.CANCELLED, cancelled_reason=reason.strip(),
        sequence=meeting.sequence + 1, told_at=actor.at,
    )  # fmt: skip
    spine.settle_task(actor=actor, source=meeting)
    after.keep_dues(actor, meeting)
    words = _("A meeting is called off: %(what)s. “%(why)s”") % {
        "what": after.said(meeting),
        "why": reason.strip(),
    }
    after.tell_members(actor, meeting, words)
    after.note(actor, meeting, "meeting.cancelled", words)
    return meeting


@operation(Action.RECORD_INVALIDATE, on="meeting")
def mark_meeting_in_error(
    *, actor: Actor, meeting: Meeting, version: int | None, reason: str
) -> Meeting:
    """Mark a meeting as recorded in error, with a reason. The history keeps it.

    Raises:
        Invalid: no reason that says anything.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    if version is not None and version != meeting.version:
        raise Stale
    if len(reason.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    if meeting.in_error:
        raise NotPossible(_("This is marked as made in error already."))
    change(
        meeting, version=version, in_error_at=actor.at, in_error_by=actor.person,
        in_error_reason=reason.strip(), sequence=meeting.sequence + 1, told_at=actor.at,
    )  # fmt: skip
    spine.settle_task(actor=actor, source=meeting)
    after.keep_dues(actor, meeting)
    if meeting.pupil is not None:
        spine.withdraw_facts(
            actor=actor, pupil=meeting.pupil, source=meeting,
            words=_("A meeting was recorded here in error."),
        )  # fmt: skip
    return meeting


@operation(Action.MEETING_PLAN, on="meeting")
def record_notice(*, actor: Actor, meeting: Meeting, version: int | None, on: date) -> Meeting:
    """Say on which day invitation and papers had been sent to all (REV-05).

    Raises:
        Invalid: a day that has not come, or after the meeting.
        NotPossible: not at this stage.
        Stale: somebody else changed it in between.
    """
    after.check(meeting, Verb.INVITE, version)
    if on > actor.today or (meeting.starts and on > london_date(meeting.starts)):
        raise Invalid("on", _("The day must be today or earlier, and before the meeting."))
    change(meeting, version=version, notice_sent_on=on)
    after.keep_dues(actor, meeting)
    return meeting
