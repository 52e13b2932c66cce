"""What an hour of a member of staff costs the employer (FUND-77). See docs/law/money.md.

The basic hourly rate leaves out National Insurance, pension and paid holidays, and so understates
what the school pays.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from opensenco.kernel.dates import Span
from opensenco.kernel.money import write
from opensenco.kernel.words import mark, sentence
from opensenco.law.money.basis import (
    Amount,
    Exact,
    amount,
    check_exact,
    check_whole,
    plain,
    resting,
)
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact, NotInForce
from opensenco.law.rulebook.funding import FUND_77

FULL_TIME_HOURS = 37
WEEKS_IN_YEAR = Decimal("52.143")


class RateBasis(StrEnum):
    """What a rate of pay holds."""

    BASIC = "BASIC"
    FULL_COST = "FULL_COST"
    AUTHORITY_STANDARD = "LA_STANDARD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Pence an hour for a role, from `first` to `last`, both counted. Raises BadFact."""

    role: str
    pence: int
    first: date
    last: date | None
    basis: RateBasis

    def __post_init__(self) -> None:
        check_whole(FUND_77, pence=self.pence)
        Span(self.first, self.last)  # refuses an end before the start

    @property
    def span(self) -> Span:
        return Span(self.first, self.last)


@answers(FUND_77)
def rate_on(*, rates: Iterable[Rate], role: str, on: date) -> Amount:
    """The rate of `role` that holds on `on`.

    Raises NotInForce where none does, BadFact where two do: it is never guessed which is meant.
    """
    held = [rate for rate in rates if rate.role == role and on in rate.span]
    if not held:
        raise NotInForce(sentence(mark("No hourly rate for this role holds on {on}."), on=on))
    if len(held) > 1:
        raise BadFact(FUND_77.id, "rates", mark("Two hourly rates for this role hold on one day."))
    (rate,) = held
    words = sentence(
        mark("{rate} an hour since {first}."), rate=write(rate.pence), first=rate.first
    )
    basis = resting(FUND_77, words, convention=str(rate.basis), first=rate.first)
    return amount(Fraction(rate.pence), basis)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post, paid for term time.

    `salary`: pence a year at full time. `hours`: a week. `paid_weeks`: of the contract, with leave
    and bank holidays. `worked_weeks`: in which pupils are supported. `insurance_rate` above
    `insurance_from` pence, `pension_rate` and `levy_rate` are parts of the gross pay, such as 0.15.
    Raises BadFact.
    """

    salary: int
    hours: Exact
    paid_weeks: Exact
    worked_weeks: Exact
    insurance_rate: Exact
    insurance_from: int
    pension_rate: Exact
    levy_rate: Exact = 0
    full_time: Exact = FULL_TIME_HOURS
    year: Exact = WEEKS_IN_YEAR

    def __post_init__(self) -> None:
        check_whole(FUND_77, salary=self.salary, insurance_from=self.insurance_from)
        check_exact(
            FUND_77,
            hours=self.hours,
            paid_weeks=self.paid_weeks,
            worked_weeks=self.worked_weeks,
            insurance_rate=self.insurance_rate,
            pension_rate=self.pension_rate,
            levy_rate=self.levy_rate,
            full_time=self.full_time,
            year=self.year,
        )
        divisors = {
            "hours": self.hours,
            "worked_weeks": self.worked_weeks,
            "full_time": self.full_time,
            "year": self.year,
        }
        for fact, value in divisors.items():
            if not value:
                raise BadFact(FUND_77.id, fact, mark("It cannot be nought."))


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerCost:
    """What a post costs in a year and an hour.

    The year's total is kept unrounded: the rounded parts may add up to a penny more or less.
    """

    gross: Amount
    insurance: Amount
    pension: Amount
    levy: Amount
    total: Amount
    hourly: Amount
    basic_hourly: Amount


@answers(FUND_77)
def employer_cost(*, post: Post) -> EmployerCost:
    """The full cost of a post: gross pay, National Insurance, pension and levy, and by the hour."""
    salary, hours = Fraction(post.salary), Fraction(post.hours)
    part = hours / Fraction(post.full_time) * Fraction(post.paid_weeks) / Fraction(post.year)
    gross = salary * part
    insurance = max(Fraction(0), gross - post.insurance_from) * Fraction(post.insurance_rate)
    pension = gross * Fraction(post.pension_rate)
    levy = gross * Fraction(post.levy_rate)
    total = gross + insurance + pension + levy
    worked = Fraction(post.worked_weeks) * hours
    basic = salary / Fraction(post.year) / Fraction(post.full_time)
    return EmployerCost(
        gross=_part("GROSS", gross),
        insurance=_part("INSURANCE", insurance),
        pension=_part("PENSION", pension),
        levy=_part("LEVY", levy),
        total=_part("TOTAL", total),
        hourly=amount(
            total / worked,
            resting(
                FUND_77,
                sentence(mark("The full cost over {hours} hours worked."), hours=plain(worked)),
                convention=str(RateBasis.FULL_COST),
                hours=worked,
            ),
        ),
        basic_hourly=amount(
            basic,
            resting(
                FUND_77,
                sentence(mark("Basic pay alone: this understates the cost.")),
                convention=str(RateBasis.BASIC),
            ),
        ),
    )


def _part(name: str, exact: Fraction) -> Amount:
    return amount(exact, resting(FUND_77, convention=name))
