"""Part of a year's award, by the scheme's convention (FUND-86, FUND-87).

See docs/law/proration.md.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from operator import ge

from opensenco.kernel.dates import Span
from opensenco.kernel.money import write
from opensenco.kernel.words import mark, sentence
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.law.money.basis import Amount, amount, check_whole, resting
from opensenco.law.money.years import month_number
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.funding import FUND_86, FUND_87


class Convention(StrEnum):
    """How a part of a year is counted."""

    DAILY = "DAILY"
    MONTH_INCLUDE_START = "MONTH_INCLUDE_START"
    MONTH_NEXT_FULL = "MONTH_NEXT_FULL"
    HALF_TERM_SIXTHS = "HALF_TERM_SIXTHS"
    TERM_THIRDS = "TERM_THIRDS"
    SCHOOL_DAYS = "SCHOOL_DAYS"
    SCHOOL_WEEKS = "SCHOOL_WEEKS"
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Year:
    """An award year in the units of a convention.

    Of the `size` units, `reached(day)` says how many lie behind an award that starts on `day`, and
    `spent(day)` how many an award has used that ends on `day`, that day counted. `spent` of one day
    may be more than `reached` of the next: the unit in which a pupil moves is paid once, to the
    school left.
    """

    span: Span
    size: int
    reached: Callable[[date], int]
    spent: Callable[[date], int]

    def units(self, first: date, last: date) -> int:
        """How many units an award from `first` to `last`, both counted, is paid for."""
        return max(0, self.spent(last) - self.reached(first))


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardTime:
    """An award of `pence` for a whole `year`, paid from `first` to `last`, both counted.

    `last` is the end of the year unless given. Raises BadFact for days outside the year.
    """

    pence: int
    year: Span
    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        check_whole(FUND_86, pence=self.pence)
        FUND_86.check_days(first=self.first, last=self.last)
        if self.year.last is None:
            raise BadFact(FUND_86.id, "year", mark("An award year needs a last day."))
        for fact, day in (("first", self.first), ("last", self.ends)):
            if day not in self.year:
                words = mark("{day} is outside the award year from {start} to {end}.")
                told = sentence(words, day=day, start=self.year.first, end=self.year.last)
                raise BadFact(FUND_86.id, fact, told)
        FUND_86.check_order(first=self.first, last=self.last)

    @property
    def ends(self) -> date:
        """The last day for which it is paid."""
        return self.last or self.year.last or self.first


@answers(FUND_86)
def by_days(*, year: Span) -> Year:
    """Every day of the year counts, 29 February too (DAILY)."""
    return Year(
        year,
        year.length(),
        lambda day: (day - year.first).days,
        lambda day: (day - year.first).days + 1,
    )


@answers(FUND_86)
def by_months(*, year: Span, include_start: bool) -> Year:
    """Calendar months; the month of the start is paid, or only the next full one."""
    start = month_number(year.first)
    size = month_number(year.last or year.first) - start + 1

    def reached(day: date) -> int:
        months = month_number(day) - start
        begun = not include_start and day.day > 1 and day != year.first
        return months + 1 if begun else months

    return Year(year, size, reached, lambda day: month_number(day) - start + 1)


@answers(FUND_86)
def by_parts(*, year: Span, parts: Iterable[Span], include_start: bool) -> Year:
    """Half-terms or terms of equal worth; the one of the start is paid, or only the next.

    Raises BadFact for parts that are none, out of order, or outside the year.
    """
    spans = tuple(parts)
    starts, ends = [span.first for span in spans], [span.last or date.max for span in spans]
    inside = all(day in year for day in (*starts, *ends))
    if not spans or not inside or any(map(ge, ends, starts[1:])):
        words = mark("The half-terms or terms of the year are needed, in order and inside it.")
        raise BadFact(FUND_86.id, "parts", words)

    def reached(day: date) -> int:
        return sum(end < day for end in ends) if include_start else sum(at < day for at in starts)

    return Year(year, len(spans), reached, lambda day: sum(at <= day for at in starts))


@answers(FUND_86)
def by_school_days(*, year: Span, calendar: SchoolCalendar) -> Year:
    """The days on which the school is open to pupils. Raises CalendarNotCovered."""
    return _counted(year, [day for day in year.days() if calendar.is_school_day(day)])


@answers(FUND_86)
def by_school_weeks(*, year: Span, calendar: SchoolCalendar) -> Year:
    """Weeks, from Monday, with a day on which the school is open; the week of the start is paid.

    Raises CalendarNotCovered.
    """
    weeks: dict[date, tuple[date, date]] = {}
    for day in filter(calendar.is_school_day, year.days()):
        monday = day - timedelta(days=day.weekday())
        weeks[monday] = (weeks.get(monday, (day, day))[0], day)
    spans = tuple(Span(first, end) for first, end in weeks.values())
    return by_parts(year=year, parts=spans, include_start=True)


def _counted(year: Span, days: list[date]) -> Year:
    if not days:
        raise BadFact(FUND_86.id, "calendar", mark("The school is never open in the award year."))
    return Year(
        year,
        len(days),
        lambda day: sum(each < day for each in days),
        lambda day: sum(each <= day for each in days),
    )


@dataclass(frozen=True, slots=True)
class Parts:
    """What the conventions need besides the award year.

    `half_terms` and `terms` are the spans in which school is held. `calendar` is that of the
    school. `entered` gives units paid and units of the year where a scheme names its own number,
    such as 141 of 190 school days.
    """

    half_terms: tuple[Span, ...] = ()
    terms: tuple[Span, ...] = ()
    calendar: SchoolCalendar | None = None
    entered: tuple[int, int] | None = None


NOTHING = Parts()


@answers(FUND_86)
def units_of(*, convention: Convention, year: Span, parts: Parts = NOTHING) -> Year:
    """The award year in the units of `convention`. Raises BadFact, CalendarNotCovered."""
    return YEARS[convention](year, parts)


def _calendar(parts: Parts) -> SchoolCalendar:
    if parts.calendar is None:
        raise BadFact(FUND_86.id, "calendar", mark("This counts days of the school's calendar."))
    return parts.calendar


YEARS: dict[Convention, Callable[[Span, Parts], Year]] = {
    Convention.DAILY: lambda year, parts: by_days(year=year),
    Convention.MONTH_INCLUDE_START: lambda year, parts: by_months(year=year, include_start=True),
    Convention.MONTH_NEXT_FULL: lambda year, parts: by_months(year=year, include_start=False),
    Convention.HALF_TERM_SIXTHS: lambda year, parts: by_parts(
        year=year, parts=parts.half_terms, include_start=True
    ),
    Convention.TERM_THIRDS: lambda year, parts: by_parts(
        year=year, parts=parts.terms, include_start=False
    ),
    Convention.SCHOOL_DAYS: lambda year, parts: by_school_days(
        year=year, calendar=_calendar(parts)
    ),
    Convention.SCHOOL_WEEKS: lambda year, parts: by_school_weeks(
        year=year, calendar=_calendar(parts)
    ),
    Convention.NONE: lambda year, parts: Year(year, 1, lambda day: 0, lambda day: 1),
}
"""How each convention counts. A test walks all of them."""


@answers(FUND_86)
def prorated(*, award: AwardTime, convention: Convention, parts: Parts = NOTHING) -> Amount:
    """What an award is worth for the time it runs, rounded to the penny, half up.

    Raises BadFact for a convention whose calendar is missing, or units that cannot be.
    """
    if parts.entered is not None:
        paid, size = _entered(*parts.entered)
    else:
        year = units_of(convention=convention, year=award.year, parts=parts)
        paid, size = year.units(award.first, award.ends), year.size
    return worth(award.pence, paid, size, convention)


def _entered(paid: int, size: int) -> tuple[int, int]:
    check_whole(FUND_86, paid=paid)
    check_whole(FUND_86, 1, size=size)
    if paid > size:
        raise BadFact(FUND_86.id, "paid", mark("More units are paid than the year has."))
    return paid, size


def worth(pence: int, paid: int, size: int, convention: Convention) -> Amount:
    """`pence` for `paid` of the `size` units of a year."""
    words = sentence(
        mark("{sum} for the year, {paid} of {size}."), sum=write(pence), paid=paid, size=size
    )
    basis = resting(FUND_86, words, convention=str(convention), yearly=pence, paid=paid, year=size)
    return amount(pence * Fraction(paid, size), basis)


class Start(StrEnum):
    """Whether a scheme pays for time before the decision."""

    FROM_DECISION = "FROM_DECISION"
    FROM_PANEL = "FROM_PANEL"
    BACKDATED = "BACKDATED"


@answers(FUND_87)
def check_start(*, first: date, decided: date, opened: date, start: Start) -> None:
    """Raises BadFact where an award of this scheme may not start on `first`.

    `decided` is the day of the decision, for FROM_PANEL that of the panel; `opened` the day on
    which the round opened. Only BACKDATED goes behind the decision, and never behind the opening.
    """
    FUND_87.check_days(first=first, decided=decided, opened=opened)
    FUND_87.check_order(opened=opened, decided=decided)
    earliest = opened if start is Start.BACKDATED else decided
    if first < earliest:
        words = mark("Under this scheme an award starts on {earliest} or later.")
        raise BadFact(FUND_87.id, "first", sentence(words, earliest=earliest))
