"""The next review of an EHC plan on the register, in one's week and in one's own calendar."""

import re
from datetime import timedelta

import pytest
from icalendar import Calendar

from opensenco.access.models import Organisation
from opensenco.cases.ehc_days import next_reviews
from opensenco.meetings.feed import FeedLink, feed_file
from opensenco.meetings.models import CalendarFeed
from opensenco.meetings.operations import feeds
from opensenco.ui.words import day_short
from tests.cast import NOW, TODAY
from tests.client import signed_in
from tests.pages.ehc.test_card import kept, on_a_plan
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
DUE = TODAY - timedelta(days=1)


def due() -> str:
    """Keep a card for Grace, and none for Poppy, who has a plan too; give the day of the review."""
    kept()
    on_a_plan("Poppy")
    with acting_as("senco", write=False) as actor:
        return str(next_reviews(actor).get().on)


def names(page: str) -> set[str]:
    return set(re.findall(r">(?:\w|-)+, (Idris|Grace|Poppy)</a>", page))


def test_it_is_a_column_a_filter_and_a_sort_and_stands_in_the_file():
    day = due()
    assert day == str(DUE), "within twelve months after the plan was made"
    senco = signed_in("senco")
    assert (
        f'data-th="EHC review"><span class="os-late">{day_short(DUE)}, 1 over'
        in senco.get("/register/?view=all").text
    )
    for what, found in (("soon", {"Grace"}), ("none", {"Poppy"}), ("late", {"Grace"})):
        assert names(senco.get(f"/register/?ehc={what}").text) == found, what
    page = senco.get("/register/?view=all&sort=ehc").text
    assert re.findall(r">(?:\w|-)+, (Idris|Grace|Poppy)</a>", page)[0] == "Grace"
    assert str(DUE) in senco.get("/register/csv/?ehc=soon").text
    assert (
        "EHC review: Late or in the next 8 weeks"
        in senco.get("/register/views/save/?ehc=soon").text
    )
    admin = signed_in("admin").get("/register/?view=all").text
    assert day_short(DUE) not in admin, "who reads no plans is told no day of one"


def feed_of(who: str, *, named: bool) -> list[str]:
    key = feeds.new_key()
    with acting_as(who) as actor:
        org = Organisation.objects.get(pk__in=actor.hat.orgs)
        feeds.renew_feed(actor=actor, org=org, names=named, key=key)
        feed = CalendarFeed.objects.select_related("org").get(person=person(who))
        link = FeedLink(feed.org.ref, feed.ref, key)
    content = feed_file(link, NOW)
    assert content
    return [str(one["summary"]) for one in Calendar.from_ical(content).walk("VEVENT")]


def test_it_stands_in_the_week_and_the_calendar_of_who_keeps_plans_and_names_nobody_unasked():
    due()
    week = f"/meetings/?week={TODAY - timedelta(days=2)}"
    assert (
        "The review of the EHC plan must be complete by this day"
        in signed_in("senco").get(week).text
    )
    assert "EHC plan must be complete" not in signed_in("teacher").get(week).text
    assert "A review is due" in feed_of("senco", named=False)
    assert "Grace Atherton: the review of the EHC plan is due" in feed_of("senco", named=True)
    assert "A review is due" not in feed_of("teacher", named=False)
