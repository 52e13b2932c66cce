"""A school's own year: counted along where it was entered, told of where it was not."""

from datetime import date, timedelta

import pytest

from opensenco.access.models import Organisation
from opensenco.cases.calendar import calendar_of, own_calendar
from opensenco.cases.models import CalendarDays, CalendarYear, DueDate, Task
from opensenco.cases.operations.everyday import enter_term_dates
from opensenco.cases.term_dates import Entry
from opensenco.concerns.operations import raising
from opensenco.gate.operation import Refused
from opensenco.kernel.dates import Span
from opensenco.kernel.errors import Invalid, Stale
from opensenco.law.calendar.school import DayKind
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.due import Due
from opensenco.law.stored import from_data
from opensenco.law.timetables import concern as concern_reply
from opensenco.people.models import Pupil
from opensenco.people.queries import place
from tests.cast import TODAY
from tests.people import acting_as

pytestmark = pytest.mark.django_db
SPRING = Entry(date(2027, 1, 4), date(2027, 3, 24), DayKind.TERM)
SUMMER = Entry(date(2027, 4, 12), date(2027, 7, 21), DayKind.TERM)
FRIDAY = date(2027, 3, 19)


def enter(actor, *entries: Entry, starts: int = 2026, version: int | None = None, org=None):
    return enter_term_dates(
        actor=actor, org=org or place(actor), year=AcademicYear(starts), entries=entries,
        version=version,
    )  # fmt: skip


def reply(raised: date, org: Organisation) -> tuple[date | None, str]:
    """Give the day of the reply to a concern, and what is told about it."""
    days = calendar_of(org.pk, raised)
    (due,) = concern_reply.timetable(
        facts=concern_reply.ConcernFacts(raised=raised), calendar=days.calendar
    )
    return due.on, " ".join(str(one) for one in days.remarks(due.on))


def test_a_calendar_that_is_not_entered_counts_weekdays_and_says_so():
    with acting_as("senco") as actor:
        on, told = reply(FRIDAY, place(actor))
        assert on == date(2027, 4, 6)
        assert "has not entered its term dates" in told
        enter(actor, SPRING, SUMMER)
        assert reply(FRIDAY, place(actor)) == (date(2027, 4, 20), "")


def test_the_days_that_were_entered_count_though_the_next_year_is_not_there_yet():
    with acting_as("senco") as actor:
        enter(actor, SPRING, SUMMER)
        assert reply(date(2027, 7, 1), place(actor))[1] == ""
        # the last three school days of the year, and seven weekdays of one that nobody entered
        on, told = reply(date(2027, 7, 16), place(actor))
        assert on == date(2027, 9, 9)
        assert "has not entered" in told


def test_a_year_entered_in_part_is_known_for_that_part():
    with acting_as("senco") as actor:
        enter(actor, SPRING)
        assert own_calendar(place(actor).pk, Span(FRIDAY, FRIDAY)).covered == (
            Span(SPRING.first, SPRING.last),
        )
        assert "has not entered" in reply(FRIDAY, place(actor))[1]


def test_days_entered_again_take_the_earlier_ones_back_and_the_history_keeps_both():
    with acting_as("senco") as actor:
        row = enter(actor, SPRING, SUMMER, version=0)
        last = SPRING.last
        enter(actor, Entry(SPRING.first, date(2027, 3, 23), DayKind.TERM), SUMMER, version=1)
        assert not calendar_of(place(actor).pk, last).calendar.is_school_day(last)
        row.refresh_from_db()
        assert (row.version, row.by, row.history.count()) == (2, actor.person, 2)
        taken_back = CalendarDays.objects.filter(year=row, taken_back_at__isnull=False)
        assert [one.first for one in taken_back.filter(kind="term").order_by("first")] == [
            SPRING.first, SUMMER.first,
        ]  # fmt: skip
        for version in (0, 1):
            with pytest.raises(Stale):
                enter(actor, SPRING, version=version)
        with pytest.raises(Stale):
            enter(actor, Entry(date(2027, 9, 1), date(2027, 12, 17), DayKind.TERM),
                  starts=2027, version=3)  # fmt: skip
        assert not CalendarYear.objects.filter(org=place(actor), starts=2027).exists()


def test_a_term_may_not_reach_into_another_year():
    with acting_as("senco") as actor:
        enter(actor, SPRING, Entry(SUMMER.first, date(2027, 8, 30), DayKind.TERM))
        with pytest.raises(Invalid, match="overlap"):
            enter(actor, Entry(date(2027, 8, 25), date(2027, 12, 17), DayKind.TERM), starts=2027)
        enter(actor, Entry(date(2027, 9, 1), date(2027, 12, 17), DayKind.TERM), starts=2027)


def test_dates_that_were_counted_before_are_counted_again():
    with acting_as("senco") as actor:
        grace = Pupil.objects.get(first_name="Grace")
        concern = raising.raise_concern(actor=actor, pupil=grace, noticed="Guesses words.")
        waiting = {"source_ref": concern.ref}

        def kept() -> Due:
            return from_data(DueDate.objects.get(**waiting).data)

        weekdays = kept()
        assert "has not entered" in str(weekdays.reasons[-1])
        closed = Entry(TODAY + timedelta(days=5), TODAY + timedelta(days=9), DayKind.CLOSED)
        enter(actor, SPRING, SUMMER, closed)
        assert kept().on == date(2027, 4, 16)
        assert weekdays.on is not None
        assert weekdays.on < date(2027, 4, 16)
        assert not any("has not entered" in str(reason) for reason in kept().reasons)
        assert Task.objects.get(**waiting, settled_at__isnull=True).due == kept().on


def test_the_office_enters_term_dates_and_a_teacher_does_not():
    with acting_as("admin") as actor:
        assert enter(actor, SPRING).by == actor.person
    for key in ("teacher", "outsider"):
        with acting_as("senco", write=False) as ours:
            school = place(ours)
        with acting_as(key) as actor, pytest.raises(Refused):
            enter(actor, SPRING, org=school)
