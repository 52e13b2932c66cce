"""The outbox as the worker has it: one mail is taken, sent, and what came of it is written down.

A worker takes a mail for a while (`claimed_until`) in a transaction of its own, before it speaks to
the mail server. Killed at the worst moment, between the server's "yes" and our writing it down, the
mail is sent once more with the same Message-ID: as soon as another worker of the same machine sees
that its holder has ended, and at the latest when that while is over. Two workers never hold the
same mail. Called in the scope that sees every place, which `ops` opens.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from opensenco.access.models import Person
from opensenco.notices.models import BadAddress, Mail, Notice
from opensenco.notices.sending import WHOLE, Answer, Outcome
from opensenco.notices.states import OVER, CameBack, MailState

#: a worker that has said nothing for so long was killed
CLAIM = timedelta(seconds=WHOLE + 60)
#: for how long it is known to whom a mail went: past the questions "did you write to me" and what
#: comes back late, and no longer, since the record itself says who was told of what
REMEMBERED = timedelta(days=90)
#: what stands in a mail that nobody is at
FREE = {"claimed_until": None, "claimed_by": ""}
#: how long after each try that failed the next one is; the last goes on
BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 30, 60))
MOST_AT_ONCE = 100


def anything_due(now: datetime) -> bool:
    """Tell whether a mail waits to be sent, or to be given up."""
    return _due(now).exists()


def _due(now: datetime) -> QuerySet[Mail]:
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    return Mail.objects.filter(free, state=MailState.WAITING, due_at__lte=now)


def take(now: datetime, by: str = "", but: Collection[str] = ()) -> Mail | None:
    """Take the mail that has been due longest, for CLAIM; None where none is.

    Args:
        by: the worker, so that another knows when it has ended; empty where nobody could.
        but: workers that are known to live. What they hold is theirs, whatever the clock says: it
            may have been put forward while they speak to the mail server.
    """
    due = _due(now).exclude(claimed_by__in=but) if but else _due(now)
    for mail in due.order_by("due_at", "id")[:MOST_AT_ONCE]:
        held = due.filter(pk=mail.pk, tries=mail.tries)
        if held.update(claimed_until=now + CLAIM, claimed_by=by, tries=F("tries") + 1):
            return Mail.objects.get(pk=mail.pk)
    return None


def free(tokens: Iterable[str]) -> int:
    """Let mail wait again that is held by workers of which it is known that they have ended."""
    held = Mail.objects.filter(
        state=MailState.WAITING, claimed_by__in=[one for one in tokens if one]
    )
    return held.update(**FREE)


def stop_or_give_up(now: datetime) -> int:
    """Give up what is worth nothing any more, and stop what goes to an address that comes back."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    late = Mail.objects.filter(
        free, state__in=[MailState.WAITING, MailState.STOPPED], until__lte=now
    )
    given_up = late.update(state=MailState.GIVEN_UP, words="", over_at=now, **FREE)
    bad = BadAddress.objects.filter(
        org=OuterRef("org"), address=OuterRef("to"), settled_at__isnull=True
    )
    stopped = Mail.objects.filter(Exists(bad), free, state=MailState.WAITING)
    return given_up + stopped.update(state=MailState.STOPPED, **FREE)


def forget(now: datetime) -> int:
    """Forget to whom mail went that is over for long; that there was one stays. Give how many."""
    rows = Mail.objects.filter(
        forgotten_at__isnull=True, over_at__lt=now - REMEMBERED, state__in=list(OVER)
    )
    return rows.update(to="", person=None, known_as="", forgotten_at=now)


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
            state=MailState.SENT, words="", over_at=now, said="",
            known_as=answer.known_as, **FREE,
        )  # fmt: skip
        return
    if answer.outcome is Outcome.REFUSED:
        if held.update(state=MailState.STOPPED, said=answer.said, **FREE):
            came_back(mail, CameBack.REFUSED, answer.said, now, by)
        return
    # that nobody answers is no fault of this mail: the worker leaves them all alone for a while
    tried = 1 if answer.outcome is Outcome.DOWN else mail.tries
    after = BACKOFF[min(tried, len(BACKOFF)) - 1]
    # what has little time is tried more often than it has
    after = min(after, max((mail.until - now) / 3, timedelta(seconds=5)))
    held.update(due_at=now + after, said=answer.said, **FREE)


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
