"""Bank holidays and working days (docs/law/calendar.md)."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.kernel.dates import Span
from opensenco.kernel.errors import Invalid
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.calendar.holidays import ExtraHoliday, england
from tests.law.pages import Example, examples, name

TABLE = england()
INSIDE = st.dates(date(2014, 1, 1), date(2027, 12, 31))


@pytest.mark.rule("CAL-08")
@pytest.mark.rule("CAL-10")
@pytest.mark.parametrize("example", examples("calendar", "Working days"), ids=name)
def test_the_page_s_examples(example: Example) -> None:
    event, days = date.fromisoformat(example["event"]), int(example["days"])
    count = {
        "within": TABLE.within_working_days,
        "beginning with": TABLE.working_days_beginning_with,
    }[example["way"]]
    assert count(event=event, days=days) == date.fromisoformat(example["last day"])


@pytest.mark.rule("CAL-08")
def test_the_table_is_whole_and_holds_weekdays_only() -> None:
    per_year = Counter(day.year for day in TABLE.titles)
    assert set(per_year) == set(range(2014, 2029))
    # Eight a year, and one more in each year of a jubilee, funeral or coronation.
    assert {year: n for year, n in per_year.items() if n != 8} == {2022: 10, 2023: 9}
    assert all(day.weekday() < 5 for day in TABLE.titles)


@pytest.mark.rule("CAL-08")
@pytest.mark.parametrize("year", range(2014, 2029))
def test_the_usual_days_of_each_year_are_there(year: int) -> None:
    """Checked against the rules of the Act, which the table must not be made from."""
    easter = _easter(year)
    usual = {easter - timedelta(days=2), easter + timedelta(days=1)}
    early_may = date(year, 5, 1) + timedelta(days=(7 - date(year, 5, 1).weekday()) % 7)
    last_may = date(year, 5, 31) - timedelta(days=date(year, 5, 31).weekday())
    last_august = date(year, 8, 31) - timedelta(days=date(year, 8, 31).weekday())
    proclaimed = {
        2020: {early_may: date(2020, 5, 8)},
        2022: {last_may: date(2022, 6, 2)},
    }.get(year, {})
    usual |= {proclaimed.get(day, day) for day in (early_may, last_may, last_august)}
    extra = {date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)}
    rest = {day for day in TABLE.titles if day.year == year} - usual - extra
    assert usual <= set(TABLE.titles)
    assert {day.month for day in rest} == {1, 12}
    assert len(rest) == 3


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, for checking only."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    epact -= (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    offset = epact - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))


@pytest.mark.rule("CAL-08")
@pytest.mark.parametrize("day", [date(2013, 12, 31), date(2029, 1, 1)])
def test_a_day_outside_the_table_is_an_error_that_names_it(day: date) -> None:
    with pytest.raises(CalendarNotCovered, match="Bank holidays of England") as refused:
        TABLE.is_working_day(day)
    assert refused.value.needed == day
    assert "31 December 2028" in refused.value.sentence


def test_counting_past_the_end_of_the_table_is_an_error() -> None:
    assert TABLE.within_working_days(event=date(2028, 12, 27), days=2) == date(2028, 12, 29)
    with pytest.raises(CalendarNotCovered):
        TABLE.within_working_days(event=date(2028, 12, 27), days=3)
    with pytest.raises(CalendarNotCovered):
        TABLE.working_days_in(Span(date(2028, 12, 1), date(2029, 1, 1)))


@pytest.mark.rule("CAL-07")
@pytest.mark.parametrize(
    ("day", "convenient"),
    [
        (date(2026, 12, 28), date(2026, 12, 24)),
        (date(2027, 2, 14), date(2027, 2, 12)),
        (date(2027, 2, 12), date(2027, 2, 12)),
    ],
)
def test_the_convenient_day_is_the_last_working_day(day: date, convenient: date) -> None:
    assert TABLE.last_working_day(on_or_before=day) == convenient


def test_an_authority_may_add_a_day_with_its_source() -> None:
    extra = ExtraHoliday(date(2027, 6, 11), "Extra day", "Proclamation of 1 March 2027")
    longer = TABLE.with_days([extra])
    assert longer.title_of(date(2027, 6, 11)) == "Extra day"
    assert TABLE.is_working_day(date(2027, 6, 11))
    with pytest.raises(Invalid, match="proclamation"):
        TABLE.with_days([ExtraHoliday(date(2027, 6, 11), "Extra day", " ")])
    with pytest.raises(Invalid, match="outside"):
        TABLE.with_days([ExtraHoliday(date(2029, 6, 11), "Extra day", "Somewhere")])


def test_nobody_can_write_into_the_shared_table() -> None:
    with pytest.raises(TypeError):
        TABLE.titles[date(2027, 6, 11)] = "Not so"  # type: ignore[index]


def test_counting_none_is_refused() -> None:
    with pytest.raises(Invalid):
        TABLE.within_working_days(event=date(2027, 1, 4), days=0)


@pytest.mark.rule("CAL-10")
@given(INSIDE, st.integers(1, 100))
def test_counting_forward_lands_on_that_many_working_days(event: date, days: int) -> None:
    last = TABLE.within_working_days(event=event, days=days)
    assert TABLE.is_working_day(last)
    assert TABLE.working_days_in(Span(event + timedelta(days=1), last)) == days


@pytest.mark.rule("CAL-10")
@given(INSIDE, INSIDE, st.integers(1, 100))
def test_a_later_event_never_gives_an_earlier_day(one: date, other: date, days: int) -> None:
    early, late = sorted((one, other))
    assert TABLE.within_working_days(event=early, days=days) <= TABLE.within_working_days(
        event=late, days=days
    )


@pytest.mark.rule("CAL-10")
@given(INSIDE, st.integers(1, 100), st.dates(date(2014, 1, 2), date(2028, 6, 30)))
def test_a_further_holiday_never_shortens(event: date, days: int, holiday: date) -> None:
    longer = TABLE.with_days([ExtraHoliday(holiday, "Extra day", "An example")])
    assert longer.within_working_days(event=event, days=days) >= TABLE.within_working_days(
        event=event, days=days
    )
