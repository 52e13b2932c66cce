"""What every step of a meeting leaves behind: dates of the law, tasks, facts, and who is told."""

from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.cases import spine
from opensenco.kernel.clock import london_date
from opensenco.kernel.errors import NotPossible, Stale
from opensenco.law.due import Due
from opensenco.meetings import when
from opensenco.meetings.models import Given, Meeting, MeetingMember
from opensenco.meetings.queries import members_of
from opensenco.meetings.starter import kind_of
from opensenco.meetings.states import COMING, Reply, Verb, allows
from opensenco.ui.words import moment

#: kinds of task: answer an invitation, write the record, give it out, do what was promised
REPLY, WRITE, GIVE, DO = "meeting.reply", "meeting.write", "meeting.give", "meeting.do"


def check(meeting: Meeting, verb: Verb, version: int | None) -> None:
    """Refuse a verb that the meeting cannot take as it stands.

    Raises:
        Stale: somebody changed it since the writer read it.
        NotPossible: it is in another stage, or was made in error.
    """
    if version is not None and version != meeting.version:
        raise Stale
    if meeting.in_error or not allows(meeting.state, verb):
        raise NotPossible(_("This cannot be done with the meeting as it stands now."))


def keep_dues(actor: Actor, meeting: Meeting) -> None:
    """Keep the days that the law gives round this meeting."""
    dues: tuple[Due, ...] = ()
    if meeting.starts and not meeting.in_error and not meeting.cancelled_reason:
        given = Given.objects.filter(meeting=meeting).order_by("on").values_list("on", flat=True)
        dues = when.notice(
            kind_of(meeting.kind), london_date(meeting.starts), sent=meeting.notice_sent_on,
            given=given.first(),
        )  # fmt: skip
    if meeting.pupil is not None:
        spine.replace_due_dates(actor=actor, pupil=meeting.pupil, source=meeting, dues=dues)


def count_again(actor: Actor, meeting: Meeting) -> None:
    """Make the dates again after the calendar changed."""
    keep_dues(actor, meeting)


def ask_replies(actor: Actor, meeting: Meeting, members: list[MeetingMember]) -> None:
    """Ask colleagues who have not replied; who plans the meeting themselves comes to it."""
    if meeting.state not in COMING:
        return
    for member in members:
        if member.person is None or member.person_id == actor.person.pk:
            continue
        if member.reply != Reply.WAITING:
            continue
        words = _("Say whether you come: %(what)s") % {"what": said(meeting)}
        spine.open_task(
            actor=actor, org=meeting.org, kind=REPLY, source=meeting, pupil=meeting.pupil,
            person=member.person, words=words,
            due=london_date(meeting.starts) if meeting.starts else None,
        )  # fmt: skip
        tell(actor, meeting, member.person, _("%(who)s invites you: %(what)s")
             % {"who": actor.person.name, "what": said(meeting)})  # fmt: skip


def said(meeting: Meeting) -> str:
    """Name a meeting with its day and hour; the pupil stands beside it and is not named."""
    if meeting.starts is None:
        return _("%(title)s, days to choose from") % {"title": meeting.title}
    return _("%(title)s, %(when)s") % {
        "title": meeting.title,
        "when": moment(meeting.starts),
    }


def tell(actor: Actor, meeting: Meeting, person: Person, what: str) -> None:
    """Tell one person about a meeting, unless they did it themselves."""
    if person.pk != actor.person.pk:
        spine.tell(
            actor=actor, org=meeting.org, words=what, pupil=meeting.pupil, person=person,
            source=meeting,
        )  # fmt: skip


def tell_members(actor: Actor, meeting: Meeting, what: str) -> None:
    """Tell the colleagues who are invited, and who called the meeting."""
    people = {m.person.pk: m.person for m in members_of(meeting) if m.person is not None}
    people.setdefault(meeting.organiser_id, meeting.organiser)
    for person in people.values():
        tell(actor, meeting, person, what)


def note(actor: Actor, meeting: Meeting, kind: str, what: str, on: date | None = None) -> None:
    """Put a fact on the timeline of the pupil, where it is about one."""
    if meeting.pupil is not None:
        spine.add_fact(
            actor=actor, pupil=meeting.pupil, kind=kind, on=on or actor.today, words=what,
            source=meeting, reader=Action.PLAN_VIEW,
        )  # fmt: skip
