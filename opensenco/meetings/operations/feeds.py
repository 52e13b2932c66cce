"""A person's own calendar feed: making its secret address, renewing it, ending it."""

import hashlib
import hmac
import secrets

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import NotPossible
from opensenco.meetings.models import CalendarFeed


def hashed(key: str) -> str:
    """Give what is kept of a key. It is long and random, so one round of hashing is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


def opens(feed: CalendarFeed, key: str) -> bool:
    """Tell whether this key opens a feed."""
    return bool(feed.key) and hmac.compare_digest(hashed(key), feed.key)


@operation(Action.MEETING_ANSWER, on="")
def renew_feed(
    *, actor: Actor, org: Organisation, names: bool, key: str, places: bool = False
) -> CalendarFeed:
    """Make one's calendar feed, or give it a new address; the old one ends at once.

    It is named after one place and holds the meetings of all places of the role.

    Args:
        names: children's names stand in the titles.
        places: where meetings are stands in them; that can be a home.
        key: of `new_key`; shown to its person once and kept as a hash.

    Raises:
        NotPossible: one has no role there.
    """
    if org.pk not in actor.hat.orgs:
        raise NotPossible(_("You have no role there."))
    feed = CalendarFeed.objects.filter(org=org, person=actor.person).first()
    if feed is None:
        feed = CalendarFeed(
            org=org, person=actor.person, key=hashed(key), names=names, places=places
        )
        feed.save()
        return feed
    return change(feed, version=None, key=hashed(key), names=names, places=places, fetched_on=None)


def new_key() -> str:
    """Give a new key for a feed."""
    return secrets.token_urlsafe(24)


@operation(Action.MEETING_ANSWER, on="feed")
def end_feed(*, actor: Actor, feed: CalendarFeed) -> CalendarFeed:
    """End one's calendar feed: its address opens nothing any more.

    Raises:
        NotPossible: it was ended already.
    """
    if not feed.key:
        raise NotPossible(_("This calendar feed has ended already."))
    return change(feed, version=None, key="", names=False, places=False)


@operation(Action.MEETING_ANSWER, on="feed")
def note_fetched(*, actor: Actor, feed: CalendarFeed) -> CalendarFeed:
    """Write down, once a day, that a feed with children's names in it was fetched."""
    return change(feed, version=None, fetched_on=actor.today)


def close_feed_of(actor: Actor, org: Organisation, person: Person) -> None:
    """End the calendar feed of somebody whose last role at a place has just ended.

    It shows nothing without a role; ended, it does not begin to show again with a later one.
    """
    for feed in CalendarFeed.objects.filter(org=org, person=person).exclude(key=""):
        change(feed, version=None, key="", names=False, places=False)
