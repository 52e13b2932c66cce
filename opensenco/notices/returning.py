"""Mail that came back after it had been sent: a provider tells, and the address is marked.

Whoever tells is a stranger to every place, so what they say waits as a job for the worker, which
alone may look through the outboxes of all.
"""

from collections.abc import Callable
from typing import Any

from anymail.signals import tracking
from django.conf import settings
from django_tasks import task

from opensenco.notices.states import CameBack

#: what django-anymail calls these; a "deferred" mail may still arrive
WHYS = {
    "bounced": CameBack.RETURNED,
    "rejected": CameBack.REFUSED,
    "failed": CameBack.RETURNED,
    "complained": CameBack.COMPLAINED,
}
MOST_KNOWN_AS = 200
_marks: list[Callable[[str, CameBack], None]] = []


def when_mail_came_back(act: Callable[[str, CameBack], None]) -> None:
    """Say what is done where the mail known by a number came back; the worker's own says so."""
    _marks[:] = [act]


@task()
def mail_came_back(known_as: str, why: str) -> None:
    """Mark the address of a mail that came back."""
    for act in _marks:
        act(known_as, CameBack(why))


def heard(event: Any, **_more: Any) -> None:
    """Take what a provider tells of one mail, where it is that it came back for good."""
    why = WHYS.get(str(event.event_type))
    known_as = str(event.message_id or "")[:MOST_KNOWN_AS]
    if why is not None and known_as and settings.MAIL.anymail:
        mail_came_back.enqueue(known_as, why.value)


def begin() -> None:
    """Listen to what providers tell."""
    tracking.connect(heard, dispatch_uid="opensenco.notices.returning")
