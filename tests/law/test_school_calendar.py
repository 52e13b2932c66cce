"""School days, terms, academic years and year groups (docs/law/calendar.md)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.kernel.dates import Span, age_on
from opensenco.kernel.errors import Invalid
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.school import CalendarRow, DayKind, SchoolCalendar
from opensenco.law.calendar.years import AcademicYear, year_group
from tests.law.pages import Example, example_school, examples, name

SCHOOL = example_school()
YEAR = AcademicYear(2026)
INSIDE = st.dates(date(2026, 8, 31), date(2027, 3, 1))


def calendar(*rows: tuple[str, str, str]) -> SchoolCalendar:
    return SchoolCalendar(
        "Small school",
        tuple(
            CalendarRow(date.fromisoformat(a), date.fromisoformat(b), DayKind(kind))
            for a, b, kind in rows
        ),
        england(),
    )


@pytest.mark.rule("CAL-09")
@pytest.mark.rule("CAL-10")
@pytest.mark.parametrize("example", examples("calendar", "School days"), ids=name)
def test_the_page_s_examples(example: Example) -> None:
    event, days = date.fromisoformat(example["event"]), int(example["days"])
    count = {
        "within": SCHOOL.within_school_days,
        "beginning with": SCHOOL.school_days_beginning_with,
    }[example["way"]]
    assert count(event=event, days=days) == date.fromisoformat(example["last day"])


@pytest.mark.rule("CAL-09")
@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2026, 9, 1), False),  # training
        (date(2026, 9, 2), True),
        (date(2026, 9, 5), False),  # Saturday
        (date(2026, 10, 28), False),  # half-term
        (date(2026, 12, 25), False),
        (date(2027, 5, 3), False),  # bank holiday in term
        (date(2027, 8, 31), False),
    ],
)
def test_which_days_are_school_days(day: date, open_: bool) -> None:
    assert SCHOOL.is_school_day(day) is open_


@pytest.mark.rule("CAL-09")
def test_a_day_that_no_row_names_is_an_error_that_says_so() -> None:
    for day in (date(2026, 8, 31), date(2027, 9, 1)):
        with pytest.raises(CalendarNotCovered, match="Example school") as refused:
            SCHOOL.is_school_day(day)
        assert refused.value.needed == day
    with pytest.raises(CalendarNotCovered, match="1 September 2027"):
        SCHOOL.within_school_days(event=date(2027, 7, 20), days=2)
    assert SCHOOL.within_school_days(event=date(2027, 7, 20), days=1) == date(2027, 7, 21)


@pytest.mark.rule("CAL-09")
def test_a_missing_term_is_never_counted_over() -> None:
    gap = calendar(
        ("2026-09-01", "2026-12-18", "term"),
        ("2027-04-12", "2027-07-21", "term"),
    )
    assert gap.covered == (
        Span(date(2026, 9, 1), date(2026, 12, 18)),
        Span(date(2027, 4, 12), date(2027, 7, 21)),
    )
    with pytest.raises(CalendarNotCovered, match="19 December 2026"):
        gap.within_school_days(event=date(2026, 12, 17), days=2)
    with pytest.raises(CalendarNotCovered):
        gap.school_days_in(Span(date(2026, 12, 1), date(2027, 4, 12)))
    with pytest.raises(CalendarNotCovered):
        gap.terms_of(YEAR)


def test_a_holiday_row_closes_the_gap_and_weekends_need_none() -> None:
    whole = calendar(
        ("2026-11-02", "2026-12-18", "term"),
        ("2026-12-21", "2027-01-01", "holiday"),
        ("2027-01-04", "2027-03-25", "term"),
    )
    assert whole.covered == (Span(date(2026, 11, 2), date(2027, 3, 25)),)
    assert whole.within_school_days(event=date(2026, 12, 18), days=1) == date(2027, 1, 4)
    assert not whole.is_school_day(date(2026, 12, 19))


def test_closed_and_open_days_change_the_count() -> None:
    rows = (
        ("2026-11-02", "2026-12-18", "term"),
        ("2026-11-03", "2026-11-03", "closed"),
        ("2026-11-07", "2026-11-07", "open"),
    )
    school = calendar(*rows)
    assert not school.is_school_day(date(2026, 11, 3))
    assert school.is_school_day(date(2026, 11, 7))
    assert school.school_days_in(Span(date(2026, 11, 2), date(2026, 11, 8))) == 5


def test_a_calendar_beyond_the_bank_holidays_names_their_table() -> None:
    late = calendar(("2028-09-01", "2029-07-20", "year"), ("2029-01-03", "2029-07-20", "term"))
    with pytest.raises(CalendarNotCovered, match="Bank holidays of England"):
        late.is_school_day(date(2029, 1, 8))


def test_an_empty_calendar_answers_nothing() -> None:
    with pytest.raises(CalendarNotCovered, match="is empty"):
        calendar().is_school_day(date(2027, 1, 8))


def test_rows_that_cannot_be_are_refused() -> None:
    with pytest.raises(Invalid, match="ends before"):
        calendar(("2026-12-18", "2026-09-01", "term"))
    with pytest.raises(Invalid, match="overlap"):
        calendar(("2026-09-01", "2026-12-18", "term"), ("2026-12-18", "2027-03-01", "term"))
    with pytest.raises(Invalid, match="at least one"):
        SCHOOL.within_school_days(event=date(2027, 1, 8), days=0)


@pytest.mark.rule("CAL-10")
@given(INSIDE, st.integers(1, 60))
def test_counting_forward_lands_on_that_many_school_days(event: date, days: int) -> None:
    last = SCHOOL.within_school_days(event=event, days=days)
    assert SCHOOL.is_school_day(last)
    assert SCHOOL.school_days_in(Span(event + timedelta(days=1), last)) == days


@pytest.mark.rule("CAL-10")
@given(INSIDE, INSIDE, st.integers(1, 60))
def test_a_later_event_never_gives_an_earlier_day(one: date, other: date, days: int) -> None:
    early, late = sorted((one, other))
    assert SCHOOL.within_school_days(event=early, days=days) <= SCHOOL.within_school_days(
        event=late, days=days
    )


@pytest.mark.rule("CAL-10")
@given(INSIDE, st.integers(1, 60), st.dates(date(2026, 9, 1), date(2027, 7, 21)))
def test_a_closure_never_shortens(event: date, days: int, closed: date) -> None:
    row = CalendarRow(closed, closed, DayKind.CLOSED)
    longer = SchoolCalendar("Example school", (*SCHOOL.rows, row), england())
    assert longer.within_school_days(event=event, days=days) >= SCHOOL.within_school_days(
        event=event, days=days
    )


@pytest.mark.rule("CAL-14")
def test_academic_years_begin_on_the_first_of_september() -> None:
    assert AcademicYear.of(date(2027, 8, 31)) == YEAR
    assert AcademicYear.of(date(2026, 9, 1)) == YEAR
    assert YEAR.span == Span(date(2026, 9, 1), date(2027, 8, 31))
    assert YEAR.following() == AcademicYear.of(date(2028, 2, 29))
    assert YEAR.following(-1) < YEAR
    assert [str(AcademicYear(year)) for year in (2026, 1999, 2099)] == [
        "2026/27",
        "1999/00",
        "2099/00",
    ]


@pytest.mark.rule("CAL-14")
def test_terms_are_the_school_s_own() -> None:
    assert [term.last for term in SCHOOL.terms_of(YEAR)] == [
        date(2026, 12, 18),
        date(2027, 3, 25),
        date(2027, 7, 21),
    ]


def test_an_academic_year_is_read() -> None:
    assert AcademicYear.parse("2026") == AcademicYear.parse(" 2026/27 ") == YEAR
    for text in ("", "26", "2026/28", "2026/2027", "x", "1066", "²⁰²⁶"):
        with pytest.raises(Invalid):
            AcademicYear.parse(text)


@pytest.mark.rule("CAL-15")
@pytest.mark.parametrize("example", examples("calendar", "Year groups"), ids=name)
def test_the_year_group_is_age_less_four(example: Example) -> None:
    year = AcademicYear.parse(example["academic year"])
    got = year_group(born=date.fromisoformat(example["born"]), year=year)
    assert got == int(example["year group"])


@pytest.mark.rule("CAL-15")
@pytest.mark.vector("DTV-37")
@pytest.mark.parametrize("example", examples("calendar", "Ages"), ids=name)
def test_the_page_s_ages_at_the_end_of_august(example: Example) -> None:
    born = date.fromisoformat(example["born"])
    assert age_on(born, date(2026, 8, 31)) == int(example["age"])
    assert year_group(born=born, year=YEAR) == int(example["year group"])


def test_a_child_not_yet_born_has_no_year_group() -> None:
    with pytest.raises(Invalid):
        year_group(born=date(2026, 9, 1), year=YEAR)
