"""Writing in the thread of a pupil, putting a message right, and having read."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotAllowed, NotPossible
from opensenco.notices.models import Notice, NoticeRead
from opensenco.notices.operations import read_notices
from opensenco.people.models import Pupil
from opensenco.people.queries import adults_of
from opensenco.threads.models import Message, MessageRead
from opensenco.threads.policy import takes_part

LONGEST = 1000
#: how far ahead something can be handed over
AHEAD = timedelta(days=14)


@operation(Action.THREAD_JOIN, on="pupil")
def write_message(
    *, actor: Actor, pupil: Pupil, words: str, for_day: date | None = None
) -> Message:
    """Write a message to the adults who work with a pupil.

    Each of them is told once, until they have read; so is who wrote here before and still takes
    part. Who co-ordinates and has not written here reads the thread without being told of it.

    Args:
        for_day: the day for which it hands something over; on that day it stands on the page of who
            is on site too.

    Raises:
        Invalid: nothing is said, or more than 1,000 characters; a day that has gone by or is far.
    """
    if for_day is not None and not actor.today <= for_day <= actor.today + AHEAD:
        raise Invalid("for_day", _("Choose today, or a day in the next two weeks."))
    message = Message(
        org_id=pupil.org_id, pupil=pupil, words=_checked(words), writer=actor.person,
        written_at=actor.next_moment(), for_day=for_day,
    )  # fmt: skip
    message.save()
    _tell(actor, pupil, message)
    return message


@operation(Action.THREAD_MEND, on="message")
def correct_message(*, actor: Actor, message: Message, version: int | None, words: str) -> Message:
    """Put one's own message in other words. The history keeps those before; all read it anew.

    Raises:
        Invalid: nothing is said, or more than 1,000 characters.
        NotAllowed: somebody else wrote it.
        NotPossible: it was marked as made in error.
        Stale: it was changed in between.
    """
    if message.writer_id != actor.person.pk:
        raise NotAllowed
    _check_standing(message)
    said = _checked(words)
    if said == message.words:
        return message
    change(message, version=version, words=said, corrected_at=actor.next_moment())
    _tell(actor, message.pupil, message)
    return message


@operation(Action.THREAD_MEND, on="message")
def mark_message_in_error(
    *, actor: Actor, message: Message, version: int | None, reason: str
) -> Message:
    """Mark a message as made in error, with a reason. Its words are shown to nobody any more.

    Raises:
        Invalid: no reason that says anything.
        NotPossible: it is marked already.
        Stale: it was changed in between.
    """
    if len(reason.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    _check_standing(message)
    change(
        message, version=version, in_error_at=actor.at, in_error_by=actor.person,
        in_error_reason=reason.strip(),
    )  # fmt: skip
    if message.writer_id != actor.person.pk:
        spine.tell(
            actor=actor, org=message.org, pupil=message.pupil, person=message.writer,
            source=message, words=_("A message of yours was marked as made in error."),
        )  # fmt: skip
    return message


@operation(Action.THREAD_JOIN, on="messages")
def read_messages(*, actor: Actor, messages: Sequence[Message]) -> list[MessageRead]:
    """Say that one has read these messages of one pupil, in the words that they have now.

    What one was told of the thread counts as read with them.
    """
    here = {one.pk: one for one in messages if one.writer_id != actor.person.pk}
    had = MessageRead.objects.filter(message__in=here, person=actor.person)
    known = set(had.values_list("message_id", "of_version"))
    new = [
        MessageRead(
            org_id=one.org_id, message=one, person=actor.person, of_version=one.version, at=actor.at
        )
        for one in here.values()
        if (one.pk, one.version) not in known
    ]
    # two pages that were opened at once both say so
    MessageRead.objects.bulk_create(new, ignore_conflicts=True)
    told = list(_unread_notices(messages[0].pupil_id).filter(person=actor.person))
    if told:
        read_notices(actor=actor, notices=told)
    return new


def _checked(words: str) -> str:
    said = words.strip()
    if not said:
        raise Invalid("words", _("Write your message."))
    if len(said) > LONGEST:
        raise Invalid("words", _("Keep a message to 1,000 characters."))
    return said


def _check_standing(message: Message) -> None:
    if message.in_error:
        raise NotPossible(_("This is marked as made in error already."))


def _tell(actor: Actor, pupil: Pupil, message: Message) -> None:
    """Tell who works with the pupil, and who wrote here, where nothing tells them yet."""
    waits = set(_unread_notices(pupil.pk).values_list("person_id", flat=True))
    words = _("%(who)s wrote a message about this pupil.") % {"who": actor.person.name}
    for person in _readers(actor, pupil):
        if person.pk not in waits and person != actor.person and takes_part(person, pupil, actor):
            spine.tell(
                actor=actor, org=message.org, words=words, pupil=pupil, person=person,
                source=message,
            )  # fmt: skip


def _readers(actor: Actor, pupil: Pupil) -> list[Person]:
    near = [adult.person for adult in adults_of(pupil, actor.today)]
    wrote = Message.objects.filter(pupil=pupil, in_error_at__isnull=True)
    before = Person.objects.filter(pk__in=wrote.values("writer"), is_active=True)
    return list(dict.fromkeys([*near, *before.order_by("pk")]))


def _unread_notices(pupil: int) -> QuerySet[Notice]:
    thread = Message.objects.filter(pupil=pupil).values("ref")
    read = NoticeRead.objects.filter(notice=OuterRef("pk"), person=OuterRef("person"))
    rows = Notice.objects.filter(source_label=Message._meta.label, source_ref__in=thread)
    return rows.filter(~Exists(read))
