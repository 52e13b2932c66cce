"""What waits, counted by the worker for those who watch: no web process may look past the walls."""

import time
from datetime import datetime

from django.conf import settings
from django.db.models import Case, Count, Min, When
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from opensenco.access.scope import system_scope
from opensenco.documents.models import StoredFile
from opensenco.documents.states import Scan
from opensenco.gate.clock import clock
from opensenco.gate.standing import Waiting
from opensenco.notices.models import Mail
from opensenco.notices.states import MailState


def counted() -> Waiting:
    """Count it now."""
    now = clock().now()
    # jobs go by the machine's own clock, also where ours stands still
    moment = timezone.now()
    since = Case(When(run_after__lte=moment, then="run_after"), default="enqueued_at")
    jobs = DBTaskResult.objects.ready().aggregate(all=Count("pk"), first=Min(since))
    failed = DBTaskResult.objects.filter(status="FAILED").count()
    with system_scope("count what waits", write=False):
        due = Mail.objects.filter(state=MailState.WAITING, due_at__lte=now)
        mail = due.aggregate(all=Count("pk"), first=Min("due_at"))
        stopped = Mail.objects.filter(state=MailState.STOPPED).count()
        files = StoredFile.objects.filter(scan=Scan.WAITS).count()
    return Waiting(
        at=time.time(),
        jobs=jobs["all"], jobs_failed=failed, job_seconds=_since(jobs["first"], moment),
        mail=mail["all"], mail_stopped=stopped, mail_seconds=_since(mail["first"], now),
        files=files,
    )  # fmt: skip


def write_down() -> None:
    """Put it where the web's processes find it."""
    counted().write(settings.DATA)


def _since(first: datetime | None, now: datetime) -> float:
    return max(0.0, (now - first).total_seconds()) if first else 0.0
