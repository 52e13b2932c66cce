"""Calendar days, weeks and months (docs/law/calendar.md)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.kernel.errors import Invalid
from opensenco.law.calendar.counting import (
    days_beginning_with,
    last_day_before,
    months_starting_with,
    notice,
    within_days,
    within_months,
    within_weeks,
)
from tests.law.pages import Example, examples, name

WAYS: dict[str, Callable[[date, int], date]] = {
    "within weeks": lambda event, number: within_weeks(event=event, weeks=number),
    "within days": lambda event, number: within_days(event=event, days=number),
    "beginning with days": lambda event, number: days_beginning_with(event=event, days=number),
    "starting with months": lambda event, n: months_starting_with(event=event, months=n),
    "within months": lambda event, number: within_months(event=event, months=number),
    "before": lambda event, number: last_day_before(fixed=event),
    "notice, safe": lambda event, number: notice(meeting=event, days=number).safe,
    "notice, latest": lambda event, number: notice(meeting=event, days=number).latest,
}
DAYS = st.dates(date(2014, 9, 1), date(2100, 1, 1))


@pytest.mark.rule("CAL-02")
@pytest.mark.rule("CAL-03")
@pytest.mark.rule("CAL-04")
@pytest.mark.rule("CAL-05")
@pytest.mark.rule("CAL-06")
@pytest.mark.rule("CAL-11")
@pytest.mark.parametrize("example", examples("calendar", "Calendar days"), ids=name)
def test_the_page_s_examples(example: Example) -> None:
    event = date.fromisoformat(example["event"])
    got = WAYS[example["rule"]](event, int(example["number"]))
    assert got == date.fromisoformat(example["last day"])


def test_every_way_of_counting_has_an_example() -> None:
    assert {row["rule"] for row in examples("calendar", "Calendar days")} == set(WAYS)


@given(st.sampled_from(sorted(WAYS)), DAYS, DAYS, st.integers(1, 60))
def test_a_later_event_never_gives_an_earlier_day(
    way: str, one: date, other: date, number: int
) -> None:
    early, late = sorted((one, other))
    assert WAYS[way](early, number) <= WAYS[way](late, number)


@given(DAYS, st.integers(1, 400))
def test_the_first_day_counted_is_the_difference_between_within_and_beginning(
    event: date, days: int
) -> None:
    beginning = days_beginning_with(event=event, days=days)
    assert within_days(event=event, days=days) == beginning + timedelta(days=1)


@given(DAYS, st.integers(1, 240))
def test_a_period_of_months_ends_the_day_before_the_next_begins(event: date, months: int) -> None:
    last = months_starting_with(event=event, months=months)
    assert last + timedelta(days=1) == within_months(event=event, months=months)


@pytest.mark.parametrize("number", [0, -1])
@pytest.mark.parametrize("way", sorted(set(WAYS) - {"before"}))
def test_counting_none_is_refused(way: str, number: int) -> None:
    with pytest.raises(Invalid):
        WAYS[way](date(2027, 1, 1), number)
