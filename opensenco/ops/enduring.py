"""The worker goes on where its database was away for a while, busy, or on a full disk.

The worker of django-tasks-db ends there, and what it was at stays "running" for ever. This one
waits, looks after what it was at, and begins that again: each job does nothing twice.
"""

import logging
import time
from typing import Any

from django.db import InterfaceError, OperationalError, connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from opensenco.exchange.recovering import hand_over_again
from opensenco.ops import taking_back

logger = logging.getLogger(__name__)
AWAY = (OperationalError, InterfaceError)
#: how a job that failed says that it was the database
AWAY_PATHS = frozenset(f"{fault.__module__}.{fault.__qualname__}" for fault in AWAY)
#: seconds after which the database is asked again
REST = 2.0


class Enduring(Worker):
    """A worker that outlives its database."""

    _lost = False

    def run(self) -> None:
        """Do what waits until told to stop.

        Raises:
            OperationalError, InterfaceError: the database is away, and this is to end when nothing
                waits: whoever called it is told.
        """
        while True:
            try:
                if self._lost:
                    self._look_after()
                super().run()
            except AWAY:
                if self.batch:
                    raise
                if not self._lost:
                    logger.exception("The database does not answer; the worker waits for it")
                self._lost = True
                connections.close_all()
                time.sleep(REST)
            else:
                return

    def run_task(self, db_task_result: "DBTaskResult[Any, Any]") -> None:
        """Do one job; one that the database failed is begun again after a rest."""
        super().run_task(db_task_result)
        if db_task_result.exception_class_path in AWAY_PATHS:
            taking_back.try_again(db_task_result)
            time.sleep(REST)

    def _look_after(self) -> None:
        """Begin again what this worker was at when the database went away: it is at nothing now."""
        taking_back.begin_again([self.worker_id])
        hand_over_again()
        self._lost = False
        logger.warning("The database answers again; the worker goes on")
