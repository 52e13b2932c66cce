"""Links for people without an account: made, sent, sent anew, revoked, and used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.notices import outbox
from opensenco.notices.withheld import mark
from opensenco.participation import bylink
from opensenco.participation.models import AskDraft, Asked, AskLink, AskRound
from opensenco.participation.operations import after, answering
from opensenco.participation.states import AskedAs, AskedState, RoundState, Verb, allows
from opensenco.people.models import Contact, Pupil
from opensenco.ui.words import day

MOST_OUTSIDE = 10


@dataclass(frozen=True)
class Outside:
    """Somebody without an account who is asked.

    Args:
        place: for whom they speak; empty for a parent or carer.
        contact: the contact of the pupil whose name and address these are.
    """

    name: str
    email: str
    place: str = ""
    contact: Contact | None = None


def ask_outside(actor: Actor, row: AskRound, outside: Sequence[Outside]) -> None:
    """Ask people without an account, each by a link of their own.

    Raises:
        Invalid: no name, no address, one asked twice, too many, or a contact who may not be told.
    """
    if len(outside) > MOST_OUTSIDE:
        raise Invalid("outside_email", _("Send at most %(most)s links at once.") % {"most": 10})
    known = set(AskLink.objects.filter(asked__ask_round=row).values_list("email", flat=True))
    for one in outside:
        email = _checked(actor, row, one)
        if email in known:
            raise Invalid("outside_email", _("This address is asked in this round already."))
        known.add(email)
        _send(actor, row, one, email)


def _checked(actor: Actor, row: AskRound, one: Outside) -> str:
    from opensenco.participation.policy import tellable

    if one.contact is not None and one.contact not in tellable(row.pupil):
        raise Invalid("contacts", _("Choose contacts whom the record allows to be told."))
    if not one.name.strip():
        raise Invalid("outside_name", _("Write the name of whom you ask."))
    email = one.email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Invalid("outside_email", _("This is not an email address. Check it.")) from error
    if one.contact is None and _is_barred(row.pupil, email):
        raise Invalid(
            "outside_email",
            _("The record bars a contact with this address from being told anything."),
        )
    return email


def _is_barred(pupil: Pupil, email: str) -> bool:
    """Tell whether an address is that of somebody who must not be told of this pupil.

    Whoever is asked as a contact is looked at by themselves: two parents can share a mailbox.
    """
    rows = Contact.objects.filter(org=pupil.org_id, pupil=pupil, in_error_at__isnull=True)
    return rows.filter(barred=True, email__iexact=email).exists()


def _send(actor: Actor, row: AskRound, one: Outside, email: str) -> None:
    asked = Asked(
        org=row.org, ask_round=row, pupil=row.pupil, person=None, asked_on=actor.today,
        outside_name=one.name.strip(), outside_place=one.place.strip(),
        asked_as=AskedAs.PARENT if one.contact else AskedAs.PROFESSIONAL,
        how=one.contact.relation if one.contact else one.place.strip(),
    )  # fmt: skip
    asked.save()
    link = AskLink(
        org=row.org, asked=asked, pupil=row.pupil, contact=one.contact, email=email,
        pupil_called=row.pupil.known_as or row.pupil.first_name, asker=actor.person.name,
        sent_by=actor.person, nonce=bylink.new_nonce(),
    )  # fmt: skip
    link.key = _key(link)
    link.save()
    _mail_link(actor.at, link, row, _("%(place)s would be glad of your answer."))


def _key(link: AskLink) -> str:
    return bylink.hashed(bylink.secret_of(str(link.ref), link.nonce))


def _mail_link(at: datetime, link: AskLink, row: AskRound, begins: str) -> None:
    """Send the link. Neither the child nor who asks stands in the mail: anybody may open that."""
    place = row.org.name
    words = _(
        "Hello,\n\n%(begins)s Open this link, and have a code sent to this address:\n\n%(url)s\n\n"
        "The answer is wanted by %(due)s. The link is for you alone and shows nothing without the "
        "code. If you did not expect it, leave it or call the school.\n"
    ) % {
        "begins": begins % {"place": place},
        "url": mark(bylink.LINK, bylink.names_of(row.org.ref, link.ref, link.nonce)),
        "due": day(row.due),
    }
    outbox.post(
        org=row.org, to=link.email, subject=_("%(place)s asks you something") % {"place": place},
        words=words, at=at,
    )  # fmt: skip


def _link_of(asked: Asked) -> AskLink:
    link: AskLink = AskLink.objects.select_related("org", "pupil").get(
        org=asked.org_id, asked=asked
    )
    return link


def remind(actor: Actor, asked: Asked, row: AskRound) -> None:
    """Remind somebody without an account, with the link that they were sent first."""
    link = _link_of(asked)
    if not over(link, row, actor) and not _is_inside(link, actor.at):
        _mail_link(actor.at, link, row, _("%(place)s is still glad of your answer."))


def say_thanks(actor: Actor, asked: Asked) -> None:
    """Thank somebody without an account by mail."""
    _say(actor, asked, _("Thank you for your answer"), _("Thank you for your answer. It helps."))


def say_over(actor: Actor, asked: Asked) -> None:
    """Tell somebody without an account that nothing waits for them any more."""
    said = _("Your answer is not needed any more. Thank you all the same.")
    _say(actor, asked, _("Nothing to answer any more"), said)


def _say(actor: Actor, asked: Asked, subject: str, words: str) -> None:
    signed = f"{words}\n\n{asked.org.name}\n"
    outbox.post(org=asked.org, to=_link_of(asked).email, subject=subject, words=signed, at=actor.at)


@operation(Action.ASK_SEND, on="asked")
def resend_link(*, actor: Actor, asked: Asked) -> Asked:
    """Send somebody a new link; the one before opens nothing from now on.

    It goes to the address that the record has today.

    Raises:
        NotPossible: they have answered, the round is closed or too long past, or they may not be
            told any more.
    """
    after.check_open(asked.ask_round)
    link = _link_of(asked)
    link.email = _address_now(link)
    if over(link, asked.ask_round, actor):
        raise NotPossible(_("This link has ended. Set a later day first, or ask anew."))
    link.nonce = bylink.new_nonce()
    change(link, version=None, nonce=link.nonce, key=_key(link), email=link.email, code="", tries=0)
    begins = _("%(place)s would be glad of your answer. The link that you had before is replaced.")
    _mail_link(actor.at, link, asked.ask_round, begins)
    return asked


def _address_now(link: AskLink) -> str:
    """Give the address that a contact has in the record today; else the one that was written."""
    if link.contact_id is None:
        return link.email
    rows = Contact.objects.filter(org=link.org_id, pk=link.contact_id).exclude(email="")
    now: str | None = rows.values_list("email", flat=True).first()
    return now.strip().lower() if now else link.email


@operation(Action.ASK_SEND, on="asked")
def revoke_link(*, actor: Actor, asked: Asked) -> Asked:
    """Take a link back. It opens nothing from this moment on, whoever holds it or is inside.

    Raises:
        NotPossible: they have answered already, or it was taken back.
    """
    if not asked.by_link or not allows(asked.state, Verb.EXCUSE):
        raise NotPossible(_("There is no link that still opens anything."))
    return _take_back(actor, asked)


def _take_back(actor: Actor, asked: Asked) -> Asked:
    change(_link_of(asked), version=None, revoked_at=actor.at, code="")
    change(asked, version=None, state=AskedState.EXCUSED)
    forget_draft(asked)
    after.if_nobody_waits(actor, asked.ask_round)
    return asked


def close_links_of(actor: Actor, org: Organisation, person: Person) -> None:
    """Take back the links that wait for somebody whose last role at a place has just ended."""
    waiting = Asked.objects.filter(
        org=org, state=AskedState.WAITING, ask_round__state=RoundState.OPEN,
        pk__in=AskLink.objects.filter(
            org=org, email__iexact=person.email, revoked_at__isnull=True
        ).values("asked"),
    ).select_related("ask_round")  # fmt: skip
    for asked in waiting:
        _take_back(actor, asked)


def keep_draft(actor: Actor, asked: Asked, text: Mapping[str, Sequence[str]]) -> None:
    """Keep what is typed behind a link until it is sent; drafts are in no history and no books."""
    AskDraft.objects.update_or_create(
        org_id=asked.org_id, asked=asked,
        defaults={"text": text, "saved_at": actor.at},
    )  # fmt: skip


def forget_draft(asked: Asked) -> None:
    """Forget what was typed behind a link: it was sent, or nothing waits any more."""
    AskDraft.objects.filter(org=asked.org_id, asked=asked).delete()


def forget_drafts_of_what_ended(today: date) -> int:
    """Forget what was typed behind links that open nothing any more, by themselves or otherwise.

    Nobody reads it there any more, neither its writer nor the school. Called in the scope that sees
    every place.

    Returns:
        how many drafts.
    """
    waits = Q(asked__state=AskedState.WAITING, asked__ask_round__state=RoundState.OPEN)
    holds = Q(asked__ask_round__due__gte=today - bylink.HOLDS)
    drafts = AskDraft.objects.exclude(waits & holds)
    count: int = drafts.count()
    drafts.delete()
    return count


def over(link: AskLink, row: AskRound, actor: Actor) -> bool:
    """Tell whether a link opens nothing any more, whatever the reason. Staff's scope is open."""
    from opensenco.participation.policy import TELLABLE

    asked: Asked = Asked.objects.get(org=link.org_id, pk=link.asked_id)
    ended = (
        link.revoked_at is not None
        or asked.state != AskedState.WAITING
        or row.in_error
        or row.state != RoundState.OPEN
        or actor.today > row.due + bylink.HOLDS
        or link.pupil.in_error
    )
    if ended or link.contact_id is None:
        return ended or _is_barred(link.pupil, link.email)
    told = Contact.objects.filter(TELLABLE, org=link.org_id, pk=link.contact_id)
    # once an address is put right, whoever reads the mailbox of before is let in no more
    return not told.filter(email__iexact=link.email).exists()


