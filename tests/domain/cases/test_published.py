"""An authority's term dates are a start for its settings: copied, told of when they change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from opensenco.access.actor import Actor
from opensenco.access.installation import installation_actor
from opensenco.access.scope import system_scope
from opensenco.cases.dues import dues
from opensenco.cases.explain import why
from opensenco.cases.models import CalendarDays, PublishedYear
from opensenco.cases.operations.everyday import enter_term_dates, take_back_term_dates
from opensenco.cases.published import Published, entries_in, moved_since, published_for
from opensenco.cases.term_dates import Entry, Moved, moved, with_moves
from opensenco.cases.term_years import term_year
from opensenco.concerns.operations import raising
from opensenco.law.calendar.school import DayKind
from opensenco.law.calendar.years import AcademicYear
from opensenco.people.models import Pupil
from opensenco.people.operations.places import affiliate
from opensenco.people.queries import place
from tests.cast import NOW, TODAY
from tests.people import acting_as

pytestmark = pytest.mark.django_db
YEAR = AcademicYear(2026)
AUTUMN = Entry(date(2026, 9, 1), date(2026, 12, 18), DayKind.TERM)
SPRING = Entry(date(2027, 1, 4), date(2027, 3, 24), DayKind.TERM)
SUMMER = Entry(date(2027, 4, 12), date(2027, 7, 21), DayKind.TERM)
LATER_SPRING = Entry(date(2027, 1, 5), date(2027, 3, 25), DayKind.TERM)
BREAK = Entry(date(2027, 2, 15), date(2027, 2, 19), DayKind.HALF_TERM)
INSET = Entry(date(2027, 1, 4), date(2027, 1, 4), DayKind.INSET)


def publish(*entries: Entry, days: int = 0) -> None:
    """Let the authority enter its year, some days ago or to come."""
    with acting_as("officer") as officer:
        enter(replace(officer, at=NOW + timedelta(days=days)), *entries)


def enter(actor: Actor, *entries: Entry) -> None:
    enter_term_dates(actor=actor, org=place(actor), year=YEAR, entries=entries, version=None)


def belongs() -> None:
    """Put Larkrise under the authority; the tests' world leaves it in its family alone."""
    with acting_as("senco", write=False) as actor:
        ours = place(actor)
    with acting_as("officer", write=False) as officer:
        above = place(officer)
    with system_scope("test"):
        affiliate(actor=installation_actor(NOW), member=ours, of=above, starts=TODAY)


@pytest.mark.worker
def test_a_setting_reads_what_its_authority_published_and_keeps_its_own():
    belongs()
    publish(AUTUMN, SPRING, SUMMER, days=-3)
    with acting_as("senco") as actor:
        ours = place(actor)
        (offer,) = published_for(ours, TODAY)
        assert (offer.by.name, offer.year) == ("Thornshire County Council", YEAR)
        assert offer.entries == [AUTUMN, SPRING, SUMMER]
        # nothing was moved by it
        assert not CalendarDays.objects.filter(year__starts=2026).exists()
        enter(actor, *offer.entries, INSET)
    publish(AUTUMN, LATER_SPRING, SUMMER, BREAK, days=1)
    with acting_as("senco") as actor:
        (offer,) = published_for(ours, TODAY)
        found = term_year(ours, YEAR)
        assert found.row is not None
        moves = moved_since(offer, found.entries, found.row.at)
        assert moves == [Moved(SPRING, LATER_SPRING), Moved(None, BREAK)]
        assert with_moves(found.entries, moves) == [AUTUMN, INSET, LATER_SPRING, BREAK, SUMMER]
        # whoever saves their own again has seen it
        later = replace(actor, at=NOW + timedelta(days=2))
        enter(later, *found.entries)
        found = term_year(ours, YEAR)
        assert found.row is not None
        assert moved_since(offer, found.entries, found.row.at) == []
    with acting_as("officer") as officer:
        take_back_term_dates(actor=officer, org=place(officer), year=YEAR)
        assert PublishedYear.objects.filter(org=place(officer)).count() == 3
    with acting_as("outsider", write=False) as stranger:
        assert published_for(place(stranger), TODAY) == []


def test_a_setting_that_entered_its_year_before_anything_was_published_is_told_of_nothing():
    with acting_as("senco") as actor:
        enter(actor, AUTUMN, SPRING, SUMMER)
        assert not PublishedYear.objects.exists()
        ours = place(actor)
    publish(AUTUMN, LATER_SPRING, SUMMER, days=1)
    with acting_as("senco", write=False) as actor:
        row = PublishedYear.objects.get()
        one = Published(row.org, YEAR, entries_in(row), row.at)
        found = term_year(ours, YEAR)
        assert found.row is not None
        assert moved_since(one, found.entries, found.row.at) == []


@pytest.mark.parametrize(
    ("old", "new", "ours", "told"),
    [
        ([SPRING], [LATER_SPRING], [SPRING], [Moved(SPRING, LATER_SPRING)]),
        ([SPRING], [LATER_SPRING], [LATER_SPRING], []),
        ([SPRING], [LATER_SPRING], [replace(SPRING, last=date(2027, 3, 19))], []),
        ([SPRING, BREAK], [SPRING], [SPRING, BREAK], [Moved(BREAK, None)]),
        ([SPRING], [SPRING, SUMMER], [SPRING], [Moved(None, SUMMER)]),
        ([SPRING], [SPRING, INSET], [SPRING], []),
        ([SPRING], [SPRING], [SPRING, INSET], []),
    ],
)  # fmt: skip
def test_only_what_stands_with_us_as_it_was_published_is_a_difference(
    old: Sequence[Entry], new: Sequence[Entry], ours: Sequence[Entry], told: list[Moved]
):
    assert moved(old, new, ours) == told


def test_a_date_beyond_the_days_entered_leads_to_the_year_that_is_missing():
    reverse("home:start")  # the table of addresses says where term dates are
    with acting_as("senco") as actor:
        enter(actor, AUTUMN, SPRING, SUMMER)
        last = replace(actor, at=NOW.replace(month=7, day=16))
        pupil = Pupil.objects.select_related("org").get(first_name="Grace")
        raising.raise_concern(actor=last, pupil=pupil, noticed="She is tired.")
        rows, _count = dues(last)
        (row,) = [one for one in rows if one.name == "Grace Atherton"]
        told: dict[str, Any] = dict(why(row.due, last))
        assert 'href="/school/term-dates/?year=2027"' in str(told["To do"])
        assert "Enter the term dates of 2027/28" in str(told["To do"])
    with acting_as("teacher", write=False) as teacher:
        told = dict(why(row.due, teacher))
        assert "Ask your SENCO, head teacher or office" in told["To do"]
