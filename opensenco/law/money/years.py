"""Funding years, and an award told by them (FUND-17). See docs/law/proration.md."""

from datetime import date
from enum import StrEnum
from fractions import Fraction

from opensenco.kernel.dates import ONE_DAY, Span, add_years
from opensenco.kernel.words import mark
from opensenco.law.money.apportion import in_proportion, to_the_penny
from opensenco.law.money.basis import check_whole
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.funding import FUND_17


class YearKind(StrEnum):
    """By which year a scheme runs or a report is made."""

    FINANCIAL = "FINANCIAL"
    ACADEMIC = "ACADEMIC"


FIRST_MONTH = {YearKind.FINANCIAL: 4, YearKind.ACADEMIC: 9}


class SplitBy(StrEnum):
    """Whether an award is told by the months or the days that lie in each year."""

    MONTHS = "MONTHS"
    DAYS = "DAYS"


@answers(FUND_17)
def funding_year(*, kind: YearKind, day: date) -> Span:
    """The funding year in which `day` lies: from 1 April or 1 September for twelve months."""
    month = FIRST_MONTH[kind]
    first = date(day.year if day.month >= month else day.year - 1, month, 1)
    return Span(first, add_years(first, 1) - ONE_DAY)


@answers(FUND_17)
def split_by_year(*, pence: int, span: Span, kind: YearKind, by: SplitBy) -> dict[date, int]:
    """What of `pence`, paid for `span`, lies in each funding year, by the year's first day.

    A month counts whole for the year in which it lies. The parts add up to `pence`. Raises BadFact
    for a span without an end.
    """
    check_whole(FUND_17, pence=pence)
    if span.last is None:
        raise BadFact(FUND_17.id, "span", mark("An award needs a last day."))
    weights: dict[int, Fraction] = {}
    day = span.first
    while day <= span.last:
        year = funding_year(kind=kind, day=day)
        ends = year.last or span.last
        inside = Span(day, min(span.last, ends))
        count = inside.length() if by is SplitBy.DAYS else months_touched(inside)
        weights[year.first.toordinal()] = Fraction(count)
        day = ends + ONE_DAY
    shares = to_the_penny(exact=in_proportion(total=pence, weights=weights), total=pence)
    return {date.fromordinal(first): share for first, share in shares.items()}


def months_touched(span: Span) -> int:
    """How many calendar months have a day in `span`. A span without an end is a ValueError."""
    if span.last is None:
        raise ValueError("A span without an end has no months.")
    return month_number(span.last) - month_number(span.first) + 1


def month_number(day: date) -> int:
    """The month of `day`, counted from the year 0, so that months can be subtracted."""
    return day.year * 12 + day.month