def _is_inside(link: AskLink, at: datetime) -> bool:
    return link.entered_at is not None and at < link.entered_at + bylink.STAYS


@operation(Action.ASK_ANSWER, on="link")
def note_opened(*, actor: Actor, link: AskLink) -> AskLink:
    """Write that a link was opened: once a day, since machines that check mail open links too."""
    return change(link, version=None, opened_on=actor.today)


@operation(Action.ASK_ANSWER, on="link")
def send_code(*, actor: Actor, link: AskLink) -> AskLink:
    """Send a code to the address on file; the one before holds no more.

    Raises:
        NotPossible: too many were sent within the hour.
    """
    at = actor.at
    running = link.codes_since is not None and at < link.codes_since + bylink.CODES_WHILE
    if running and link.codes >= bylink.MOST_CODES:
        raise NotPossible(_("Several codes were sent already. Try again in an hour."))
    names = f"{link.ref}:{bylink.new_nonce()}"
    code = bylink.kept_code(str(link.ref), bylink.code_of(names))
    change(
        link, version=link.version, code=code, code_at=at, tries=0,
        codes=link.codes + 1 if running else 1, codes_since=link.codes_since if running else at,
    )  # fmt: skip
    words = _(
        "Your code is %(code)s\n\nType it on the page that you opened. It works for 10 minutes. "
        "Nobody from the school will ever ask you for it.\n\n%(place)s\n"
    ) % {"code": mark(bylink.CODE, names), "place": link.org.name}
    outbox.post(
        org=link.org, to=link.email, subject=_("Your code"), words=words, at=at,
        until=at + bylink.CODE_HOLDS,
    )  # fmt: skip
    return link


