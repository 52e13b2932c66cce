"""What the pages of letters show, put into words."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.reach import Reach
from opensenco.exchange.out import Table
from opensenco.kernel.clock import london_time
from opensenco.kernel.errors import NotFound
from opensenco.kernel.refs import RefConverter, short
from opensenco.letters import queries
from opensenco.letters.facts import is_young_person
from opensenco.letters.states import Form
from opensenco.meetings import queries as meetings
from opensenco.pages.letters.forms import BeginForm, SentFilter, WhomForm
from opensenco.people import queries as people
from opensenco.ui import words
from opensenco.ui.listing import Column, Listing

#: shipped letters that invite to a meeting to come
INVITING = frozenset({"review-meeting-invitation", "annual-review-invitation"})


@dataclass(frozen=True)
class Choice:
    """Whom one can write to, and what is chosen before anybody touches it."""

    whom: WhomForm
    pupils: list[Any]
    letters: list[tuple[str, str]]
    initial: dict[str, Any]
    #: one pupil alone, where one came from that pupil's page
    alone: Any = None

    def form(self, **given: Any) -> BeginForm:
        """Make the form."""
        return BeginForm(
            letters=self.letters,
            pupils=[(short(one.ref), _listed(one)) for one in self.pupils],
            **given,
        )

    def chosen(self, refs: Sequence[str]) -> list[Any]:
        """Give the pupils that were ticked."""
        return [one for one in self.pupils if short(one.ref) in refs]


def choice(actor: Actor, asked: Mapping[str, str]) -> Choice:
    """Give whom one can write to, as the address asks: one pupil, or by the register's filters."""
    groups = queries.groups_to_choose(actor)
    filters = {name: asked[name] for name in ("status", "group", "need") if asked.get(name)}
    whom = WhomForm(
        filters or None, groups=[(short(one.ref), one.name) for one in groups], on=actor.today
    )
    wanted = whom.cleaned_data if whom.is_bound and whom.is_valid() else {}
    inside = next((one for one in groups if short(one.ref) == wanted.get("group")), None)
    alone = None
    if asked.get("pupil"):
        alone = people.pupil(actor, reference(asked["pupil"]), Action.LETTER_WRITE)
        people.attach_classes([alone], actor.today)
    pupils = [alone] if alone else queries.pupils_to_choose(
        actor, status=wanted.get("status", ""), group=inside, needs=wanted.get("need", "")
    )  # fmt: skip
    ticked = [short(one.ref) for one in pupils] if alone or filters else []
    letters = [
        ("", _("Choose a letter")), *((one.key, one.name) for one in queries.wordings(actor))
    ]  # fmt: skip
    known = {key for key, _name in letters}
    letter = asked.get("letter", "")
    initial = {
        "form": Form.STANDARD.value, "pupils": ticked, "letter": letter if letter in known else "",
    }  # fmt: skip
    return Choice(whom, pupils, letters, initial, alone)


def reference(text: str) -> uuid.UUID:
    """Read a reference from the address.

    Raises:
        NotFound: something that is no reference of ours.
    """
    try:
        return RefConverter().to_python(text)
    except ValueError as fault:
        raise NotFound from fault


def _listed(pupil: Any) -> str:
    return f"{pupil.register_name}, {pupil.class_name}" if pupil.class_name else pupil.register_name


@dataclass(frozen=True)
class Line:
    """One letter as the preview lists it.

    Args:
        stops: why it cannot go; missing: whose lines are left out of it.
    """

    letter: Any
    stops: list[str]
    missing: list[str]
    language: str
    interpreter: bool

    @property
    def to_pupil(self) -> bool:
        """Whether it goes to the young person themself."""
        return self.letter.contact is not None and self.letter.contact.is_pupil


def line(row: Any) -> Line:
    """Give one letter with what it lacks and in which language the family reads."""
    language, interpreter = queries.language_of(row.pupil, row.contact)
    return Line(row, queries.cannot_go(row), queries.missing_words(row), language, interpreter)


