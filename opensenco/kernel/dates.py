"""Calendar dates: spans, months, ages, and the three boxes of a date on a form.

Nothing here knows what day it is, and nothing here knows about schools or holidays (see
`opensenco.law.calendar` for those).
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from opensenco.kernel.errors import Invalid
from opensenco.kernel.words import MONTHS as MONTHS
from opensenco.kernel.words import WEEKDAYS, mark, sentence
from opensenco.kernel.words import say as say

ONE_DAY = timedelta(days=1)
EARLIEST_YEAR = 1900
LATEST_YEAR = 2199


@lru_cache(maxsize=4096)
def iso_day(text: str) -> date:
    """Read "2027-07-22", which a database says of a thousand rows: each text once."""
    return date.fromisoformat(text)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both counted; `last` None means that no end is known.

    `Span.before(start, end)` makes one from the half-open form, in which `end` is not counted.
    Raises Invalid("last") when it would end before it begins.
    """

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise Invalid("last", mark("The end must be on or after the start."))

    @classmethod
    def before(cls, start: date, end: date | None) -> "Span":
        """Half-open: from `start` up to, and not counting, `end`."""
        return cls(start, None if end is None else end - ONE_DAY)

    @classmethod
    def parse(cls, text: str, field: str = "span") -> "Span":
        """Reads "2027-07-22..2027-09-01"; the part after the dots may be empty (no end known)."""
        first, dots, last = text.strip().partition("..")
        if not dots:
            raise Invalid(
                field, mark("Write two dates with two dots between: 2027-07-22..2027-09-01.")
            )
        return cls(parse_day(first, field), parse_day(last, field) if last.strip() else None)

    @property
    def end(self) -> date | None:
        """The first day that is no longer inside: the half-open end."""
        return None if self.last is None else self.last + ONE_DAY

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        return self.first <= day and (self.last is None or day <= self.last)

    def overlap(self, other: "Span") -> "Span | None":
        """The days in both, or None."""
        first = max(self.first, other.first)
        ends = [end for end in (self.last, other.last) if end is not None]
        last = min(ends) if ends else None
        return None if last is not None and last < first else Span(first, last)

    def days(self) -> Iterator[date]:
        """Each day in turn. A span without an end is a ValueError: it would never finish."""
        if self.last is None:
            raise ValueError("A span without an end cannot be listed.")
        for ordinal in range(self.first.toordinal(), self.last.toordinal() + 1):
            yield date.fromordinal(ordinal)

    def length(self) -> int:
        """The number of days, both ends counted. A span without an end is a ValueError."""
        if self.last is None:
            raise ValueError("A span without an end has no length.")
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        return f"{self.first}..{self.last or ''}"


SHORTEST_MONTH = 28


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day where it has no such day.

    31 December and two months is the last day of February. Rule: CAL-05.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    # every month has 28 days, and most days asked about are among them
    last = day.day if day.day <= SHORTEST_MONTH else days_in_month(year, month + 1)
    return date(year, month + 1, min(day.day, last))


def add_years(day: date, years: int) -> date:
    """The anniversary; 29 February becomes 28 February in a year without it (CAL-05)."""
    return add_months(day, 12 * years)


def days_in_month(year: int, month: int) -> int:
    """How many days the month has."""
    return calendar.monthrange(year, month)[1]


