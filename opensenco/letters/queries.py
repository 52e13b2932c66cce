"""Reading letters: wordings, those that are being written, and what was sent."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.registry import visible
from opensenco.gate.rows import find
from opensenco.kernel.errors import NotFound
from opensenco.letters.facts import KNOWN, OF_THE_PLACE
from opensenco.letters.models import LetterTemplate, Mailing, MailingLetter, SentLetter
from opensenco.letters.starter import Field, Starter, fields, starters
from opensenco.letters.states import MISSING, Form, State
from opensenco.letters.wording import fields_in
from opensenco.people.days import stays
from opensenco.people.models import Contact, Group, GroupPupil, Pupil
from opensenco.people.one_child import of_one_child
from opensenco.people.policy import on_day
from opensenco.people.queries import attach_classes, groups
from opensenco.support.models import Need, SenStatus
from opensenco.support.states import Status

ORDERS = {
    "on": ("sent_on", "id"),
    "-on": ("-sent_on", "-id"),
    "pupil": ("pupil__sort_key", "-sent_on", "-id"),
    "-pupil": ("-pupil__sort_key", "-sent_on", "-id"),
    "letter": ("name", "-sent_on", "-id"),
    "-letter": ("-name", "-sent_on", "-id"),
}
USUAL = "-on"
MOST_OPEN = 20
MOST_PUPILS = 400
#: not filled in by anybody: one person's own link, whose line is left out where there is none
OPTIONAL = frozenset({"link"})


@dataclass(frozen=True, slots=True)
class Wording:
    """A letter that one can write: the school's own, or as it is shipped."""

    name: str
    use_when: str
    subject: str
    standard: str
    easy_read: str
    tells_support: bool
    starter: str = ""
    template: LetterTemplate | None = None
    note: str = ""

    @property
    def version(self) -> int:
        """The version of the wording; 0 as it is shipped."""
        return self.template.version if self.template else 0

    @property
    def key(self) -> str:
        """By what a form chooses it."""
        return f"own:{self.template.ref.hex}" if self.template else f"shipped:{self.starter}"


def wordings(actor: Actor) -> list[Wording]:
    """Give the letters that one can write: the school's own, then those shipped and not copied."""
    rows = visible(actor, Action.LETTER_WRITE, LetterTemplate).filter(ended_on__isnull=True)
    own = [of_template(row) for row in rows.order_by("name", "id")]
    have = {one.starter for one in own if one.starter}
    return [*own, *(of_starter(one) for key, one in starters().items() if key not in have)]


def of_template(row: LetterTemplate) -> Wording:
    """Give a wording of the school's own."""
    return Wording(
        row.name, row.use_when, row.subject, row.standard, row.easy_read, row.tells_support,
        row.starter, row,
    )  # fmt: skip


def of_starter(one: Starter) -> Wording:
    """Give a wording as it is shipped."""
    return Wording(
        one.name, one.use_when, one.subject, one.standard, one.easy_read, one.tells_support,
        one.id, note=one.note,
    )  # fmt: skip


def wording(actor: Actor, key: str) -> Wording:
    """Give the wording that a form chose.

    Raises:
        NotFound: there is none.
    """
    found = next((one for one in wordings(actor) if one.key == key), None)
    if found is None:
        raise NotFound
    return found


def starter(key: str) -> Starter:
    """Give a shipped letter.

    Raises:
        NotFound: there is none of that id.
    """
    found = starters().get(key)
    if found is None:
        raise NotFound
    return found


def template(actor: Actor, ref: uuid.UUID) -> LetterTemplate:
    """Give the school's own wording of a reference, to change it."""
    return find(actor, Action.LETTER_TEMPLATES, LetterTemplate, ref, "org")


def mailing(actor: Actor, ref: uuid.UUID) -> Mailing:
    """Give letters that are written in one go, by their reference."""
    return find(actor, Action.LETTER_WRITE, Mailing, ref, "org", "person", "template")


def letter(actor: Actor, ref: uuid.UUID) -> MailingLetter:
    """Give one letter that is being written.

    Raises:
        NotFound, NotYours: it is none of this actor's, or its mailing is not.
    """
    row = find(
        actor, Action.LETTER_WRITE, MailingLetter, ref,
        "mailing", "mailing__org", "pupil", "pupil__org", "contact", "org",
    )  # fmt: skip
    mailing(actor, row.mailing.ref)
    return row


def letters_of(actor: Actor, row: Mailing) -> list[MailingLetter]:
    """Give the letters of a mailing, in its order."""
    rows = visible(actor, Action.LETTER_WRITE, MailingLetter).filter(mailing=row)
    return list(rows.select_related("pupil", "contact", "org").order_by("number"))


