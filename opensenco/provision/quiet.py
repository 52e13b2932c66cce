"""When a provision has gone quiet: plain days along a school's own calendar, no rows.

A promise of `n` times a week makes a session due on the school day on which the first whole session
has fallen due since one was last accounted for (see `minutes.sessions_in`). What was logged is
accounted for, whether it took place or the reason was given why it did not. Where a timetable says
when it is, the session is due on its day. From that day on the
school days are counted on which nothing was heard; on the fifth the provision is raised.
"""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.dates import ONE_DAY, Span
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.provision.minutes import DAYS_A_WEEK

#: school days after a session was due, at the last of which it is raised
RAISED_AFTER = 5


@dataclass(frozen=True, slots=True)
class Quiet:
    """A session was due, and nobody has said what became of it.

    Args:
        due: the school day on which it was due.
        days: school days since, today counted.
    """

    due: date
    days: int

    @property
    def raised(self) -> bool:
        """Whether it has lasted so long that whoever co-ordinates is told."""
        return self.days >= RAISED_AFTER


def days_until_due(times_a_week: int) -> int:
    """Give how many school days after the last session the next is due."""
    return -(-DAYS_A_WEEK // times_a_week)


def quiet_since(due: date | None, *, today: date, calendar: SchoolCalendar) -> Quiet | None:
    """Tell since when a session was due of which nothing was heard, where a timetable says its day.

    Args:
        due: the first day after the last that was heard of on which a session is expected; None
            where there is none.

    Raises:
        CalendarNotCovered: the calendar does not reach from one day to the other.
    """
    if due is None or due > today:
        return None
    return Quiet(due, calendar.school_days_in(Span(due, today)) - 1)


def gone_quiet(
    *, heard: date, times_a_week: int, today: date, calendar: SchoolCalendar
) -> Quiet | None:
    """Tell whether a session was due by a day of which nothing was heard, and since when.

    The promise still runs on that day.

    Args:
        heard: the day of the last session that was accounted for; the day before the first day of
            the promise where there is none.

    Raises:
        CalendarNotCovered: the calendar does not reach from one day to the other.
    """
    if heard >= today:
        return None
    open_days = calendar.school_days_in(Span(heard + ONE_DAY, today))
    ahead = days_until_due(times_a_week)
    if open_days < ahead:
        return None
    return Quiet(calendar.within_school_days(event=heard, days=ahead), open_days - ahead)
