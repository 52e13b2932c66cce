"""What a secret address gives to a calendar program, which never signs in.

The address names a place and a feed and carries a key. The key is the right to learn whose feed it
is; what is in it are that person's own meetings, read in their own scope as they are today.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, hats_of
from opensenco.access.models import Organisation, Person
from opensenco.access.scope import Scope, scope
from opensenco.cases.ehc_days import own_reviews
from opensenco.kernel.clock import london_date
from opensenco.meetings import when
from opensenco.meetings.calendars import calendar_file
from opensenco.meetings.models import CalendarFeed, Meeting
from opensenco.meetings.operations import feeds
from opensenco.meetings.queries import own_meetings

#: what a feed reaches back and ahead
BACK, AHEAD = timedelta(days=60), timedelta(days=400)
#: what a feed holds at most
MOST = 1_000


@dataclass(frozen=True)
class FeedLink:
    """The secret address of a feed, as it stands in an address."""

    organisation: uuid.UUID
    feed: uuid.UUID
    key: str


def feed_file(link: FeedLink, at: datetime) -> bytes | None:
    """Give the calendar behind a secret address; None where it opens nothing, whatever the reason.

    The key is the right to learn whose feed it is. Then the scope of that person's role at that
    place is opened, with all places it has, as they are today: when the role ends, so does it.
    """
    org = Organisation.objects.filter(ref=link.organisation).first()
    if org is None:
        return None
    with scope(Scope(orgs=frozenset({org.pk}))):
        feed = CalendarFeed.objects.filter(ref=link.feed).select_related("person").first()
        if feed is None or not feeds.opens(feed, link.key) or not feed.person.is_active:
            return None
    actor = _as_today(feed.person, org, at)
    if actor is None:
        return None
    with scope(actor.scope):
        content = _feed(actor, feed)
    if feed.names and feed.fetched_on != actor.today:
        with scope(actor.scope, write=True):
            feeds.note_fetched(actor=actor, feed=CalendarFeed.objects.get(pk=feed.pk))
    return content


def _as_today(person: Person, org: Organisation, at: datetime) -> Actor | None:
    """Give the person with a role that they hold at a place today; None where they hold none."""
    today = london_date(at)
    with scope(Scope(person=person.pk)):
        hats = [hat for hat in hats_of(person, today) if org.pk in hat.orgs]
    able = [hat for hat in hats if hat.reach(Action.MEETING_VIEW) is not None]
    return Actor(person, able[0], at) if able else None


def _feed(actor: Actor, feed: CalendarFeed) -> bytes:
    today = actor.today
    rows = own_meetings(actor).filter(
        starts__gte=when.at(today - BACK, time(0)),
        starts__lt=when.at(today + AHEAD, time(0)),
    )  # fmt: skip
    found: Iterable[Meeting] = rows.order_by("starts", "id")[:MOST]
    return calendar_file(
        found,
        names=feed.names,
        places=feed.places,
        feed=True,
        several=len(actor.hat.orgs) > 1,
        reviews=own_reviews(actor, today - BACK, today + AHEAD),
        at=actor.at,
    )
