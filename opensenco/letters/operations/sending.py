"""Letters are sent: filed in the child's record, logged as a contact, and kept word for word."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.cases import contact_log as log
from opensenco.cases.contact_log import Said
from opensenco.cases.models import LoggedContact
from opensenco.cases.states import Direction
from opensenco.documents.keeping import Incoming
from opensenco.documents.models import Document
from opensenco.documents.operations.filing import Paper, keep
from opensenco.documents.states import Level
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.letters import queries
from opensenco.letters.models import Mailing, MailingLetter, SentLetter
from opensenco.letters.papers import paper_of, pdf_of
from opensenco.letters.states import LOGGED, TOLD, TRANSITIONS, Sent, State
from opensenco.people.models import Contact, Pupil
from opensenco.support import queries as support
from opensenco.support.operations.status import Telling, tell_parents
from opensenco.support.states import Status

LONG_AGO = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Going:
    """How and when letters went out."""

    how: Sent
    on: date
    confidential: bool = False


@operation(Action.LETTER_WRITE, on="mailing")
def send_mailing(
    *,
    actor: Actor,
    mailing: Mailing,
    how: str,
    on: date,
    confidential: bool = False,
    version: int | None,
) -> Mailing:
    """Record that letters went out. Each is filed, logged and kept word for word (IDN-15).

    A letter without anybody to write to, or left out, is not sent.

    Raises:
        Invalid: a day that cannot be, or a letter that cannot go this way.
        NotPossible: they are sent or dropped already, or none of them can go.
        Stale: somebody else changed them in between.
    """
    going = _checked(actor, mailing, how, on, confidential)
    change(mailing, version=version, state=State.SENT, settled_at=actor.at)
    letters = [
        one
        for one in queries.letters_of(actor, mailing)
        if not one.left_out and one.contact is not None
    ]
    if not letters:
        raise NotPossible(_("None of these letters can be sent: nobody to write to is on record."))
    for one in letters:
        _refuse(one, going)
        _send(actor, mailing, one, going)
    if mailing.tells_support:
        _tell(actor, mailing, letters, going)
    return mailing


def _checked(actor: Actor, mailing: Mailing, how: str, on: date, confidential: bool) -> Going:
    if State.SENT not in TRANSITIONS[State(mailing.state)]:
        raise NotPossible(_("These letters have been sent or dropped, and stay as they are."))
    if how not in Sent.values:
        raise Invalid("how", _("Choose one of the answers shown."))
    if not actor.today - LONG_AGO <= on <= actor.today:
        raise Invalid("on", _("Choose the day on which they went out: today, or within a month."))
    return Going(Sent(how), on, confidential)


def _refuse(letter: MailingLetter, going: Going) -> None:
    """Refuse what changed since the letters were begun.

    Raises:
        NotPossible: the contact must not be written to any more.
        Invalid: it goes by email and there is no address.
    """
    contact = letter.contact
    if contact is None or contact.barred or not contact.to_be_told or contact.in_error:
        raise NotPossible(
            _("One of these people is not to be written to any more. Leave that letter out.")
        )
    if going.how is Sent.MAIL and not contact.email:
        raise Invalid(
            "how", _("Some of these people have no email address. Leave those letters out.")
        )


def _send(actor: Actor, mailing: Mailing, letter: MailingLetter, going: Going) -> None:
    contact = letter.contact
    if contact is None:
        return
    paper = pdf_of([paper_of(letter, mailing.form, going.on)], going.on)
    document = _filed(actor, mailing, letter, going, paper)
    logged = _logged(actor, mailing, letter, going)
    SentLetter(
        org_id=letter.org_id, mailing=mailing, letter=letter, pupil=letter.pupil, contact=contact,
        addressed_to=letter.addressed_to, name=mailing.name, starter=mailing.starter,
        sent_to=_where(contact, going.how),
        template_version=mailing.template_version, form=mailing.form, subject=letter.subject,
        body=letter.body, how=going.how, sent_on=going.on, confidential=going.confidential,
        digest=hashlib.sha256(paper).hexdigest(), document=document, logged=logged,
        person=actor.person, at=actor.at,
    ).save()  # fmt: skip


def _where(contact: Contact, how: Sent) -> str:
    """Give the address to which a letter went; empty where it was given by hand."""
    if how is Sent.MAIL:
        return contact.email
    return ", ".join(contact.address.splitlines()) if how is Sent.POST else ""


def _filed(
    actor: Actor, mailing: Mailing, letter: MailingLetter, going: Going, paper: bytes
) -> Document:
    (document,) = keep(
        actor=actor, pupil=letter.pupil,
        papers=[
            Paper(
                Incoming("letter.pdf", [paper]), title=mailing.name, kind="letter", dated=going.on,
                came_from=actor.person.name, author_role=str(actor.hat.name),
                level=Level.CONFIDENTIAL if going.confidential else Level.ORDINARY,
            )
        ],
    )  # fmt: skip
    return document


def _logged(actor: Actor, mailing: Mailing, letter: MailingLetter, going: Going) -> LoggedContact:
    said = Said(
        contact=letter.contact, how=LOGGED[going.how], direction=Direction.OUT, on=going.on,
        words=f"{mailing.name}. {letter.subject}", came_of="told",
        confidential=going.confidential,
    )  # fmt: skip
    return log.write_down(actor=actor, pupil=letter.pupil, said=said)


def _tell(actor: Actor, mailing: Mailing, letters: list[MailingLetter], going: Going) -> None:
    """Let the letter be the proof that parents were told of SEN support, where none is yet."""
    pupils: dict[int, Pupil] = {one.pupil_id: one.pupil for one in letters}
    for pupil in pupils.values():
        status = support.status_of(actor, pupil)
        if status is None or status.code == Status.NO_SEN or status.told_on is not None:
            continue
        if not may(actor, Action.STATUS_SET, status):
            continue
        words = _("Letter “%(name)s”, kept word for word in the record.") % {"name": mailing.name}
        tell_parents(actor=actor, status=status, told=Telling(going.on, TOLD[going.how], words))
