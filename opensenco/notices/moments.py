"""When something reaches a person by mail: by what they chose, the clock, and the school's days.

Hours are those of the clock in England. Where spring skips the hour that somebody chose, it is the
next one; where autumn has it twice, the first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from opensenco.kernel.clock import LONDON, london_time
from opensenco.notices.states import How

ONE_DAY = timedelta(days=1)
#: past the longest holiday; where a calendar has no school day for so long, none is waited for
MOST_DAYS = 70

SchoolDay = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Times:
    """The hours that a person chose.

    Args:
        quiet_from, quiet_until: from which hour and until which nothing is sent; the same hour
            twice means that nothing is quiet.
    """

    digest_hour: int
    quiet_from: int
    quiet_until: int
    school_days_only: bool

    def quiet(self, hour: int) -> bool:
        """Tell whether nothing is sent in an hour of the day."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until


def moment(
    how: How, times: Times, now: datetime, school_day: SchoolDay, *, urgent: bool = False
) -> datetime | None:
    """Give when a mail is due; None where the person wants none.

    Args:
        school_day: whether a day is one of the place.
        urgent: what is to reach them at once does so at any hour of any day.
    """
    if how is How.APP:
        return None
    if how is How.ONCE and urgent:
        return now
    here = london_time(now)
    good = school_day if times.school_days_only else _any_day
    if how is How.ONCE and good(here.date()) and not times.quiet(here.hour):
        return now
    hour = times.digest_hour if how is How.DIGEST else _first_open(times)
    return _next(hour, now, good)


def _any_day(_day: date) -> bool:
    return True


def _first_open(times: Times) -> int:
    """Give the first hour of a day in which mail may be sent."""
    return next((hour for hour in range(24) if not times.quiet(hour)), times.quiet_until)


def _next(hour: int, now: datetime, good: SchoolDay) -> datetime:
    """Give the next moment at which it is that hour on a good day, not before now."""
    first = london_time(now).date()
    moments = (_at(first + ONE_DAY * ahead, hour) for ahead in range(MOST_DAYS))
    later = [one for one in moments if one >= now]
    return next((one for one in later if good(london_time(one).date())), later[0])


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), LONDON).astimezone(UTC)
