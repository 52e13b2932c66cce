"""How money is paid out in parts that add up (FUND-84, FUND-85, FUND-90).

See docs/law/proration.md.
"""

from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from opensenco.kernel.money import half_up
from opensenco.law.money.basis import check_whole
from opensenco.law.registry import answers
from opensenco.law.rulebook.funding import FUND_84, FUND_85, FUND_90

POUND = 100


class Purpose(StrEnum):
    """What the money is for."""

    PUPIL = "INDIVIDUAL"
    GROUP = "GROUP"
    PROJECT = "PROJECT"


PAYMENTS: dict[Purpose, int] = {Purpose.PUPIL: 3, Purpose.GROUP: 3, Purpose.PROJECT: 1}
"""How many payments a year each purpose has: one a term, or all at once."""


@answers(FUND_84)
def instalments(*, pence: int, number: int) -> tuple[int, ...]:
    """`number` instalments that add up to `pence`, by cumulative rounding to the penny."""
    check_whole(FUND_84, pence=pence)
    check_whole(FUND_84, 1, number=number)
    return _cumulative(pence, number, 1)


@answers(FUND_85)
def half_years(*, pence: int) -> tuple[int, ...]:
    """Two payments that add up to `pence`, the first in whole pounds, half a pound up."""
    check_whole(FUND_85, pence=pence)
    return _cumulative(pence, 2, POUND)


@answers(FUND_90)
def payments(*, pence: int, purpose: Purpose) -> tuple[int, ...]:
    """The payments for a purpose: one for a project, else three, one a term."""
    return instalments(pence=pence, number=PAYMENTS[purpose])


def _cumulative(pence: int, number: int, unit: int) -> tuple[int, ...]:
    """What has been paid after each payment is the exact share so far, rounded to `unit` pence."""
    paid = [half_up(Fraction(pence * count, number * unit)) * unit for count in range(1, number)]
    return tuple(after - before for before, after in pairwise([0, *paid, pence]))
