"""The contact log: writing into it from any operation, and reading it.

`write_down` is called inside operations, also of other apps (a letter that was sent is a contact).
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.cases import spine
from opensenco.cases.models import Fact, LoggedContact, Task
from opensenco.cases.starter import options
from opensenco.cases.states import CONFIDANT, MOST_MINUTES, TOLD, Direction, How, Work
from opensenco.cases.time_log import People, Spent
from opensenco.gate.rows import find
from opensenco.kernel.errors import Invalid
from opensenco.kernel.text import search_key
from opensenco.people.models import Contact, Pupil

KIND = "contact"
FOLLOW_UP = "contact.follow_up"
MOST_WORDS, MOST_NAME = 4000, 160
#: of the words, what stands on the timeline; the rest is one click away
ON_THE_TIMELINE = 240
ORDERS = {
    "on": ("on", "at", "id"),
    "-on": ("-on", "-at", "-id"),
    "pupil": ("pupil__sort_key", "-on", "-id"),
    "-pupil": ("-pupil__sort_key", "-on", "-id"),
    "how": ("how", "-on", "-id"),
    "-how": ("-how", "-on", "-id"),
}
USUAL = "-on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is written down of one contact.

    Args:
        contact: the contact on the record; without one, `with_whom` says who it was.
        came_of: an id of the list "contact-outcome", or empty.
    """

    words: str
    on: date
    how: str = How.PHONE
    direction: str = Direction.OUT
    contact: Contact | None = None
    with_whom: str = ""
    minutes: int | None = None
    came_of: str = ""
    confidential: bool = False
    follow_up_by: date | None = None


def write_down(*, actor: Actor, pupil: Pupil, said: Said) -> LoggedContact:
    """Put one contact into the log and on the timeline; what is to follow becomes a task.

    Checks no rights and no cautions: the operation that calls it has.

    Raises:
        Invalid: nothing was said, nobody is named, or a day or number cannot be.
    """
    row = LoggedContact(
        org_id=pupil.org_id, pupil=pupil, person=actor.person, at=actor.at,
        **checked(actor, pupil, said),
    )  # fmt: skip
    row.save()
    tell_timeline(actor, row)
    keep_follow_up(actor, row)
    return row


def checked(actor: Actor, pupil: Pupil, said: Said) -> dict[str, Any]:
    """Give what is written down by field, as it is stored.

    Raises:
        Invalid: it cannot be.
    """
    words = said.words.replace("\r\n", "\n").strip()
    name = " ".join(said.with_whom.split()) if said.contact is None else called(said.contact)
    if said.contact is not None and said.contact.pupil_id != pupil.pk:
        raise Invalid("with_whom", _("This contact is not one of this pupil’s."))
    if not name:
        raise Invalid("with_whom", _("Say who it was with."))
    if not words:
        raise Invalid("words", _("Say in a few words what it was about."))
    if len(words) > MOST_WORDS or len(name) > MOST_NAME:
        raise Invalid("words", _("Shorten this to %(most)s characters.") % {"most": MOST_WORDS})
    _check_lists(said)
    _check_days(actor, pupil, said)
    return {
        "contact": said.contact, "with_whom": name, "how": said.how, "direction": said.direction,
        "on": said.on, "words": words, "minutes": said.minutes, "came_of": said.came_of,
        "confidential": said.confidential, "follow_up_by": said.follow_up_by,
    }  # fmt: skip


def _check_lists(said: Said) -> None:
    if said.how not in How.values or said.direction not in Direction.values:
        raise Invalid("how", _("Choose one of the answers shown."))
    if said.minutes is not None and not 1 <= said.minutes <= MOST_MINUTES:
        raise Invalid("minutes", _("Give the minutes as a number from 1 to 600."))
    if said.came_of and said.came_of not in options("contact-outcome"):
        raise Invalid("came_of", _("Choose one of the answers shown."))


def _check_days(actor: Actor, pupil: Pupil, said: Said) -> None:
    if said.on > actor.today:
        raise Invalid("on", _("This is a day to come. Record it once it has happened."))
    if said.on < pupil.birth_date:
        raise Invalid("on", _("This is before the pupil was born. Check the year."))
    if said.follow_up_by is not None and said.follow_up_by < said.on:
        raise Invalid("follow_up_by", _("This is before the contact itself. Choose a later day."))


def called(contact: Contact) -> str:
    """Say who a contact is: "Leila Hassan, mother"."""
    relation = contact.relation.strip()
    return f"{contact.name}, {relation[:1].lower()}{relation[1:]}" if relation else contact.name


def sentence(row: LoggedContact) -> str:
    """Say what a contact was in one line: "We rang Leila Hassan, mother"."""
    told = TOLD[How(row.how), Direction(row.direction)]
    return str(told) % {"who": row.with_whom}


def tell_timeline(actor: Actor, row: LoggedContact, corrects: Fact | None = None) -> Fact:
    """Put a contact on the pupil's timeline, or in place of what stood there of it."""
    words = " ".join(row.words.split())
    if len(words) > ON_THE_TIMELINE:
        words = words[: ON_THE_TIMELINE - 1] + "…"
    return spine.add_fact(
        actor=actor, pupil=row.pupil, kind=KIND, on=row.on, source=row,
        words=f"{sentence(row)}: {words}", confidential=row.confidential,
        reader=Action.CONTACT_VIEW, corrects=corrects,
    )  # fmt: skip


