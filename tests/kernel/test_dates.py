"""Spans, months, ages and the three boxes of a date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.kernel.dates import (
    Span,
    add_months,
    add_years,
    age_on,
    from_pieces,
    last_weekday,
    nth_weekday,
    other_weekday,
    parse_day,
    pieces,
    say,
    weekday_name,
    without_weekday,
)
from opensenco.kernel.errors import Invalid

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.mark.rule("CAL-05")
@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2027, 3, 10), 2, date(2027, 5, 10)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
        (date(2027, 1, 15), -1, date(2026, 12, 15)),
        (date(2027, 5, 5), 0, date(2027, 5, 5)),
    ],
)
def test_months_later_is_the_same_day_or_the_last(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.rule("CAL-05")
def test_the_anniversary_of_a_leap_day_is_the_last_of_february() -> None:
    assert add_years(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


@given(DAYS, DAYS, st.integers(0, 240))
def test_a_later_day_never_has_an_earlier_month_end(one: date, other: date, months: int) -> None:
    early, late = sorted((one, other))
    assert add_months(early, months) <= add_months(late, months)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2013, 8, 31), date(2026, 8, 31), 13),
        (date(2013, 9, 1), date(2026, 8, 31), 12),
        (date(2012, 2, 29), date(2027, 2, 28), 14),
        (date(2012, 2, 29), date(2027, 3, 1), 15),
        (date(2027, 1, 1), date(2027, 1, 1), 0),
    ],
)
def test_age_changes_on_the_birthday(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(Invalid):
        age_on(date(2027, 1, 2), date(2027, 1, 1))


def test_weekdays_of_a_month() -> None:
    assert nth_weekday(2026, 10, 3, 1) == date(2026, 10, 1)
    assert nth_weekday(2027, 1, 3, 3) == date(2027, 1, 21)
    assert last_weekday(2027, 6, 4) == date(2027, 6, 25)
    with pytest.raises(ValueError, match="day is out of range"):
        nth_weekday(2027, 2, 0, 5)
    with pytest.raises(ValueError, match="first to a fifth"):
        nth_weekday(2027, 2, 0, 0)


def test_a_span_counts_both_ends_and_its_half_open_form_does_not() -> None:
    span = Span(date(2027, 7, 22), date(2027, 9, 1))
    assert span.length() == 42
    assert span == Span.before(date(2027, 7, 22), date(2027, 9, 2))
    assert span.end == date(2027, 9, 2)
    assert date(2027, 9, 1) in span
    assert date(2027, 9, 2) not in span
    assert "2027-09-01" not in span
    assert list(Span(date(2028, 2, 28), date(2028, 3, 1)).days())[1] == date(2028, 2, 29)


def test_a_span_without_an_end_goes_on() -> None:
    span = Span.before(date(2027, 1, 1), None)
    assert date(2199, 1, 1) in span
    assert span.end is None
    with pytest.raises(ValueError, match="without an end"):
        span.length()
    with pytest.raises(ValueError, match="without an end"):
        next(span.days())


def test_a_span_cannot_end_before_it_begins() -> None:
    with pytest.raises(Invalid, match="on or after"):
        Span(date(2027, 1, 2), date(2027, 1, 1))
    with pytest.raises(Invalid):
        Span.before(date(2027, 1, 1), date(2027, 1, 1))


@given(DAYS, DAYS, DAYS, DAYS, DAYS)
def test_the_overlap_holds_exactly_the_days_in_both(
    a: date, b: date, c: date, d: date, day: date
) -> None:
    one, other = Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d))
    both = one.overlap(other)
    assert both == other.overlap(one)
    assert (both is not None and day in both) == (day in one and day in other)


def test_a_span_is_read_and_written() -> None:
    for text in ("2027-07-22..2027-09-01", "2027-07-22.."):
        assert str(Span.parse(text, "closed")) == text
    for text in ("2027-07-22", "..", "2027-07-22..x", "2027-09-01..2027-07-22"):
        with pytest.raises(Invalid):
            Span.parse(text, "closed")


@given(DAYS)
def test_a_date_survives_its_three_boxes_and_its_written_form(day: date) -> None:
    assert from_pieces(*pieces(day)) == day
    assert parse_day(day.isoformat()) == day
    number, month, year = say(day).split()
    assert from_pieces(number, month, year) == day


@pytest.mark.parametrize("month", ["2", "02", "Feb", "february", "FEBR"])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    assert from_pieces(" 14 ", month, "2027") == date(2027, 2, 14)


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        (("", " ", ""), "Enter a date."),
        (("14", "", "2027"), "The date must include a month."),
        (("", "", "2027"), "The date must include a day and month."),
        (("14", "2", "27"), "The year must be four numbers, such as 2027."),
        (("14", "2", "20271"), "The year must be four numbers, such as 2027."),
        (("14", "2", "²⁰²⁷"), "The year must be four numbers, such as 2027."),
        (("30", "2", "2027"), "Enter a real date, such as 14 February 2027."),
        (("29", "2", "2027"), "Enter a real date, such as 14 February 2027."),
        (("1", "13", "2027"), "Enter a real date, such as 14 February 2027."),
        (("1", "M", "2027"), "Enter a real date, such as 14 February 2027."),
        (("-1", "1", "2027"), "Enter a real date, such as 14 February 2027."),
        (("x", "1", "2027"), "Enter a real date, such as 14 February 2027."),
    ],
)
def test_a_date_that_cannot_be_says_what_is_wrong(
    boxes: tuple[str, str, str], sentence: str
) -> None:
    with pytest.raises(Invalid) as refused:
        from_pieces(*boxes, field="review_on")
    assert refused.value.field == "review_on"
    assert refused.value.sentence == sentence


@pytest.mark.parametrize("text", ["", "2027-2-14", "14/02/2027", "2027-02-30", "2027-02-14T00:00"])
def test_only_the_plain_written_form_is_read(text: str) -> None:
    with pytest.raises(Invalid):
        parse_day(text)


@given(DAYS, st.integers(-2000, 2000))
def test_a_span_is_as_long_as_its_days(day: date, other: int) -> None:
    far = day + timedelta(days=other)
    span = Span(min(day, far), max(day, far))
    assert span.length() == len(list(span.days()))


@pytest.mark.parametrize(
    ("text", "weekday", "rest"),
    [
        ("Tuesday 1 September 2026", 1, "1 September 2026"),
        ("Tue 1 Sept 2026", 1, "1 Sept 2026"),
        ("Weds, 2nd of September, 2026", 2, "2 September 2026"),
        ("Thurs. 03/09/2026", 3, "03/09/2026"),
        ("1st September 2026", None, "1 September 2026"),
        ("Term 1 2026", None, "Term 1 2026"),
        ("2026-09-01", None, "2026-09-01"),
        ("", None, ""),
    ],
)
def test_a_day_of_the_week_before_a_date_is_told_apart(text, weekday, rest):
    assert without_weekday(text) == (weekday, rest)


def test_a_day_of_the_week_that_does_not_fit_is_seen():
    day = date(2026, 9, 1)
    assert not other_weekday("Tue 1 Sept 2026", day)
    assert not other_weekday("1 Sept 2026", day)
    assert other_weekday("Monday 1 Sept 2026", day)
    assert weekday_name(day) == "Tuesday"