@operation(Action.ASK_ANSWER, on="link")
def try_code(*, actor: Actor, link: AskLink, code: str) -> bool:
    """Try a code, and give whether it was right. Each try counts, and a right one is used up.

    Raises:
        Stale: another try came at the same moment; that one counted, and this one tells nothing.
    """
    holds = (
        link.code_at is not None
        and actor.at < link.code_at + bylink.CODE_HOLDS
        and link.tries < bylink.MOST_TRIES
    )
    right = bylink.same_code(link.code, str(link.ref), code) and holds
    if right:
        change(link, version=link.version, code="", tries=0, entered_at=actor.at)
    else:
        change(link, version=link.version, tries=min(link.tries + 1, bylink.MOST_TRIES))
    return right


@operation(Action.ASK_ANSWER, on="link")
def decline_by_link(*, actor: Actor, link: AskLink, asked: Asked, reason: str) -> AskLink:
    """Say by a link that one cannot answer, and why.

    Raises:
        Invalid, NotPossible: see `decline_round`.
    """
    answering.record_refusal(actor, check_own(link, asked), None, reason)
    forget_draft(asked)
    return link


def check_own(link: AskLink, asked: Asked) -> Asked:
    """Refuse a part of a round that this link is not for, and one that has ended."""
    if asked.pk != link.asked_id or asked.state != AskedState.WAITING:
        raise NotPossible(_("This link has ended."))
    return asked
