"""Planning a meeting or a series, moving it, calling it off, and taking back one made in error."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.clock import london_date
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.meetings import when
from opensenco.meetings.models import Meeting, MeetingMember, MeetingSlot
from opensenco.meetings.operations import after
from opensenco.meetings.queries import may_be_invited
from opensenco.meetings.starter import Kind, kind_of, shipped
from opensenco.meetings.states import MeetingState, Reply
from opensenco.people.models import Contact, Pupil

S = MeetingState
LEAST, MOST = 5, 600
MOST_SLOTS = 6
#: as far ahead as anybody plans: a year typed wrong is found
FURTHEST_DAYS = 800


@dataclass(frozen=True)
class Invited:
    """Somebody to invite: a colleague, one of the family, the pupil, or anybody else by name."""

    person: Person | None = None
    contact: Contact | None = None
    is_pupil: bool = False
    name: str = ""
    part: str = ""
    place: str = ""


@dataclass(frozen=True)
class Where:
    """How long a meeting is, and where: a place, a link, or both."""

    minutes: int
    place: str = ""
    link: str = ""


@dataclass(frozen=True)
class Wanted:
    """What is planned.

    Args:
        days: one moment for a meeting on a day; several to choose from.
        each_term: one more in each later term of the school year.
    """

    kind: str
    where: Where
    days: Sequence[datetime]
    purpose: str = ""
    title: str = ""
    each_term: bool = False
    invited: Sequence[Invited] = field(default=())


@operation(Action.MEETING_PLAN, on="pupil")
def plan_meeting(*, actor: Actor, pupil: Pupil, wanted: Wanted) -> Meeting:
    """Plan a meeting about a pupil, or offer days for it, and invite to it.

    With `each_term` the same is planned once in each later term of the school year; the first one
    is given back.

    Raises:
        Invalid: something is missing or cannot be.
        NotPossible: one a term is wanted, and the school has not entered its term dates.
    """
    return _planned(actor, pupil.org, pupil, wanted)


@operation(Action.MEETING_PLAN, on="org")
def plan_for_place(*, actor: Actor, org: Organisation, wanted: Wanted) -> Meeting:
    """Plan a meeting about a place and no pupil: a team, a link visit, a forum, a hand-over.

    It is on no timeline. Colleagues are invited, and others by name.

    Raises:
        Invalid: something is missing or cannot be.
        NotPossible: one a term is wanted, and the school has not entered its term dates.
    """
    return _planned(actor, org, None, wanted)


def _planned(actor: Actor, org: Organisation, pupil: Pupil | None, wanted: Wanted) -> Meeting:
    kind = kind_of(wanted.kind)
    if kind is None or kind.about_pupil != (pupil is not None):
        raise Invalid("kind", _("Choose what kind of meeting it is."))
    check_where(wanted.where)
    check_days(actor, wanted.days)
    further = _further(org, wanted)
    series = uuid.uuid4() if further else None
    first, *_rest = [
        _plan(actor, org, pupil, kind, wanted, days, series)
        for days in (wanted.days, *([moment] for moment in further))
    ]
    return first


def check_where(where: Where) -> None:
    """Refuse a length or a link that cannot be.

    Raises:
        Invalid: one of these.
    """
    if not LEAST <= where.minutes <= MOST:
        raise Invalid("minutes", _("A meeting takes between 5 and 600 minutes."))
    link = where.link.strip()
    if link and (urlsplit(link).scheme != "https" or not urlsplit(link).netloc):
        raise Invalid("link", _("Give the whole address, beginning with https://"))


def check_days(actor: Actor, days: Sequence[datetime]) -> None:
    """Refuse days that are past, far away, missing or too many.

    Raises:
        Invalid: one of these, on the field `day`.
    """
    if not days:
        raise Invalid("day", _("Give the day and the hour."))
    if len(days) > MOST_SLOTS:
        raise Invalid("day", _("Offer six days at most."))
    if any(london_date(day) < actor.today for day in days):
        raise Invalid("day", _("The day must be today or later."))
    if any((london_date(day) - actor.today).days > FURTHEST_DAYS for day in days):
        raise Invalid("day", _("The day must be within the next two years."))


def _further(org: Organisation, wanted: Wanted) -> list[datetime]:
    """Give the further days of a series."""
    if not wanted.each_term:
        return []
    if len(wanted.days) != 1:
        raise Invalid("each_term", _("One a term needs one day, and no others to choose from."))
    try:
        further = when.in_later_terms(org.pk, wanted.days[0])
    except CalendarNotCovered:
        raise NotPossible(
            _("To plan one in each term, the term dates of that school year must be entered first.")
        ) from None
    if not further:
        raise Invalid("each_term", _("There is no later term in that school year."))
    return further


def _plan(
    actor: Actor,
    org: Organisation,
    pupil: Pupil | None,
    kind: Kind,
    wanted: Wanted,
    days: Sequence[datetime],
    series: uuid.UUID | None,
) -> Meeting:
    chosen = days[0] if len(days) == 1 else None
    meeting = Meeting(
        org=org, pupil=pupil, kind=kind.code, kind_version=shipped().version,
        title=(wanted.title or kind.title).strip(), purpose=wanted.purpose.strip(),
        agenda=[asdict(item) for item in kind.agenda],
        state=S.PLANNED if chosen else S.OFFERED,
        organiser=actor.person, planned_at=actor.at, starts=chosen, minutes=wanted.where.minutes,
        place=wanted.where.place.strip(), link=wanted.where.link.strip(), series=series,
        told_at=actor.at,
    )  # fmt: skip
    meeting.save()
    if chosen is None:
        for moment in sorted(set(days)):
            MeetingSlot(org=org, pupil=pupil, meeting=meeting, starts=moment).save()
    members = [add_member(actor, meeting, one) for one in wanted.invited]
    after.keep_dues(actor, meeting)
    after.ask_replies(actor, meeting, members)
    wait_for_record(actor, meeting)
    after.note(
        actor, meeting, "meeting.planned", _("A meeting is planned: %(what)s.")
        % {"what": after.said(meeting)},
    )  # fmt: skip
    return meeting


def add_member(actor: Actor, meeting: Meeting, one: Invited) -> MeetingMember:
    """Put somebody on the list of a meeting; whoever was taken off comes back.

    Raises:
        Invalid: nobody is named, or somebody who may not be met about this pupil.
    """
    name = _name(actor, meeting, one)
    known = None
    if one.person or one.contact or one.is_pupil:
        rows = MeetingMember.objects.filter(
            meeting=meeting, person=one.person, contact=one.contact, is_pupil=one.is_pupil
        )
        known = rows.first()
    if known is not None:
        return change(
            known, version=None, taken_off_on=None, reply=Reply.WAITING, replied_on=None,
            reply_words="",
        )  # fmt: skip
    own = one.person is not None and one.person.pk == actor.person.pk
    member = MeetingMember(
        org_id=meeting.org_id, pupil=meeting.pupil, meeting=meeting, person=one.person,
        contact=one.contact, is_pupil=one.is_pupil, name=name, part=one.part.strip(),
        place=one.place.strip(), reply=Reply.YES if own else Reply.WAITING,
        replied_on=actor.today if own else None,
    )  # fmt: skip
    member.save()
    return member


def _name(actor: Actor, meeting: Meeting, one: Invited) -> str:
    if one.contact is not None:
        if one.contact.barred or one.contact.in_error or one.contact.pupil_id != meeting.pupil_id:
            raise Invalid("family", _("This person may not be invited to a meeting."))
        return str(one.contact.name)
    if one.person is not None:
        own = one.person.pk == actor.person.pk
        if not own and not may_be_invited(meeting.org_id, one.person, actor.today):
            raise Invalid("staff", _("Choose a colleague who works here today."))
        return one.person.name
    if one.is_pupil and meeting.pupil is None:
        raise Invalid("family", _("This person may not be invited to a meeting."))
    name = meeting.pupil.said if one.is_pupil else one.name.strip()
    if not name:
        raise Invalid("name", _("Give the name of whoever is invited."))
    return str(name)


def wait_for_record(actor: Actor, meeting: Meeting) -> None:
    """From the day of the meeting on, its record waits for whoever called it."""
    if meeting.starts is None:
        return
    day = london_date(meeting.starts)
    spine.open_task(
        actor=actor, org=meeting.org, kind=after.WRITE, source=meeting, pupil=meeting.pupil,
        person=meeting.organiser, since=day, due=when.record_by(meeting.org_id, day),
        words=_("Write the record: %(title)s") % {"title": meeting.title},
    )  # fmt: skip
