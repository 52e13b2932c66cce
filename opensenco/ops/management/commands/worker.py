"""Do the jobs that wait in the database, and what falls due, until stopped."""

import contextlib
import logging
from argparse import ArgumentParser
from typing import Any

from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Command as Worker

from opensenco.access.walls import refuse_strong_login
from opensenco.exchange.recovering import hand_over_again
from opensenco.ops import clearing, timekeeping

PLAIN = 1


class Command(Worker):
    """The worker of django-tasks-db, for every queue, telling of failures only."""

    help = "Do the jobs that wait and send mail, until stopped by Ctrl-C or SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how long to go on."""
        parser.add_argument(
            "--until-done",
            action="store_true",
            help="stop when nothing waits, instead of waiting for more",
        )

    def configure_logging(self, verbosity: int) -> None:
        """Log jobs that failed; with --verbosity 2 each one that begins and ends as well."""
        level = logging.INFO if verbosity > PLAIN else logging.ERROR
        for name in ("django_tasks", "django_tasks_db"):
            logging.getLogger(name).setLevel(level)

    def handle(self, **options: Any) -> None:
        """Run the jobs of every queue, one after the other; keep time beside them."""
        refuse_strong_login(serves_pages=False)
        # whatever a worker before this one was killed at
        hand_over_again()
        clearing.begin()
        done = options["until_done"]
        with contextlib.nullcontext() if done else timekeeping.Timekeeper():
            self._jobs(options["verbosity"], until_done=done)
        if done:
            timekeeping.once()

    def _jobs(self, verbosity: int, *, until_done: bool) -> None:
        super().handle(
            verbosity=verbosity,
            batch=until_done,
            queue_name="*",
            exclude_queues="",
            interval=1,
            backend_name="default",
            startup_delay=False,
            reload=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
