"""Meetings as people would plan and hold them, for the stories below."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from opensenco.cases.operations.everyday import enter_term_dates
from opensenco.cases.term_dates import Entry
from opensenco.law.calendar.school import DayKind
from opensenco.law.calendar.years import AcademicYear
from opensenco.meetings import when
from opensenco.meetings.models import Meeting, MeetingMember
from opensenco.meetings.operations import holding
from opensenco.meetings.operations.planning import Invited, Wanted, Where, plan_meeting
from opensenco.people.models import Contact, Pupil
from tests.cast import TODAY
from tests.people import acting_as, person

LATER = TODAY + timedelta(days=20)
HALF_PAST_THREE = time(15, 30)


def on(day: date, hour: time = HALF_PAST_THREE) -> datetime:
    return when.at(day, hour)


def pupil(first: str = "Idris") -> Pupil:
    return Pupil.objects.select_related("org").get(first_name=first)


def enter_terms() -> None:
    """Enter the three terms of this school year; they end in December, March and July."""
    year = [
        Entry(date(2026, 9, 1), date(2026, 12, 18), DayKind.TERM),
        Entry(date(2027, 1, 4), date(2027, 3, 25), DayKind.TERM),
        Entry(date(2027, 4, 12), date(2027, 7, 21), DayKind.TERM),
    ]
    with acting_as("senco") as actor:
        enter_term_dates(
            actor=actor, org=pupil().org, year=AcademicYear(2026), entries=year, version=None
        )


def mother() -> Contact:
    return Contact.objects.get(name="Leila Hassan")


def planned(
    *days: datetime,
    by: str = "senco",
    kind: str = "sen-support-review",
    staff: Sequence[str] = ("teacher",),
    **more: Any,
) -> Meeting:
    with acting_as(by) as actor:
        invited = [
            Invited(person=actor.person),
            *(Invited(person=person(key)) for key in staff),
            Invited(contact=mother(), part="Mother"),
            Invited(is_pupil=True),
            Invited(name="Una Prior", part="Educational psychologist", place="County service"),
        ]
        wanted = Wanted(kind, Where(40, "Room 4"), days or (on(LATER),), invited=invited, **more)
        return plan_meeting(actor=actor, pupil=pupil(), wanted=wanted)


def member(meeting: Meeting, name: str) -> MeetingMember:
    with acting_as("senco", write=False):
        rows = MeetingMember.objects.select_related(
            "meeting", "meeting__pupil", "meeting__org", "meeting__organiser", "person"
        )
        return rows.get(meeting=meeting, name=name)


def fresh(meeting: Meeting) -> Meeting:
    with acting_as("senco", write=False):
        rows = Meeting.objects.select_related("org", "pupil", "pupil__org", "organiser")
        return rows.get(pk=meeting.pk)


def held(meeting: Meeting, *came: str, by: str = "senco", **more: Any) -> Meeting:
    refs = [member(meeting, name).ref for name in came]
    words = holding.Words("I like the quiet room.", "He tells us about maths.", "We talked.",
                          "A timer on his desk.")  # fmt: skip
    with acting_as(by) as actor:
        return holding.write_record(
            actor=actor, meeting=fresh(meeting), version=None, words=words, came=refs, **more
        )