def keep_follow_up(actor: Actor, row: LoggedContact) -> None:
    """Let what is to follow wait for the writer, or no longer."""
    if row.follow_up_by is None:
        spine.settle_task(actor=actor, source=row, kind=FOLLOW_UP)
        return
    spine.open_task(
        actor=actor, org=row.org, kind=FOLLOW_UP, source=row, pupil=row.pupil, person=row.person,
        words=_("Follow up: %(what)s") % {"what": sentence(row)}, due=row.follow_up_by,
        reader=CONFIDANT if row.confidential else Action.CONTACT_VIEW,
    )  # fmt: skip


def cautions(contacts: Iterable[Contact]) -> dict[int, str]:
    """Give by contact's id what to know before one speaks with them; most have nothing."""
    found = {}
    for one in contacts:
        if one.barred:
            found[one.pk] = _("Not to be contacted. %(why)s") % {"why": one.restriction.strip()}
        elif one.restriction.strip():
            found[one.pk] = one.restriction.strip()
        elif not one.to_be_told:
            found[one.pk] = _("Not to be told about the pupil.")
    return {key: words.strip() for key, words in found.items()}


def caution(actor: Actor, pupil: Pupil, said: Said) -> str:
    """Give what stands against this contact; empty where nothing does.

    Somebody who is typed in by the name of a contact is that contact.
    """
    rows = [said.contact] if said.contact else []
    if not rows and actor.can_somewhere(Action.CONTACT_VIEW):
        rows = _named(visible(actor, Action.CONTACT_VIEW, Contact), pupil, said)
    return next(iter(cautions(rows).values()), "")


def warned_of(pupil: Pupil, said: Said) -> bool:
    """Tell whether something stands against this contact, also where its writer may not know.

    For what co-ordinators are told; its writer learns nothing of it.
    """
    rows = [said.contact] if said.contact else _named(Contact.objects.all(), pupil, said)
    return bool(cautions(rows))


def _named(rows: QuerySet[Contact], pupil: Pupil, said: Said) -> list[Contact]:
    key = search_key(said.with_whom)
    known = rows.filter(pupil=pupil, in_error_at__isnull=True)
    return [one for one in known if search_key(one.name) == key]


def logged(actor: Actor, ref: uuid.UUID, action: Action = Action.CONTACT_VIEW) -> LoggedContact:
    """Give the contact of a reference that this actor may do that to.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, LoggedContact, ref, "pupil", "pupil__org", "person", "contact")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which contacts a list shows.

    Args:
        state: "" for what stands, "open" for what is to be followed up, "error" for mistakes.
    """

    how: str = ""
    first: date | None = None
    last: date | None = None
    state: str = ""
    mine: bool = False


def chosen(actor: Actor, wanted: Wanted, pupil: Pupil | None = None) -> QuerySet[LoggedContact]:
    """Give the contacts that this actor may read and asked for."""
    rows = visible(actor, Action.CONTACT_VIEW, LoggedContact)
    rows = rows.filter(in_error_at__isnull=wanted.state != "error")
    if pupil is not None:
        rows = rows.filter(pupil=pupil)
    if wanted.how:
        rows = rows.filter(how=wanted.how)
    if wanted.first:
        rows = rows.filter(on__gte=wanted.first)
    if wanted.last:
        rows = rows.filter(on__lte=wanted.last)
    if wanted.mine:
        rows = rows.filter(person=actor.person)
    return rows.filter(Exists(_waiting())) if wanted.state == "open" else rows


def listed(rows: QuerySet[LoggedContact], sort: str, start: int, stop: int) -> list[LoggedContact]:
    """Give a page of contacts, each saying by `waits` whether it is to be followed up."""
    shown = rows.annotate(waits=Exists(_waiting())).select_related("pupil", "person")
    return list(shown.order_by(*ORDERS.get(sort, ORDERS[USUAL]))[start:stop])


def _waiting() -> QuerySet[Task]:
    return Task.objects.filter(source_ref=OuterRef("ref"), kind=FOLLOW_UP, settled_at__isnull=True)


def waits(row: LoggedContact) -> bool:
    """Tell whether a contact is still to be followed up."""
    return Task.objects.filter(
        org_id=row.org_id, source_ref=row.ref, kind=FOLLOW_UP, settled_at__isnull=True
    ).exists()


def versions_of(row: LoggedContact) -> list[Any]:
    """Give what was written down of a contact before, the newest first."""
    earlier = row.history.exclude(version=row.version).select_related("history_user")
    return list(earlier.order_by("-history_date", "-history_id"))


def spent_on_contacts(
    actor: Actor, first: date, last: date, *, own: bool, of: People = None
) -> Sequence[Spent]:
    """Give the time that contacts took; None where nobody said how long, for one's own alone."""
    if own:
        rows = LoggedContact.objects.filter(person=actor.person, org__in=actor.hat.orgs)
    else:
        rows = visible(actor, Action.CONTACT_VIEW, LoggedContact).filter(minutes__isnull=False)
    if of is not None:
        rows = rows.filter(person__in=of)
    rows = rows.filter(on__range=(first, last), in_error_at__isnull=True)
    rows = rows.filter(pupil__in_error_at__isnull=True).select_related("pupil", "person")
    return [
        Spent(
            person=one.person, on=one.on, work=Work.CONTACT, minutes=one.minutes,
            pupils=(one.pupil,), source_label=LoggedContact._meta.label, source_ref=one.ref,
            words=str(one.get_how_display()),
        )
        for one in rows.order_by("on", "id")
    ]  # fmt: skip