def lines(actor: Actor, row: Any) -> dict[str, Any]:
    """Give the letters of a mailing with their sums."""
    found = [line(one) for one in queries.letters_of(actor, row)]
    written = {one.letter.pupil_id for one in found if one.to_pupil}
    grown = {one.letter.pupil_id for one in found if is_young_person(one.letter.pupil, actor.today)}
    going = [one for one in found if not one.stops and not one.letter.left_out]
    return {
        "lines": found,
        "going": len(going),
        "stopped": sum(1 for one in found if one.stops),
        "lacking": sum(1 for one in going if one.missing),
        "no_mail": sum(1 for one in going if not one.letter.contact.email),
        "not_written": len(grown - written),
        "no_address": sum(1 for one in going if not one.letter.contact.address),
        "other_language": sum(1 for one in going if one.language or one.interpreter),
    }


@dataclass(frozen=True)
class SentShown:
    """Letters that were sent, as a page shows them."""

    form: SentFilter
    rows: Sequence[Any]
    listing: Listing


def planned(actor: Actor, row: Any, letters: Sequence[Any]) -> tuple[Any, dict[str, str]]:
    """Give the next meeting about the one pupil of these letters, and the fields it fills in.

    Only letters that invite are filled in: others may tell of a meeting that was.

    Of who is invited only colleagues and guests are named: one parent's letter does not tell of
    the other. Nothing is given once somebody has filled in a field of the meeting.
    """
    pupils = {one.pupil_id: one.pupil for one in letters}
    if (
        row.starter not in INVITING
        or len(pupils) != 1
        or not actor.can_somewhere(Action.MEETING_VIEW)
    ):
        return None, {}
    meeting = meetings.next_of_pupil(actor, next(iter(pupils.values())))
    if meeting is None or meeting.starts is None:
        return None, {}
    begins = london_time(meeting.starts)
    invited = [
        one for one in meetings.members_of(meeting) if one.contact_id is None and not one.is_pupil
    ]
    found = {
        "meeting_date": words.weekday(begins),
        "meeting_time": words.clock(begins.time()),
        "meeting_minutes": str(meeting.minutes),
        "meeting_place": meeting.place,
        "attendees": ", ".join(
            f"{one.name} ({one.part})" if one.part else one.name for one in invited
        ),
    }
    return (None, {}) if found.keys() & row.given.keys() else (meeting, found)


def sent(actor: Actor, query: Mapping[str, str], *, pupil: Any = None, every: int = 0) -> SentShown:
    """Give letters that were sent, sorted and filtered as the address says."""
    form = SentFilter(query or None)
    form.is_valid()
    cleaned = getattr(form, "cleaned_data", {})
    rows = queries.sent(actor, pupil=pupil, first=cleaned.get("first"), last=cleaned.get("last"))
    about = [] if pupil else [Column(_("Pupil"), "pupil")]
    heads = [
        Column(_("Sent"), "on"), *about, Column(_("Letter"), "letter"), Column(_("To")),
        Column(_("How")), Column(_("By")),
    ]  # fmt: skip
    listing = Listing(query, heads, rows.count(), usual=queries.USUAL)
    start, stop = (0, every) if every else (listing.start, listing.stop)
    return SentShown(form, queries.listed(rows, listing.sort, start, stop), listing)


def table(rows: Sequence[Any]) -> Table:
    """Give letters that were sent as they go into a file, each with its exact text."""
    heads = [
        _("Sent"), _("Pupil"), _("Letter"), _("Version of the wording"), _("How it reads"),
        _("To"), _("How it went"), _("Address"), _("Subject"), _("Text"), _("By"),
        _("Fingerprint of the paper (SHA-256)"),
    ]  # fmt: skip
    lines = [
        (
            one.sent_on, one.pupil.stands.register_name, one.name, one.template_version,
            str(one.get_form_display()), one.addressed_to, str(one.get_how_display()),
            one.sent_to, one.subject, one.body, one.person.name, one.digest,
        )
        for one in rows
    ]  # fmt: skip
    return Table(_("Letters sent"), heads, lines)


def begun(actor: Actor) -> Mapping[str, Any]:
    """Give the letters that wait to be sent to whoever writes them for others."""
    writes = actor.hat.reach(Action.LETTER_WRITE) is Reach.ALL
    mine = writes and actor.hat.role.home == "staff"
    return {"rows": queries.open_mailings(actor) if mine else []}
