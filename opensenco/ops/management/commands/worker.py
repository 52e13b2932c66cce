"""Do the jobs that wait in the database, and what falls due, until stopped."""

import contextlib
import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Command as Worker

from opensenco.access.walls import refuse_strong_login
from opensenco.exchange.recovering import hand_over_again
from opensenco.kernel import halt
from opensenco.ops import clearing, living, taking_back, timekeeping
from opensenco.ops.enduring import Enduring

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
        _until_the_gate_is_open()
        refuse_strong_login(serves_pages=False)
        # whatever a worker before this one was killed at
        hand_over_again()
        with living.Living(settings.DATA) as me:
            taking_back.take_back()
            clearing.begin()
            self._work(options["verbosity"], me.token, until_done=options["until_done"])

    def _work(self, verbosity: int, token: str, *, until_done: bool) -> None:
        with contextlib.nullcontext() if until_done else timekeeping.Timekeeper():
            self._jobs(verbosity, token or get_random_string(32), until_done=until_done)
        if until_done:
            timekeeping.once()

    def _jobs(self, verbosity: int, token: str, *, until_done: bool) -> None:
        self.configure_logging(verbosity)
        worker = Enduring(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=1,
            batch=until_done,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=token,
        )
        worker.configure_signals()
        worker.run()


def _until_the_gate_is_open() -> None:
    """Wait while an upgrade is under way: jobs are done in the shape that this version knows."""
    while halt.is_shut(settings.DATA):
        time.sleep(0.5)
