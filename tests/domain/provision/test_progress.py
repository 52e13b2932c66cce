"""Entry, exit, gain and the aim line, as arithmetic."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.provision.progress import AimLine, Mark, journey, plain

STARTS, ENDS = date(2027, 1, 4), date(2027, 3, 26)
DAYS = st.integers(0, 400)
SCORES = st.decimals(-999, 999, places=2)


def at(day: int, score: int, *, last: bool = False) -> Mark:
    return Mark(STARTS + timedelta(days=day), Decimal(score), last)


@pytest.mark.parametrize(
    ("marks", "gain"),
    [
        ([], None),
        ([at(0, 3)], None),
        ([at(0, 3), at(40, 5)], None),
        ([at(-60, 3), at(80, 5)], 2),
        ([at(14, 3), at(67, 4), at(70, 2)], -1),
        ([at(15, 3), at(80, 5)], None),
        ([at(0, 3), at(66, 5)], None),
        ([at(0, 3), at(110, 5)], None),
        ([at(0, 3), at(40, 5, last=True), at(80, 9)], 2),
        ([at(80, 5), at(0, 3)], 2),
        ([at(0, 3, last=True)], None),
    ],
)
def test_a_gain_is_counted_where_both_ends_were_measured_near_the_days(marks, gain):
    assert journey(marks, starts=STARTS, ends=ENDS).gain == gain


def test_less_can_be_better_and_without_an_end_somebody_says_which_is_the_last():
    marks = [at(0, 9), at(200, 4)]
    assert journey(marks, starts=STARTS, ends=None).gain is None
    said = [at(0, 9), at(200, 4, last=True)]
    assert journey(said, starts=STARTS, ends=None, less_is_better=True).gain == 5


@given(first=DAYS, whole=st.integers(1, 400), begins=SCORES, score=SCORES, day=DAYS)
def test_the_aim_line_stays_between_its_ends_and_never_turns(first, whole, begins, score, day):
    start = STARTS + timedelta(days=first)
    line = AimLine(start, begins, start + timedelta(days=whole), score)
    assert line.on(start) == begins
    assert line.on(line.by) == score
    low, high = sorted((begins, score))
    here, next_day = (line.on(STARTS + timedelta(days=day + more)) for more in (0, 1))
    assert low <= here <= high
    assert (next_day - here) * (score - begins) >= 0


@pytest.mark.parametrize(
    ("score", "said"),
    [("4.00", "4"), ("4.50", "4.5"), ("0.00", "0"), ("-0", "0"), ("100", "100"), ("-3.10", "-3.1")],
)
def test_a_score_is_said_without_needless_noughts(score, said):
    assert plain(Decimal(score)) == said
