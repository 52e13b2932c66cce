"""Which clock pages, commands and jobs read: the machine's, or a frozen one for demonstrations."""

from datetime import UTC, date, datetime, timedelta

from django.conf import settings

from opensenco.kernel.clock import Clock, FrozenClock, SystemClock


def clock() -> Clock:
    """Give the clock of this process."""
    frozen: str = settings.FROZEN_TODAY
    return FrozenClock(date.fromisoformat(frozen), _moved) if frozen else SystemClock()


def _moved() -> datetime:
    """Give the machine's moment, moved where the tests' day begins at noon."""
    return datetime.now(UTC) + timedelta(seconds=settings.FROZEN_SHIFT)
