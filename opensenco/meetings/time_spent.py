"""The working time that meetings took, derived each time somebody reads (`cases.time_log`)."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.cases.states import Work
from opensenco.cases.time_log import People, Spent
from opensenco.kernel.clock import london_date
from opensenco.meetings.models import Meeting, MeetingMember
from opensenco.meetings.states import TOOK_PLACE
from opensenco.meetings.when import at


def spent_on_meetings(
    actor: Actor, first: date, last: date, *, own: bool, of: People = None
) -> Sequence[Spent]:
    """Give the meetings at which people with an account were, for as long as was planned."""
    rows = MeetingMember.objects.filter(org__in=actor.hat.orgs, came=True, person__isnull=False)
    if own:
        rows = rows.filter(person=actor.person)
    else:
        rows = rows.filter(meeting__in=visible(actor, Action.MEETING_VIEW, Meeting))
    if of is not None:
        rows = rows.filter(person__in=of)
    rows = rows.filter(
        meeting__state__in=TOOK_PLACE, meeting__in_error_at__isnull=True,
        meeting__starts__gte=at(first, time(0)),
        meeting__starts__lt=at(last + timedelta(days=1), time(0)),
        taken_off_on__isnull=True, pupil__in_error_at__isnull=True,
    )  # fmt: skip
    rows = rows.select_related("person", "meeting", "pupil").order_by("meeting__starts", "id")
    return [
        Spent(
            person=row.person, on=london_date(row.meeting.starts), work=Work.MEETING,
            minutes=row.meeting.minutes, pupils=(row.pupil,) if row.pupil else (),
            source_label=Meeting._meta.label,
            source_ref=row.meeting.ref, words=row.meeting.title,
        )
        for row in rows
        if row.person and row.meeting.starts
    ]  # fmt: skip
