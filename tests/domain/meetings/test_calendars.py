"""Calendar files say when, right across changes of the clock, and nothing of a child unasked."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from opensenco.access.models import Membership
from opensenco.audit.models import Entry
from opensenco.meetings.calendars import calendar_file
from opensenco.meetings.feed import FeedLink, feed_file
from opensenco.meetings.models import CalendarFeed
from opensenco.meetings.operations import changing, feeds
from opensenco.meetings.operations.planning import Where
from opensenco.people.operations import staff
from tests.cast import NOW, TODAY
from tests.domain.meetings.making import LATER, fresh, on, planned, pupil
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def events(content: bytes | None) -> list:
    assert content is not None
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_a_file_is_read_back_as_it_was_meant_and_names_nobody():
    winter, summer = planned(on(date(2027, 3, 24))), planned(on(date(2027, 3, 31)))
    content = calendar_file([winter, summer])
    assert b"Idris" not in content
    assert b"review" not in content.lower()
    assert b"RRULE" not in content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    one, other = events(content)
    for event in (one, other):
        begins = event.decoded("dtstart").astimezone(LONDON)
        assert (begins.hour, begins.minute) == (15, 30), "half past three on either side"
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=40)
        assert str(event["summary"]) == "Meeting"
    assert other.decoded("dtstart") - one.decoded("dtstart") == timedelta(days=6, hours=23)
    named = events(calendar_file([winter], names=True))[0]
    assert "Idris" in str(named["summary"])


def test_a_move_keeps_the_uid_and_counts_up_and_calling_off_takes_it_out():
    meeting = planned()
    first = events(calendar_file([meeting]))[0]
    with acting_as("senco") as actor:
        later = replace(actor, at=NOW + timedelta(hours=1))
        changing.move_meeting(
            actor=later, meeting=fresh(meeting), version=None, starts=on(LATER + timedelta(days=1)),
            where=Where(40, "Hall; upstairs, left\nDOOR:1"), reason="Room 4 is taken.",
        )  # fmt: skip
        moved = events(calendar_file([fresh(meeting)], places=True))[0]
        changing.cancel_meeting(
            actor=later, meeting=fresh(meeting), version=None, reason="She is ill."
        )
    off = events(calendar_file([fresh(meeting)]))[0]
    assert first["uid"] == moved["uid"] == off["uid"]
    assert "location" not in off, "unasked it could tell a home"
    assert [event["sequence"] for event in (first, moved, off)] == [0, 1, 2]
    assert moved.decoded("dtstamp") > first.decoded("dtstamp")
    assert (str(moved["status"]), str(off["status"])) == ("CONFIRMED", "CANCELLED")
    assert str(moved["location"]) == "Hall; upstairs, left\nDOOR:1", "words stay words"


def link(key: str, who: str = "teacher") -> FeedLink:
    with acting_as(who, write=False):
        feed = CalendarFeed.objects.select_related("org").get(person=person(who))
        return FeedLink(feed.org.ref, feed.ref, key)


def test_a_feed_opens_by_its_key_alone_and_ends_with_its_persons_access():
    planned()
    planned(staff=["ta"])
    old, key = feeds.new_key(), feeds.new_key()
    with acting_as("teacher") as actor:
        feeds.renew_feed(actor=actor, org=pupil().org, names=False, key=old)
    assert len(events(feed_file(link(old), NOW))) == 1, "one's own, and no other's"
    with acting_as("teacher") as actor:
        feeds.renew_feed(actor=actor, org=pupil().org, names=True, key=key)
    assert feed_file(link(old), NOW) is None, "a new address ends the old one"
    wrong = link(key)
    assert feed_file(replace(wrong, feed=uuid.uuid4()), NOW) is None
    assert feed_file(replace(wrong, organisation=uuid.uuid4()), NOW) is None
    assert feed_file(replace(wrong, key=""), NOW) is None
    for _again in range(3):
        assert "Idris" in str(events(feed_file(link(key), NOW))[0]["summary"])
    with acting_as("senco") as actor:
        assert Entry.objects.filter(verb="note_fetched").count() == 1, "once a day"
        role = Membership.objects.get(person=person("teacher"))
        staff.end_role(actor=actor, membership=role, version=None, on=TODAY)
    assert feed_file(link(key), NOW) is not None
    assert (
        feed_file(link(key), datetime.combine(TODAY, NOW.time(), UTC) + timedelta(days=1)) is None
    )


def test_an_ended_feed_opens_nothing():
    key = feeds.new_key()
    with acting_as("teacher") as actor:
        feed = feeds.renew_feed(actor=actor, org=pupil().org, names=True, key=key)
        feeds.end_feed(actor=actor, feed=feed)
    assert feed_file(link(key), NOW) is None
    assert feed_file(link(""), NOW) is None