def open_mailings(actor: Actor) -> list[Mailing]:
    """Give the letters that are begun and neither sent nor dropped, the newest first."""
    rows = visible(actor, Action.LETTER_WRITE, Mailing).filter(state=State.DRAFT)
    return list(rows.select_related("person").order_by("-at", "-id")[:MOST_OPEN])


def text_of(row: Mailing) -> str:
    """Give the wording in the form that was chosen; large print says what the standard one does."""
    return row.easy_read if row.form == Form.EASY and row.easy_read else row.standard


def to_fill_in(row: Mailing, letters: list[MailingLetter]) -> list[Field]:
    """Give the fields that the writer fills in: what no record holds, or it lacks here."""
    lacking = {name for one in letters for name in one.missing}
    names = fields_in(row.subject, text_of(row))
    names = [name for name in names if name not in OPTIONAL]
    asked = [n for n in names if n not in KNOWN or n in lacking or n in row.given]
    return [fields()[name] for name in asked]


def remembered(org: Organisation) -> dict[str, str]:
    """Give what the last letters sent said of the place: its phone, the advice service."""
    rows = Mailing.objects.filter(org=org, state=State.SENT)
    last = rows.order_by("-settled_at", "-id").first()
    given = last.given if last else {}
    return {name: text for name, text in given.items() if name in OF_THE_PLACE}


def cannot_go(letter: MailingLetter, *, by_mail: bool = False) -> list[str]:
    """Give why a letter cannot be sent, in words; nothing where it can."""
    if letter.contact is None:
        return [str(MISSING["contact"])]
    if by_mail and not letter.contact.email:
        return [str(MISSING["email"])]
    return []


def missing_words(letter: MailingLetter) -> list[str]:
    """Give the meanings of fields that had no value, so that their lines are left out."""
    return [fields()[name].meaning for name in letter.missing if name not in OPTIONAL]


def language_of(pupil: Pupil, contact: Contact | None) -> tuple[str, bool]:
    """Give in which language the family reads, and whether an interpreter is needed."""
    spoken = (contact.language if contact else "") or pupil.home_language
    needed = pupil.interpreter_needed or bool(contact and contact.interpreter_needed)
    return spoken, needed


def sent(
    actor: Actor,
    *,
    pupil: Pupil | None = None,
    first: date | None = None,
    last: date | None = None,
) -> QuerySet[SentLetter]:
    """Give the letters that were sent and this actor may read of."""
    rows = visible(actor, Action.LETTER_WRITE, SentLetter)
    if pupil is not None:
        rows = rows.filter(of_one_child(pupil))
    if first:
        rows = rows.filter(sent_on__gte=first)
    if last:
        rows = rows.filter(sent_on__lte=last)
    return rows


def listed(rows: QuerySet[SentLetter], sort: str, start: int, stop: int) -> list[SentLetter]:
    """Give a page of letters that were sent."""
    found = rows.select_related("pupil__same_as", "person", "document", "logged")
    return list(found.order_by(*ORDERS.get(sort, ORDERS[USUAL]))[start:stop])


def sent_letter(actor: Actor, ref: uuid.UUID) -> SentLetter:
    """Give the proof of a letter that was sent."""
    return find(
        actor, Action.LETTER_WRITE, SentLetter, ref,
        "pupil", "pupil__org", "pupil__same_as", "person", "document", "logged", "mailing",
    )  # fmt: skip


def pupils_to_choose(
    actor: Actor, *, status: str = "", group: Group | None = None, needs: str = ""
) -> list[Pupil]:
    """Give the pupils whose families one can write to, with their class, by register name.

    Args:
        status: a code of support.states.Status; "" for everybody with SEN support or an EHC plan,
            "all" for the whole roll.
        needs: a code of a type of need that is among theirs.
    """
    rows = visible(actor, Action.LETTER_WRITE, Pupil).filter(stays(actor.today))
    if status != "all":
        wanted = [status] if status else [Status.EHC_PLAN, Status.SEN_SUPPORT]
        held = SenStatus.objects.filter(
            on_day(actor.today), in_error_at__isnull=True, code__in=wanted
        )
        rows = rows.filter(pk__in=held.values("pupil"))
    if group is not None:
        inside = GroupPupil.objects.filter(on_day(actor.today), group=group)
        rows = rows.filter(pk__in=inside.values("pupil"))
    if needs:
        ranked = Need.objects.filter(code=needs, ended_on__isnull=True)
        rows = rows.filter(pk__in=ranked.values("pupil"))
    found = list(rows.order_by("sort_key", "id")[:MOST_PUPILS])
    attach_classes(found, actor.today)
    return found


def groups_to_choose(actor: Actor) -> list[Group]:
    """Give the classes and groups by which pupils are chosen, by name."""
    return groups(actor)
