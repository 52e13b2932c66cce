"""The worker's part in mail: sending what stands in the outbox, and filling it from notices.

Everything here may be done at any time, again, and by several workers at once.
"""

import contextlib
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import OperationalError, connection

from opensenco.access.installation import installation_actor
from opensenco.access.models import Person
from opensenco.access.scope import system_scope
from opensenco.cases.calendar import calendar_of
from opensenco.gate.clock import clock
from opensenco.kernel.patience import Patience
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.notices import queue, spreading
from opensenco.notices.models import Mail
from opensenco.notices.returning import when_mail_came_back
from opensenco.notices.sending import Answer, Outcome, send
from opensenco.notices.states import CameBack, MailState
from opensenco.ops import living

#: how long a provider is asked what became of a mail
ASKED = timedelta(days=3)
MOST_ASKED = 30


def leaves() -> bool:
    """Tell whether mail leaves this server at all."""
    return bool(settings.MAIL.kind)


def post_waiting() -> bool:
    """Send what is due. Gives False where the mail server is down, and others need not be tried."""
    if not leaves():
        return True
    with system_scope("see whether mail is due", write=False):
        if not queue.anything_due(clock().now()):
            return True
    with system_scope("give up mail that is worth nothing any more"):
        queue.stop_or_give_up(clock().now())
    way: BaseEmailBackend = get_connection()
    try:
        return all(answer.outcome is not Outcome.DOWN for answer in _answers(way))
    finally:
        with contextlib.suppress(Exception):
            way.close()


def _answers(way: BaseEmailBackend) -> Iterator[Answer]:
    """Send one mail after the other, and give what came of each."""
    for _one in range(queue.MOST_AT_ONCE):
        with system_scope("take a mail out of the outbox"):
            mail = queue.take(clock().now(), living.token(), living.others())
        if mail is None:
            return
        answer = _sent(mail, way)
        _write_down(mail, answer)
        yield answer


def _write_down(mail: Mail, answer: Answer) -> None:
    """Write down what came of a mail, however long the database is busy: else it went out twice.

    Raises:
        OperationalError: it was not to be had for longer than the mail is ours.
    """
    patience = Patience(queue.CLAIM.total_seconds())
    while True:
        try:
            with system_scope("write down what came of a mail"):
                queue.write_down(mail, answer, clock().now(), keeper)
        except OperationalError:
            if connection.in_atomic_block or patience.left <= 0:
                raise
            connection.close_if_unusable_or_obsolete()
            time.sleep(1)
        else:
            return


def forget_addresses() -> int:
    """Forget to whom mail went some weeks ago."""
    with system_scope("forget to whom mail went"):
        return queue.forget(clock().now())


def keeper() -> Person:
    """Give the installation's own row among the people, in whose name the worker tells."""
    return installation_actor(clock().now()).person


def _sent(mail: Mail, way: BaseEmailBackend) -> Answer:
    """Send one mail over a way that stays open between mails, where all is well."""
    answer = send(mail, way)
    if answer.outcome is not Outcome.SENT:
        with contextlib.suppress(Exception):
            way.close()
    return answer


def tell_by_mail() -> int:
    """Turn notices into mails for those who want them now; give how many mails were written."""
    now = clock().now()
    with system_scope("see of which notices somebody is to be mailed"):
        queue.stop_or_give_up(now)
        if not leaves():
            spreading.drop_news()
            return 0
        places = spreading.places_with_news()
    for org in places:
        with system_scope("say who is to be mailed of a notice, and when"):
            spreading.spread(org, now, school_days)
    with system_scope("see to whom mail is due", write=False):
        people = spreading.people_due(now)
    written = 0
    for person in people:
        with system_scope("write the mail that is due to a person"):
            written += spreading.mail_to(person, now)
    return written


def school_days(org_id: int) -> Callable[[date], bool]:
    """Give what tells the school days of a place; where nobody knows, weekdays."""
    known: dict[date, bool] = {}
    calendar = calendar_of(org_id, clock().today()).calendar

    def tells(day: date) -> bool:
        if day not in known:
            try:
                known[day] = calendar.is_school_day(day)
            except CalendarNotCovered:
                known[day] = day.weekday() < 5
        return known[day]

    return tells


def mark_came_back(known_as: str, why: CameBack) -> None:
    """Mark the address of a mail that came back, by the number under which a provider knows it."""
    with system_scope("mark the address of a mail that came back"):
        mail = Mail.objects.filter(known_as=known_as).order_by("-id").first()
        if mail is not None:
            queue.came_back(mail, why, "", clock().now(), keeper)


def mark_returned(refs: Iterable[uuid.UUID]) -> int:
    """Mark the addresses of mails that were returned, by their references; give how many were news.

    Whoever makes up a report does not know the reference of a mail, which is random.
    """
    marked = 0
    for ref in refs:
        with system_scope("mark the address of a mail that was returned"):
            mail = Mail.objects.filter(ref=ref, state=MailState.SENT, forgotten_at=None).first()
            if mail is not None:
                marked += queue.came_back(mail, CameBack.RETURNED, "", clock().now(), keeper)
    return marked


def ask_what_became() -> None:
    """Ask a provider that does not tell by itself what became of the mail of the last days."""
    way: BaseEmailBackend = get_connection()
    ask = getattr(way, "what_became", None)
    if ask is None:
        return
    now = clock().now()
    with system_scope("see of which mail nobody knows whether it arrived", write=False):
        rows = Mail.objects.filter(state=MailState.SENT, over_at__gte=now - ASKED)
        numbers = list(rows.exclude(known_as="").order_by("-id").values_list("known_as", flat=True))
    for known_as in numbers[:MOST_ASKED]:
        if (why := ask(known_as)) is not None:
            mark_came_back(known_as, why)


def begin() -> None:
    """See to it that what providers tell is written down."""
    when_mail_came_back(mark_came_back)