def age_on(born: date, day: date) -> int:
    """Age in whole years on `day`; someone born on 29 February turns on 1 March in common years.

    Raises Invalid("born") for a day before the birth.
    """
    if day < born:
        raise Invalid("born", mark("The date of birth is after the day asked about."))
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The `nth` (1 to 5) given weekday (Monday is 0) of a month; ValueError where there is none."""
    if not 1 <= nth <= 5:
        raise ValueError("A month has a first to a fifth of a weekday.")
    first = date(year, month, 1)
    return first.replace(day=1 + (weekday - first.weekday()) % 7 + 7 * (nth - 1))


def last_weekday(year: int, month: int, weekday: int) -> date:
    """The last given weekday (Monday is 0) of a month."""
    last = date(year, month, days_in_month(year, month))
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def parse_day(text: str, field: str = "date") -> date:
    """Reads "2027-02-14" and nothing else. Raises Invalid(field)."""
    clean = text.strip()
    if len(clean) == 10 and clean[4] == clean[7] == "-" and clean.isascii():
        year, month, day = clean.split("-") if clean.count("-") == 2 else ("", "", "")
        if year.isdigit() and month.isdigit() and day.isdigit():
            return from_pieces(day, month, year, field)
    raise Invalid(field, mark("Write the date as year, month, day: 2027-02-14."))


_WEEKDAY = re.compile(r"([A-Za-z]{2,9})[.,]? +(?=\d)", re.A)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b(?: +of\b)?", re.A | re.I)


def without_weekday(text: str) -> tuple[int | None, str]:
    """A date as people write it, without the day of the week and without "st" or "of".

    "Tuesday 1st of September, 2026" gives (1, "1 September 2026"): Monday is 0. None where no day
    of the week stands before the date; whatever else stands there is left where it is.
    """
    clean = _ORDINAL.sub("", " ".join(text.split()))
    found = _WEEKDAY.match(clean)
    weekday = _weekday(found[1]) if found else None
    if found and weekday is not None:
        clean = clean[found.end() :]
    return weekday, clean.replace(",", "") if clean[:1].isdigit() else clean


def other_weekday(text: str, day: date) -> bool:
    """Whether a date is written with a day of the week on which it does not fall."""
    weekday, _rest = without_weekday(text)
    return weekday is not None and weekday != day.weekday()


def weekday_name(day: date) -> str:
    """The day of the week: "Tuesday"."""
    return WEEKDAYS[day.weekday()]


def _weekday(word: str) -> int | None:
    wanted = word.casefold()
    for number, name in enumerate(WEEKDAYS):
        # "Tues", "Weds", "Thurs": people shorten them in more than one way
        if name.casefold().startswith(wanted) or (wanted, number) == ("weds", 2):
            return number
    return None


def pieces(day: date) -> tuple[str, str, str]:
    """Day, month and year as the three boxes of a form hold them: ("14", "2", "2027")."""
    return str(day.day), str(day.month), str(day.year)


def from_pieces(day: str, month: str, year: str, field: str = "date") -> date:
    """The date in the three boxes of a form, in the order a British form has them.

    The month may be a number or an English name ("2", "Feb", "February"). Raises Invalid(field)
    with a sentence saying which part is missing or wrong.
    """
    given = {"day": day.strip(), "month": month.strip(), "year": year.strip()}
    missing = tuple(name for name, text in given.items() if not text)
    if missing:
        raise Invalid(field, _MISSING[missing])
    year_number = _number(given["year"])
    if year_number is None or len(given["year"]) < 4:
        raise Invalid(field, mark("The year must be four numbers, such as 2027."))
    if not EARLIEST_YEAR <= year_number <= LATEST_YEAR:
        words = mark("The year must be from {earliest} to {latest}.")
        years = {"earliest": str(EARLIEST_YEAR), "latest": str(LATEST_YEAR)}
        raise Invalid(field, sentence(words, **years))
    try:
        return date(year_number, _month(given["month"]), _number(given["day"]) or 0)
    except ValueError:
        raise Invalid(field, mark("Enter a real date, such as 14 February 2027.")) from None


_MISSING = {
    ("day", "month", "year"): mark("Enter a date."),
    ("day",): mark("The date must include a day."),
    ("month",): mark("The date must include a month."),
    ("year",): mark("The date must include a year."),
    ("day", "month"): mark("The date must include a day and month."),
    ("day", "year"): mark("The date must include a day and year."),
    ("month", "year"): mark("The date must include a month and year."),
}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def _month(text: str) -> int:
    number = _number(text)
    if number is not None:
        return number
    wanted = text.casefold()
    if len(wanted) < 3:
        return 0
    return next((n for n in range(1, 13) if MONTHS[n].casefold().startswith(wanted)), 0)
