"""The worker keeps time: mail goes out each second, what falls due is looked for each minute.

It runs beside the jobs in the same process, so that a code that somebody waits for is not held up
by a long list. What is due stands in the database, under its locks; this only says when to look.
"""

import logging
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from django.conf import settings
from django.db import close_old_connections, connections

from opensenco.kernel.halt import Watch
from opensenco.kernel.patience import Patience
from opensenco.ops import (
    approach,
    chasing,
    listening,
    not_held,
    photos,
    posting,
    protected_time,
    scanning,
    taking_back,
    waiting,
)

logger = logging.getLogger(__name__)
SECOND = 1.0
#: for how long a mail server that is down is left alone: longer each time, up to the most
PAUSE, MOST_PAUSE = 15.0, 300.0
STOP_SECONDS = 12.0


@dataclass
class Due:
    """Something to be done again and again.

    Args:
        do: gives False where it should be left alone for a while.
    """

    do: Callable[[], object]
    every: float
    patience: Patience = field(default_factory=lambda: Patience(0))
    failed: int = 0

    def turn(self) -> None:
        """Do it where its time has come; a fault in it is told and does not end the rest."""
        if self.patience.left > 0:
            return
        try:
            well = self.do() is not False
        except Exception:
            logger.exception("%s did not come to its end", self.do.__name__)
            well = False
        self.failed = 0 if well else self.failed + 1
        pause = min(PAUSE * 2 ** (self.failed - 1), MOST_PAUSE) if self.failed else 0
        self.patience = Patience(max(self.every, pause))


def all_due() -> list[Due]:
    """Give all that a worker does by the clock."""
    return [
        Due(taking_back.take_back, 5 * SECOND),
        Due(posting.tell_by_mail, 60 * SECOND),
        Due(posting.post_waiting, SECOND),
        Due(posting.ask_what_became, 900 * SECOND),
        Due(chasing.chase_silent, 900 * SECOND),
        Due(listening.raise_quiet, 900 * SECOND),
        Due(not_held.write_what_was_not_held, 900 * SECOND),
        Due(protected_time.tell_of_shortfalls, 3600 * SECOND),
        Due(approach.ask_new_staff, 3600 * SECOND),
        Due(scanning.ask_again, 900 * SECOND),
        Due(photos.remove_left, 900 * SECOND),
        Due(waiting.write_down, 15 * SECOND),
    ]


class Timekeeper(threading.Thread):
    """Keeps time beside the jobs, inside a `with`."""

    def __init__(self) -> None:
        super().__init__(name="timekeeper", daemon=True)
        self._ended = threading.Event()
        self._watch = Watch(settings.DATA)

    def __enter__(self) -> Self:
        """Begin."""
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        """End, with time to write down what was just sent."""
        self._ended.set()
        self.join(STOP_SECONDS)

    def run(self) -> None:
        """Do what is due until ended."""
        due = all_due()
        try:
            while not self._ended.wait(SECOND):
                if self._watch.shut:
                    # as an administrator would: the job that runs is brought to its end
                    os.kill(os.getpid(), signal.SIGTERM)
                    return
                close_old_connections()
                for one in due:
                    if not self._ended.is_set():
                        one.turn()
        finally:
            connections.close_all()


def once() -> None:
    """Do all of it once, now."""
    for one in all_due():
        one.turn()
