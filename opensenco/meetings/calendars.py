"""Meetings as calendar files (RFC 5545): one meeting, or a person's feed.

Moments are written in UTC, so they are right on either side of a change of the clock and need no
table of time zones. A meeting keeps its UID; SEQUENCE grows with each move and when it is called
off. Nothing repeats by a rule: each meeting of a series is an event of its own.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from opensenco.cases.models import DueDate
from opensenco.meetings.models import Meeting
from opensenco.meetings.states import MeetingState

PRODUCT = "-//OpenSENCO//Meetings//EN"
#: how often a calendar program is asked to look again
REFRESH = "PT4H"


def calendar_file(
    meetings: Iterable[Meeting],
    *,
    names: bool = False,
    places: bool = False,
    feed: bool = False,
    several: bool = False,
    reviews: Iterable[DueDate] = (),
    at: datetime | None = None,
) -> bytes:
    """Give meetings as a calendar file. A meeting without a settled day is left out.

    Without `names` nothing of the child is in it: no name, no kind of meeting, no purpose.

    Args:
        names: the pupil's name and the kind of meeting stand in the title.
        places: where it is stands in it. That can be somebody's home, so it is left out unasked.
        several: it holds meetings of several places, so each says of which.
        reviews: days by which reviews of EHC plans are due, and `at`, the moment at which that
            was asked: they are days of their own, which take no time.
        feed: it is fetched again and again by a calendar program.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if feed:
        calendar.add("x-wr-calname", _("Meetings"))
        calendar.add("x-published-ttl", REFRESH)
    for meeting in meetings:
        if meeting.starts is not None:
            calendar.add_component(_event(meeting, meeting.starts, names, places, several))
    for due in reviews:
        if due.on is not None and at is not None:
            calendar.add_component(_day(due, due.on, at, names=names, several=several))
    return bytes(calendar.to_ical())


def _day(due: DueDate, on: date, at: datetime, *, names: bool, several: bool) -> Event:
    event = Event()
    # the row is made again with its facts; the card and the step stay
    event.add("uid", f"{due.source_ref}.{due.step}@opensenco")
    event.add("dtstamp", _plain(at))
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    said = _("A review is due")
    if names and due.pupil is not None:
        said = _("%(name)s: the review of the EHC plan is due") % {"name": due.pupil.name}
    event.add("summary", f"{said}, {due.org.name}" if several else said)
    event.add("status", "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _event(meeting: Meeting, starts: datetime, names: bool, places: bool, several: bool) -> Event:
    event = Event()
    event.add("uid", f"{meeting.ref}@opensenco")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", _plain(meeting.told_at))
    event.add("last-modified", _plain(meeting.told_at))
    event.add("dtstart", _plain(starts))
    event.add("dtend", _plain(starts) + timedelta(minutes=meeting.minutes))
    event.add("summary", _title(meeting, names=names, several=several))
    off = meeting.in_error or meeting.state == MeetingState.CANCELLED
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if off else "OPAQUE")
    if meeting.place and places:
        event.add("location", meeting.place)
    if meeting.link and not off:
        event.add("url", meeting.link)
    return event


def _title(meeting: Meeting, *, names: bool, several: bool) -> str:
    said = _("Meeting")
    if names:
        said = meeting.title
        if meeting.pupil is not None:
            said = _("%(name)s: %(title)s") % {"name": meeting.pupil.name, "title": said}
    return f"{said}, {meeting.org.name}" if several else said


def _plain(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
