"""Bank holidays of England and working days (CAL-07, CAL-08, CAL-10)."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from opensenco.kernel.dates import ONE_DAY, Span
from opensenco.kernel.errors import Invalid
from opensenco.kernel.words import mark
from opensenco.law.calendar.cover import CalendarNotCovered, count_in, nth_after
from opensenco.law.registry import answers
from opensenco.law.rulebook.counting import CAL_07, CAL_08, CAL_10

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class ExtraHoliday:
    """A day that an authority adds to the table, with the source that says so."""

    day: date
    title: str
    source: str


@dataclass(frozen=True)
class BankHolidays:
    """A table of bank holidays that answers for the days from `first` to `last` and no others."""

    name: str
    source: str
    first: date
    last: date
    # a mapping has no hash; tables that differ in it alone are still not equal
    titles: Mapping[date, str] = field(hash=False)

    def __post_init__(self) -> None:
        # One table serves the whole process, so nobody may write into it.
        object.__setattr__(self, "titles", MappingProxyType(dict(self.titles)))

    @property
    def covered(self) -> Span:
        return Span(self.first, self.last)

    def with_days(self, extra: Iterable[ExtraHoliday]) -> "BankHolidays":
        """A table with further days. Raises Invalid for a day outside it or without a source."""
        titles = dict(self.titles)
        for holiday in extra:
            if not holiday.source.strip():
                raise Invalid("source", mark("Say which proclamation or notice adds this day."))
            if holiday.day not in self.covered:
                raise Invalid(
                    "day", mark("This day is outside the years of the bank holiday table.")
                )
            titles[holiday.day] = holiday.title
        return BankHolidays(self.name, self.source, self.first, self.last, titles)

    def check_covers(self, day: date) -> None:
        """Raises CalendarNotCovered for a day the table does not answer for."""
        if day not in self.covered:
            raise CalendarNotCovered(self.name, day, (self.covered,))

    def title_of(self, day: date) -> str | None:
        """The name of the bank holiday on `day`, or None. Raises CalendarNotCovered."""
        self.check_covers(day)
        return self.titles.get(day)

    @answers(CAL_08)
    def is_working_day(self, day: date) -> bool:
        """Whether `day` is Monday to Friday and no bank holiday. Raises CalendarNotCovered."""
        return self.title_of(day) is None and day.weekday() < SATURDAY

    @answers(CAL_10)
    def within_working_days(self, *, event: date, days: int) -> date:
        """The last day of "within `days` working days of `event`": the event is not counted.

        Raises Invalid for fewer than one day and CalendarNotCovered.
        """
        return self._nth_after(event, days)

    @answers(CAL_10)
    def working_days_beginning_with(self, *, event: date, days: int) -> date:
        """The last of `days` working days "beginning with" `event`, which counts if it is one.

        Raises Invalid for fewer than one day and CalendarNotCovered.
        """
        return self._nth_after(event - ONE_DAY, days)

    def working_days_in(self, span: Span) -> int:
        """How many working days a closed span holds. Raises CalendarNotCovered."""
        if span.last is None:
            raise ValueError("A span without an end cannot be counted.")
        self.check_covers(span.first)
        self.check_covers(span.last)
        return count_in(self._working, span.first.toordinal(), span.last.toordinal())

    @answers(CAL_07)
    def last_working_day(self, *, on_or_before: date) -> date:
        """The convenient day beside a deadline that does not move. Raises CalendarNotCovered."""
        day = on_or_before
        while not self.is_working_day(day):
            day -= ONE_DAY
        return day

    def _nth_after(self, start: date, days: int) -> date:
        if days < 1:
            raise Invalid("days", mark("Count at least one working day."))
        self.check_covers(start + ONE_DAY)
        found = nth_after(self._working, start.toordinal(), days)
        if found is None:
            raise CalendarNotCovered(self.name, self.last + ONE_DAY, (self.covered,))
        return date.fromordinal(found)

    @cached_property
    def _working(self) -> tuple[int, ...]:
        every = (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))
        return tuple(
            day.toordinal() for day in every if day.weekday() < SATURDAY and day not in self.titles
        )


def _read_england() -> BankHolidays:
    text = Path(__file__).with_name("bank_holidays.toml").read_text("utf-8")
    table = tomllib.loads(text)
    titles = {
        date.fromisoformat(day): title
        for rows in table.values()
        if isinstance(rows, dict)
        for day, title in rows.items()
    }
    return BankHolidays(
        table["name"], table["source"], table["covered_from"], table["covered_to"], titles
    )


_ENGLAND = _read_england()


def england() -> BankHolidays:
    """The shipped table of England, read from the file beside this module when it is imported."""
    return _ENGLAND
