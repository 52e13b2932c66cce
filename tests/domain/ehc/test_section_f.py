"""What section F says in words becomes numbers only where it says one number; days make it due."""

import pytest

from opensenco.ehc.section_f import Amount, read
from opensenco.ehc.states import Per


@pytest.mark.parametrize(
    ("how_much", "how_often", "amount"),
    [
        ("30 minutes", "three times a week", (3, Per.WEEK, 30)),
        ("1 hour", "weekly", (1, Per.WEEK, 60)),
        ("15 hours a week", "", (1, Per.WEEK, 900)),
        ("20 mins", "daily", (5, Per.WEEK, 20)),
        ("10 minutes", "twice a day", (10, Per.WEEK, 10)),
        ("", "three 20-minute sessions a week", (3, Per.WEEK, 20)),
        ("half an hour", "twice a fortnight", (2, Per.FORTNIGHT, 30)),
        ("one hour", "each half term", (1, Per.HALF_TERM, 60)),
        ("45 minutes", "6 visits per year", (6, Per.YEAR, 45)),
        ("1.5 hours", "once a term", (1, Per.TERM, 90)),
    ],
)
def test_words_that_say_one_number_are_read(how_much, how_often, amount):
    assert read(how_much, how_often) == Amount(*amount)


@pytest.mark.parametrize(
    ("how_much", "how_often"),
    [
        ("as needed", "always"), ("", ""), ("20 to 30 minutes", "daily"), ("30 minutes", ""),
        ("up to 10 hours", "each week"), ("20-30 minutes", "daily"), ("", "three times a week"),
        ("100 hours", "weekly"), ("10 minutes", "0.5 times a week"), ("30 minutes", "regularly"),
    ],
)  # fmt: skip
def test_words_that_say_none_or_a_span_are_left_to_a_person(how_much, how_often):
    assert read(how_much, how_often) is None


@pytest.mark.parametrize(
    ("amount", "days", "due"),
    [
        (Amount(3, Per.WEEK, 20), 5, (3, 60)),
        (Amount(3, Per.WEEK, 20), 4, (2, 40)),
        (Amount(3, Per.WEEK, 20), 0, (0, 0)),
        # one long time a week is owed day by day: 15 hours a week are three hours a day
        (Amount(1, Per.WEEK, 900), 2, (0, 360)),
        (Amount(6, Per.YEAR, 45), 190, (6, 270)),
        (Amount(6, Per.YEAR, 45), 31, (0, 0)),
        (Amount(6, Per.YEAR, 45), 32, (1, 45)),
        (Amount(2, Per.FORTNIGHT, 30), 10, (2, 60)),
    ],
)
def test_a_promise_falls_due_evenly_over_school_days(amount, days, due):
    assert amount.due(days) == due


def test_whatever_the_stretch_it_is_so_many_minutes_a_week():
    assert Amount(3, Per.WEEK, 20).weekly == 60
    assert Amount(2, Per.FORTNIGHT, 30).weekly == 30
    assert Amount(6, Per.YEAR, 45).weekly == 7
