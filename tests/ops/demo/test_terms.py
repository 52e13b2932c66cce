"""School years by rule, and the dates that the stories write."""

from datetime import date, timedelta

import pytest

from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.school import CalendarRow, SchoolCalendar
from opensenco.law.calendar.years import AcademicYear
from opensenco.ops.demo import terms
from opensenco.ops.demo.when import When

YEARS = range(2020, 2028)
DAYS = (date(2027, 3, 10), date(2028, 2, 29), date(2027, 8, 14), date(2026, 9, 1))


@pytest.mark.parametrize("starts", YEARS)
def test_a_year_is_one_that_the_law_can_count_along(starts: int) -> None:
    rows = tuple(CalendarRow(*row) for row in terms.Year(starts).rows())
    calendar = SchoolCalendar("by rule", rows, england())
    assert len(calendar.terms_of(AcademicYear(starts))) == 3
    days = [day for day in terms.school_days(starts) if calendar.is_school_day(day)]
    assert days == list(terms.school_days(starts))
    assert 183 <= len(days) <= 195


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2038, date(2038, 4, 25))],
)
def test_easter_is_on_its_day(year: int, sunday: date) -> None:
    assert terms.easter(year) == sunday


@pytest.mark.parametrize("today", DAYS)
@pytest.mark.parametrize("born", ["09-01", "08-31", "02-28", "12-31"])
def test_a_birthday_puts_the_child_into_the_year_group(today: date, born: str) -> None:
    starts = terms.year_of(today).starts
    for year_group in range(-1, 7):
        birth_date = When(today).born(year_group, born)
        first = date(starts - year_group - 5, 9, 1)
        assert first <= birth_date <= date(first.year + 1, 8, 31)


@pytest.mark.parametrize("today", DAYS)
def test_an_event_moves_back_to_a_day_on_which_it_can_happen(today: date) -> None:
    when = When(today)
    for ago in range(-400, 0, 7):
        base = when.base(ago)
        school, office, home = (
            when.snapped(ago, kind) for kind in ("meeting.held", "review.held", "contact.logged")
        )
        assert terms.is_school_day(school)
        assert school <= base
        assert terms.is_working(office)
        assert base - timedelta(days=6) <= office <= base
        assert home == base


def test_the_ways_of_writing_a_day_are_read() -> None:
    when = When(date(2027, 3, 10))
    born = date(2019, 12, 31)
    assert when.base(-210) == date(2026, 8, 12)
    assert when.base("dob+26m", born) == date(2022, 2, 28)
    assert when.base("dob+36m-1d", born) == date(2022, 12, 30)
    assert when.base("ay0.start+2") == date(2026, 9, 3)
    assert when.base("ay-1.feb14+21") == date(2026, 3, 7)
    assert when.base("ay0.autumn.end") == date(2026, 12, 18)
    with pytest.raises(ValueError, match="no time"):
        when.base("soon")
