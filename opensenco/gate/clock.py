"""Which clock pages, commands and jobs read: the machine's, or a frozen one for demonstrations."""

from datetime import date

from django.conf import settings

from opensenco.kernel.clock import Clock, FrozenClock, SystemClock


def clock() -> Clock:
    """Give the clock of this process."""
    frozen: str = settings.FROZEN_TODAY
    return FrozenClock(date.fromisoformat(frozen)) if frozen else SystemClock()
