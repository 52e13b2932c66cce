"""The school days of a stretch of time at each place of an actor, counted once for a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from opensenco.access.actor import Actor
from opensenco.cases.calendar import own_calendar
from opensenco.kernel.dates import ONE_DAY, Span
from opensenco.kernel.words import Sentence
from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.law.calendar.years import AcademicYear
from opensenco.provision import reckoning
from opensenco.provision.ledger import span_of
from opensenco.provision.minutes import Counted, school_days
from opensenco.provision.queries.expected import turns_said
from opensenco.provision.timetable import OpenDays, open_days

NONE_ENTERED = SchoolCalendar("no term dates", (), england())


@dataclass(frozen=True)
class Days:
    """The stretch of time and how its school days are counted at each place."""

    span: Span
    today: date
    calendars: Mapping[int, SchoolCalendar]

    @property
    def last(self) -> date:
        """The last day of the stretch."""
        return self.span.last or self.today

    @property
    def until(self) -> date:
        """The day by which what is promised is due."""
        return min(self.today, self.last)

    @property
    def before(self) -> date:
        """The last day of which all should be known: yesterday, or the end of a stretch that is
        over."""
        return min(self.today - ONE_DAY, self.last)

    @cached_property
    def remarks(self) -> tuple[Sentence, ...]:
        """What a reader must be told of how days are counted."""
        found = [self.whole(org).remarks for org in self.calendars]
        return tuple(dict.fromkeys(remark for some in found for remark in some))

    def whole(self, org: int) -> Counted:
        """Give the school days of the whole stretch at a place."""
        return school_days(self.span, self.calendars[org])

    @cached_property
    def open_days(self) -> dict[int, OpenDays]:
        """The open days of the stretch at each place, with the turns of weeks: asks once."""
        said = turns_said(self.calendars)
        return {
            org: open_days(self.span, calendar, said.get(org, ()))
            for org, calendar in self._along.items()
        }

    def up_to(self, org: int, day: date) -> int:
        """Give how many school days there are from the first day to another, both counted."""
        if day < self.span.first:
            return 0
        day = min(day, self.last)
        if (org, day) not in self._counted:
            whole = Span(self.span.first, day)
            self._counted[org, day] = school_days(whole, self._along[org]).days
        return self._counted[org, day]

    def of(self, org: int, starts: date, ends: date | None) -> reckoning.Days:
        """Give the school days of a promise with these dates: all, by today, before today.

        They are counted from the beginning of the stretch to the end of the promise, less those
        before it began: of thousands of promises most begin and end on the same few days.
        """
        before, last = starts - ONE_DAY, ends or self.last
        return reckoning.Days(*(
            self.up_to(org, min(last, until)) - self.up_to(org, min(before, until))
            for until in (self.last, self.until, self.before)
        ))  # fmt: skip

    @cached_property
    def _counted(self) -> dict[tuple[int, date], int]:
        return {}

    @cached_property
    def _along(self) -> dict[int, SchoolCalendar]:
        """One calendar for the whole stretch at each place, so that parts of it add up."""
        return {
            org: NONE_ENTERED if self.whole(org).remarks else own
            for org, own in self.calendars.items()
        }


def days_of(actor: Actor, spell: str) -> Days:
    """Give the stretch of time at the actor's places; of several, along the usual months."""
    year = AcademicYear.of(actor.today).span
    calendars = {org: own_calendar(org, year) for org in sorted(actor.hat.orgs)}
    alone = next(iter(calendars.values())) if len(calendars) == 1 else NONE_ENTERED
    span = span_of(spell, actor.today, alone)
    return Days(span, actor.today, calendars)
