"""Progress beside what is usual, as arithmetic: nobody is told more than a measure can tell."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from opensenco.provision.progress import Mark, journey
from opensenco.provision.usual import Beside, Norm, compare, expected

STARTS = date(2027, 1, 4)


def way(begins: str, ends: str, days: int = 122, *, less: bool = False):
    last = STARTS + timedelta(days=days)
    marks = [Mark(STARTS, Decimal(begins)), Mark(last, Decimal(ends), last=True)]
    return journey(marks, starts=STARTS, ends=last, less_is_better=less)


@pytest.mark.parametrize(
    ("norm", "found", "usual", "beside"),
    [
        (Norm("same", None, Decimal(3)), way("82", "90"), "0", Beside.ABOUT),
        (Norm("same", None, Decimal(3)), way("82", "91"), "0", Beside.MORE),
        (Norm("same", None, Decimal(3)), way("82", "73"), "0", Beside.LESS),
        (Norm("same"), way("82", "82"), "0", Beside.ABOUT),
        (Norm("same"), way("82", "91"), "0", Beside.UNSURE),
        (Norm("months", None, Decimal(2)), way("80", "84"), "4", Beside.ABOUT),
        (Norm("months", None, Decimal(1)), way("80", "87"), "4", Beside.MORE),
        (Norm("term", Decimal("2.5"), Decimal(1)), way("10", "10", 61), "1.3", Beside.ABOUT),
        (Norm("term", Decimal(5), Decimal(1)), way("30", "20", less=True), "5", Beside.MORE),
    ],
)
def test_a_difference_counts_beyond_what_chance_alone_can_do(norm, found, usual, beside):
    compared = compare(norm, found)
    assert compared is not None
    assert (compared.usual, compared.beside) == (Decimal(usual), beside)


def test_without_an_entry_a_later_measure_or_anything_usual_nothing_is_said():
    assert compare(Norm("unsaid"), way("80", "87")) is None
    one = journey([Mark(STARTS, Decimal(4))], starts=STARTS, ends=None)
    assert compare(Norm("same"), one) is None
    late = STARTS + timedelta(days=40)
    marks = [Mark(late, Decimal(4)), Mark(late + timedelta(days=9), Decimal(6))]
    assert compare(Norm("same"), journey(marks, starts=STARTS, ends=None)) is None


def test_what_is_usual_by_a_day_begins_at_the_entry():
    found = way("80", "84")
    assert expected(Norm("months"), found, STARTS) is None
    assert expected(Norm("months"), found, STARTS + timedelta(days=61)) == Decimal(82)
    assert expected(Norm("term", Decimal(6)), way("30", "20", less=True), found.marks[-1].on) == 24
