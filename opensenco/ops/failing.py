"""What is kept of a job that failed: the kind and lines of its fault, and none of its words.

django-tasks keeps the whole text of a fault beside its job. A database's own words repeat values,
and those may be a child's.
"""

import sys
from datetime import datetime, timedelta
from typing import Any

from django.db.models.signals import pre_save
from django_tasks_db.models import DBTaskResult

from opensenco.kernel.logs import kind_of

#: so long it is kept which jobs were done and which failed
KEPT = timedelta(days=30)
OVER = ("SUCCESSFUL", "FAILED")


def told_in_lines(instance: DBTaskResult[Any, Any], **_said: object) -> None:
    """Put kind and lines in the place of a fault's text before it is written anywhere."""
    if instance.traceback:
        # it is written while the fault is dealt with; elsewhere there is nothing to tell
        fault = sys.exc_info()[1]
        instance.traceback = kind_of(fault) if fault else ""


def begin() -> None:
    """Look at each job before it is written down."""
    pre_save.connect(told_in_lines, sender=DBTaskResult)


def forget(at: datetime) -> int:
    """Forget jobs that were over some weeks ago, with what earlier versions kept of faults."""
    count, _ = DBTaskResult.objects.filter(status__in=OVER, finished_at__lt=at - KEPT).delete()
    return count
