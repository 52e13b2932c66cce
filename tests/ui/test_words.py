"""Dates, times, money and counts as they stand on screen."""

import datetime as dt

import pytest

from opensenco.ui import words

UTC = dt.UTC


def test_days_are_written_out():
    assert words.day(dt.date(2027, 2, 14)) == "14 February 2027"
    assert words.day_short(dt.date(2026, 11, 24)) == "Tue 24 Nov"
    assert words.weekday(dt.date(2026, 11, 23)) == "Monday 23 November 2026"


def test_a_sentence_begins_with_a_capital_and_keeps_its_abbreviations():
    assert words.begins("SEN support is to start") == "SEN support is to start"
    assert words.begins("teaches English") == "Teaches English"
    assert words.begins("") == ""


def test_moments_are_shown_in_london_time():
    assert words.moment(dt.datetime(2026, 11, 24, 15, 30, tzinfo=UTC)) == "24 November 2026, 15:30"
    assert words.moment(dt.datetime(2026, 7, 1, 8, 5, tzinfo=UTC)) == "1 July 2026, 9:05"


def test_the_day_of_a_moment_is_londons():
    assert words.day(dt.datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        words.moment(dt.datetime(2026, 7, 1, 8, 5))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("pence", "ledger", "written"),
    [
        (500_000, False, "£5,000"),
        (8_640, False, "£86.40"),
        (500_000, True, "£5,000.00"),
        (-5, False, "−£0.05"),  # noqa: RUF001
        (0, False, "£0"),
    ],
)
def test_money_shows_pence_only_where_it_must(pence, ledger, written):
    assert words.money_pounds(pence, ledger=ledger) == written


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (7, "in 7 days"), (-3, "3 days ago")],
)
def test_relative_days(days, said):
    today = dt.date(2026, 11, 23)
    assert words.away(today + dt.timedelta(days=days), today) == said


def test_counts_take_their_noun():
    assert words.plural(1, "pupil", "pupils") == "1 pupil"
    assert words.plural(1_079, "pupil", "pupils") == "1,079 pupils"


@pytest.mark.parametrize(
    ("name", "mark"),
    [("Idris Hassan-Cole", "IH"), ("Ana Maria de Souza", "AS"), ("Nia", "N"), ("", "")],
)
def test_a_person_is_marked_by_two_letters(name, mark):
    assert words.initials(name) == mark
