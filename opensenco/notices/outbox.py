"""Putting a notice into the app and a mail into the outbox; the worker sends what stands there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Model
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.access.scope import Scope, current_or_none, scope
from opensenco.kernel.errors import Invalid
from opensenco.notices.models import BadAddress, DueMail, Mail, Notice
from opensenco.notices.states import ADDRESSED

if TYPE_CHECKING:
    from opensenco.people.models import Pupil

MOST_WORDS = 500
MOST_SUBJECT = 150
MOST_MAIL = 10_000
#: how long a mail is tried where nothing else was said
PATIENCE = timedelta(days=3)


def append(
    *,
    actor: Actor,
    org: Organisation,
    words: str,
    pupil: "Pupil | None" = None,
    person: Person | None = None,
    role_action: Action | None = None,
    source: Model | None = None,
) -> Notice:
    """Write one notice, inside an operation.

    Args:
        source: the record it is about, if it is about one; its page is where the notice leads.

    Raises:
        ValueError: both of person and role_action, or neither; or a verb that notices do not know.
    """
    if (person is None) == (role_action is None):
        raise ValueError("a notice is for one person, or for whoever has one verb")
    if role_action is not None and role_action not in ADDRESSED:
        raise ValueError(f"notices are not sent to whoever has {role_action}: see notices.states")
    notice = Notice(
        org=org,
        words=words if len(words) <= MOST_WORDS else words[: MOST_WORDS - 1] + "…",
        pupil=pupil,
        person=person,
        role_action=role_action.value if role_action else "",
        source_label=source._meta.label if source else "",
        source_ref=source.ref if source else None,  # type: ignore[attr-defined]
        by=actor.person,
        at=actor.next_moment(),
    )
    notice.save()
    DueMail.objects.create(org=org, notice=notice)
    return notice


def post(
    *,
    org: Organisation,
    to: str,
    subject: str,
    words: str,
    at: datetime,
    until: datetime | None = None,
    person: Person | None = None,
) -> Mail:
    """Put one plain mail into the outbox, in the transaction of what it tells of.

    The worker sends it within seconds of the commit; it heeds no quiet hours. What is rolled back
    is not sent. Its words are forgotten once it is sent or given up. It may be called in any
    writing scope, a guest's too, and outside one, as on the page behind a link.

    Nothing personal may stand in it: the place's name at most, no child's name or initials. For a
    code or a link that opens something a mark stands in it (`notices.withheld`).

    Args:
        org: the place in whose name it goes and whose people see that it did not arrive.
        to: the address; for somebody with an account, their `person.email`.
        subject: one line of at most 150 characters, said as the place's own sentence.
        words: plain text of at most 10,000 characters, with the whole address of any link
            (`notices.links.address`).
        at: this moment, as the page or job knows it (`actor.at`).
        until: when it is worth nothing any more, as a code after ten minutes; then it is given
            up unsent. Without one it is tried for three days.
        person: whose address it is, where they sign in here.

    Raises:
        Invalid: "to" is no address.
        ValueError: no subject or words, too long, a subject of several lines, or an end before
            the beginning.
    """
    address = to.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid("to", _("This is not an email address. Check it.")) from error
    end = until or at + PATIENCE
    if not subject.strip() or not words.strip() or "\n" in subject or "\r" in subject:
        raise ValueError("a mail has a subject of one line, and words")
    if len(subject) > MOST_SUBJECT or len(words) > MOST_MAIL or end <= at:
        raise ValueError("a mail is not that long, and has time to be sent")
    with _as_staff(org):
        mail = Mail(
            org=org, to=address, person=person, subject=subject.strip(), words=words,
            made_at=at, due_at=at, until=end,
        )  # fmt: skip
        mail.save()
    return mail


def comes_back(org: Organisation, address: str) -> bool:
    """Tell whether mail to an address came back and nothing is sent there until it is put right."""
    with _as_staff(org):
        return BadAddress.objects.filter(
            org=org, address=address.strip().lower(), settled_at__isnull=True
        ).exists()


@contextmanager
def _as_staff(org: Organisation) -> Iterator[None]:
    """Open what the outbox of a place needs: guests cannot read or write it, nor can nobody."""
    here = current_or_none()
    if here is not None and (here.kind == "system" or _covers(here, org)):
        yield
        return
    person = here.person if here else 0
    with scope(Scope(orgs=frozenset({org.pk}), person=person), write=True):
        yield


def _covers(here: Scope, org: Organisation) -> bool:
    return here.kind == "staff" and org.pk in here.orgs
