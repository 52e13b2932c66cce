"""The outbox as the worker has it: one mail is taken, sent, and what came of it is written down.

A worker takes a mail for a while (`claimed_until`) in a transaction of its own, before it speaks to
the mail server. Killed at the worst moment, between the server's "yes" and our writing it down, the
mail is sent once more when that while is over, with the same Message-ID. Two workers never hold the
same mail. Called in the scope that sees every place, which `ops` opens.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from opensenco.access.models import Person
from opensenco.notices.models import BadAddress, Mail, Notice
from opensenco.notices.sending import WHOLE, Answer, Outcome
from opensenco.notices.states import CameBack, MailState

#: a worker that has said nothing for so long was killed
CLAIM = timedelta(seconds=WHOLE + 60)
#: how long after each try that failed the next one is; the last goes on
BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 30, 60))
MOST_AT_ONCE = 100


def anything_due(now: datetime) -> bool:
    """Tell whether a mail waits to be sent, or to be given up."""
    return _due(now).exists()


def _due(now: datetime) -> QuerySet[Mail]:
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    return Mail.objects.filter(free, state=MailState.WAITING, due_at__lte=now)


def take(now: datetime) -> Mail | None:
    """Take the mail that has been due longest, for CLAIM; None where none is."""
    for mail in _due(now).order_by("due_at", "id")[:MOST_AT_ONCE]:
        held = _due(now).filter(pk=mail.pk, tries=mail.tries)
        if held.update(claimed_until=now + CLAIM, tries=F("tries") + 1):
            return Mail.objects.get(pk=mail.pk)
    return None


def stop_or_give_up(now: datetime) -> int:
    """Give up what is worth nothing any more, and stop what goes to an address that comes back."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    late = Mail.objects.filter(
        free, state__in=[MailState.WAITING, MailState.STOPPED], until__lte=now
    )
    given_up = late.update(state=MailState.GIVEN_UP, words="", over_at=now, claimed_until=None)
    bad = BadAddress.objects.filter(
        org=OuterRef("org"), address=OuterRef("to"), settled_at__isnull=True
    )
    stopped = Mail.objects.filter(Exists(bad), free, state=MailState.WAITING)
    return given_up + stopped.update(state=MailState.STOPPED, claimed_until=None)


def write_down(mail: Mail, answer: Answer, now: datetime, by: Callable[[], Person]) -> None:
    """Write down what came of a try. Where the while was over and another has it, nothing is.

    Args:
        by: gives in whose name somebody is told that mail to them comes back.
    """
    held = Mail.objects.filter(
        pk=mail.pk, state=MailState.WAITING, claimed_until=mail.claimed_until
    )
    if answer.outcome is Outcome.SENT:
        held.update(
            state=MailState.SENT, words="", over_at=now, claimed_until=None, said="",
            known_as=answer.known_as,
        )  # fmt: skip
        return
    if answer.outcome is Outcome.REFUSED:
        if held.update(state=MailState.STOPPED, claimed_until=None, said=answer.said):
            came_back(mail, CameBack.REFUSED, answer.said, now, by)
        return
    # that nobody answers is no fault of this mail: the worker leaves them all alone for a while
    tried = 1 if answer.outcome is Outcome.DOWN else mail.tries
    after = BACKOFF[min(tried, len(BACKOFF)) - 1]
    # what has little time is tried more often than it has
    after = min(after, max((mail.until - now) / 3, timedelta(seconds=5)))
    held.update(due_at=now + after, claimed_until=None, said=answer.said)


def came_back(
    mail: Mail, why: CameBack, said: str, now: datetime, by: Callable[[], Person]
) -> bool:
    """Mark the address of a mail: nothing more is sent there. Tells whether that is news.

    Whoever's address it is, is told in the application; not by mail.
    """
    try:
        with transaction.atomic():
            BadAddress.objects.create(
                org_id=mail.org_id, address=mail.to, person_id=mail.person_id, why=why,
                said=said[:40], at=now,
            )  # fmt: skip
    except IntegrityError:
        return False
    if mail.person_id is not None:
        words = _("Email to you comes back, so none is sent. See “What reaches me, and when”.")
        Notice(org_id=mail.org_id, words=words, person_id=mail.person_id, by=by(), at=now).save()
    return True
