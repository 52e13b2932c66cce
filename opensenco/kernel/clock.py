"""The only place that reads the clock. Pages, commands and jobs ask here once and pass it down.

Moments are in UTC and always carry their zone. Days are civil days in Europe/London: every duty in
this field is a duty of a day, so nothing below a page ever needs more than `today`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from threading import Lock
from time import monotonic
from typing import Protocol
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class Clock(Protocol):
    """What a page, a command or a job may ask of the time."""

    def now(self) -> datetime:
        """The moment, in UTC."""
        ...

    def today(self) -> date:
        """The day in London at that moment."""
        ...


def london_time(moment: datetime) -> datetime:
    """`moment` as a wall clock in London shows it. A moment without a zone is a ValueError."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone does not say which day it is.")
    return moment.astimezone(LONDON)


def london_date(moment: datetime) -> date:
    """The civil day in London on which `moment` falls. Without a zone it is a ValueError."""
    return london_time(moment).date()


def end_of_day(day: date) -> datetime:
    """The last moment of a civil day in London, in UTC."""
    return datetime.combine(day, time.max, LONDON).astimezone(UTC)


class Steady:
    """Gives moments that never go back, also where the machine's clock is put back a little.

    What is done later stands later: in histories, threads and lists of what is new. A clock that
    was put back by no more than BACK runs at half its speed until the machine's has caught up. One
    that was put back by more was wrong before, and is believed now.

    Args:
        wall: the machine's clock. running: seconds that only ever grow.
    """

    BACK = timedelta(hours=2)

    def __init__(self, wall: Callable[[], datetime], running: Callable[[], float]) -> None:
        self._wall, self._running = wall, running
        self._last: datetime | None = None
        self._ran = 0.0
        self._lock = Lock()

    def now(self) -> datetime:
        """Give the moment, in UTC."""
        with self._lock:
            moment, ran = self._wall(), self._running()
            if self._last is not None and moment <= self._last <= moment + self.BACK:
                moment = self._last + timedelta(seconds=(ran - self._ran) / 2)
            self._last, self._ran = moment, ran
            return moment


_steady = Steady(lambda: datetime.now(UTC), monotonic)


def _read() -> datetime:
    return _steady.now()


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return _read()

    def today(self) -> date:
        return london_date(_read())


@dataclass(frozen=True, slots=True)
class FrozenClock:
    """A clock that stays on one day while its time of day runs, for demonstrations.

    Things done one after the other keep their order within the day. At midnight of the machine it
    begins the same day again, so a demonstration is not for running through the night.
    """

    day: date
    read: Callable[[], datetime] = field(default=_read, repr=False)

    def now(self) -> datetime:
        wall = london_time(self.read()).time()
        moment = datetime.combine(self.day, wall, LONDON).astimezone(UTC)
        # In the hour that spring skips, 01:30 is answered as 02:30: still the same day.
        return moment

    def today(self) -> date:
        return self.day


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still at one moment, for tests and for replaying what was recorded."""

    moment: datetime

    def __post_init__(self) -> None:
        if self.moment.tzinfo is None:
            raise ValueError("A clock needs a moment with a time zone.")

    def now(self) -> datetime:
        return self.moment.astimezone(UTC)

    def today(self) -> date:
        return london_date(self.moment)


def system_clock() -> Clock:
    """The machine's clock."""
    return SystemClock()


def frozen_clock(day: date) -> Clock:
    """A clock whose day is always `day` and whose time of day runs."""
    return FrozenClock(day)


def fixed_clock(day: date, at: time = time(12, 0)) -> Clock:
    """A clock that stands at `at`, London time, on `day`. Noon unless told otherwise."""
    return FixedClock(datetime.combine(day, at.replace(tzinfo=LONDON)))


def clock_for(day: date | None) -> Clock:
    """The clock of a process: frozen on `day` where one was set, else the machine's own."""
    return system_clock() if day is None else frozen_clock(day)
