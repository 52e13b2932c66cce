"""Holding a meeting: who came, what was said and agreed, who does what; its record given out."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.clock import london_date
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.meetings import when
from opensenco.meetings.models import Given, Meeting, MeetingAction, MeetingMember
from opensenco.meetings.operations import after
from opensenco.meetings.queries import members_of, waiting_for_it
from opensenco.meetings.states import MeetingState, Verb, Way

S = MeetingState


@dataclass(frozen=True)
class Promise:
    """What somebody who is invited promises to do, and by when."""

    what: str
    member: uuid.UUID | None
    due: date | None


@dataclass(frozen=True)
class Words:
    """What was said and agreed: the pupil first, then the family, then the rest."""

    pupil_said: str = ""
    parents_said: str = ""
    notes: str = ""
    agreed: str = ""

    def values(self) -> dict[str, str]:
        """Give the fields with their words."""
        return {name: getattr(self, name).strip() for name in self.__dataclass_fields__}


@operation(Action.MEETING_RECORD, on="meeting")
def write_record(
    *,
    actor: Actor,
    meeting: Meeting,
    version: int | None,
    words: Words,
    came: Collection[uuid.UUID],
    promises: Sequence[Promise] = (),
) -> Meeting:
    """Write down what was said and agreed, who came, and who does what, until it is closed.

    The first time makes a planned meeting one that was held.

    Args:
        came: references of the members who were there.

    Raises:
        Invalid: a promise without a day, or of nobody who is invited.
        NotPossible: its day has not come, the record is closed, or it was called off.
        Stale: somebody else wrote in between.
    """
    after.check(meeting, Verb.WRITE, version)
    if meeting.starts is None or london_date(meeting.starts) > actor.today:
        raise NotPossible(_("Its record can be written from the day of the meeting on."))
    first = meeting.state == S.PLANNED
    members = {member.ref: member for member in members_of(meeting)}
    change(meeting, version=version, state=S.HELD, **words.values())
    for member in members.values():
        was_there = member.ref in came
        if member.came != was_there:
            change(member, version=None, came=was_there)
    for promise in promises:
        _promise(actor, meeting, members, promise)
    if first:
        spine.settle_task(actor=actor, source=meeting, kind=after.REPLY)
        after.note(
            actor, meeting, "meeting.held", _("A meeting was held: %(title)s.")
            % {"title": meeting.title}, on=london_date(meeting.starts),
        )  # fmt: skip
    return meeting


def _promise(
    actor: Actor, meeting: Meeting, members: dict[uuid.UUID, MeetingMember], promise: Promise
) -> None:
    member = members.get(promise.member) if promise.member else None
    if member is None:
        raise Invalid("who_1", _("Choose who does it, among those who are invited."))
    if promise.due is None or promise.due < actor.today:
        raise Invalid("due_1", _("Give the day by which it is done, today or later."))
    row = MeetingAction(
        org_id=meeting.org_id, pupil=meeting.pupil, meeting=meeting, what=promise.what.strip(),
        owner=member.person, owner_name=member.name, due=promise.due,
    )  # fmt: skip
    row.save()
    asked = member.person or meeting.organiser
    ours = member.person is not None
    words = (
        _("Do what you promised: “%(what)s”") if ours else _("Ask whether it was done: “%(what)s”")
    )
    spine.open_task(
        actor=actor, org=meeting.org, kind=after.DO, source=row, pupil=meeting.pupil,
        person=asked, words=words % {"what": row.what}, due=promise.due,
        since=actor.today if ours else promise.due,
    )  # fmt: skip


@operation(Action.MEETING_ANSWER, on="action")
def settle_action(
    *, actor: Actor, action: MeetingAction, version: int | None, done: bool, result: str = ""
) -> MeetingAction:
    """Say that what was promised was done, or that it is given up and why.

    Raises:
        Invalid: given up without a reason.
        NotPossible: it was settled already.
        Stale: somebody else did in between.
    """
    if version is not None and version != action.version:
        raise Stale
    if action.settled_on is not None:
        raise NotPossible(_("This has been settled already."))
    if not done and not result.strip():
        raise Invalid("result", _("Say why it is given up."))
    change(action, version=version, done=done, settled_on=actor.today, result=result.strip())
    spine.settle_task(actor=actor, source=action, kind=after.DO)
    told = _("%(who)s has done: “%(what)s”") if done else _("%(who)s gives up: “%(what)s”")
    after.tell(
        actor, action.meeting, action.meeting.organiser,
        told % {"who": actor.person.name, "what": action.what[:200]},
    )  # fmt: skip
    return action


@operation(Action.MEETING_RECORD, on="meeting")
def close_record(*, actor: Actor, meeting: Meeting, version: int | None) -> Meeting:
    """Close the record as agreed: colleagues who are invited have it here; the family gets it next.

    Raises:
        NotPossible: nothing was agreed or nobody came, or not at this stage.
        Stale: somebody else wrote in between.
    """
    after.check(meeting, Verb.CLOSE, version)
    members = members_of(meeting)
    promised = MeetingAction.objects.filter(meeting=meeting).exists()
    if not (meeting.agreed or promised):
        raise NotPossible(_("Write down what was agreed, or who does what, before you close it."))
    if not any(member.came for member in members):
        raise NotPossible(_("Say who came before you close the record."))
    change(
        meeting, version=version, state=S.RECORDED, edition=1, recorded_at=actor.at,
        recorded_by=actor.person,
    )  # fmt: skip
    spine.settle_task(actor=actor, source=meeting, kind=after.WRITE)
    after.note(
        actor, meeting, "meeting.recorded", _("The record of the meeting is closed: %(title)s.")
        % {"title": meeting.title},
    )  # fmt: skip
    _share(actor, meeting, members)
    return meeting


def _share(actor: Actor, meeting: Meeting, members: list[MeetingMember]) -> None:
    """Colleagues have the record here; giving it to the family waits for the organiser."""
    for member in members:
        if member.person is not None:
            _give(actor, meeting, member, Way.HERE, actor.today)
            after.tell(actor, meeting, member.person, _("The record is here: %(title)s")
                       % {"title": meeting.title})  # fmt: skip
    if meeting.starts and waiting_for_it(meeting):
        spine.open_task(
            actor=actor, org=meeting.org, kind=after.GIVE, source=meeting, pupil=meeting.pupil,
            person=meeting.organiser,
            words=_("Give the family the record: %(title)s") % {"title": meeting.title},
            due=when.record_by(meeting.org_id, london_date(meeting.starts)),
        )  # fmt: skip


def _give(actor: Actor, meeting: Meeting, member: MeetingMember, way: Way, on: date) -> Given:
    given = Given(
        org_id=meeting.org_id, pupil=meeting.pupil, meeting=meeting, member=member,
        edition=meeting.edition, on=on, way=way, by=actor.person, at=actor.next_moment(),
    )  # fmt: skip
    given.save()
    return given


@operation(Action.MEETING_RECORD, on="meeting")
def give_record(
    *, actor: Actor, meeting: Meeting, members: Collection[uuid.UUID], way: str, on: date
) -> list[Given]:
    """Say to whom the record was given, on which day and how (APD-09).

    Raises:
        Invalid: nobody, somebody who was barred meanwhile, no way, or a day that cannot be.
        NotPossible: the record is not closed yet.
    """
    after.check(meeting, Verb.GIVE, None)
    chosen = [member for member in members_of(meeting) if member.ref in set(members)]
    if not chosen:
        raise Invalid("members", _("Choose who was given the record."))
    if any(m.contact is not None and (m.contact.barred or m.contact.in_error) for m in chosen):
        raise Invalid("members", _("One of these people is not to be given it any more."))
    if way not in Way.values:
        raise Invalid("way", _("Choose how it was given."))
    if on > actor.today or (meeting.starts and on < london_date(meeting.starts)):
        raise Invalid("on", _("The day lies between the meeting and today."))
    given = [_give(actor, meeting, member, Way(way), on) for member in chosen]
    if not waiting_for_it(meeting):
        spine.settle_task(actor=actor, source=meeting, kind=after.GIVE)
    after.keep_dues(actor, meeting)
    after.note(
        actor, meeting, "meeting.given", _("The record of a meeting was given to %(who)s.")
        % {"who": ", ".join(member.name for member in chosen)}, on=on,
    )  # fmt: skip
    return given


@operation(Action.MEETING_RECORD, on="meeting")
def correct_record(
    *, actor: Actor, meeting: Meeting, version: int | None, words: Words, reason: str
) -> Meeting:
    """Correct a closed record: a new edition with its reason, to be given out anew.

    The history keeps each edition as it was given.

    Raises:
        Invalid: no reason, or nothing has changed.
        NotPossible: the record is not closed.
        Stale: somebody else wrote in between.
    """
    after.check(meeting, Verb.CORRECT, version)
    if len(reason.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    values = words.values()
    if all(getattr(meeting, name) == text for name, text in values.items()):
        raise Invalid("agreed", _("Nothing is different from the record."))
    change(
        meeting, version=version, edition=meeting.edition + 1, corrected_because=reason.strip(),
        **values,
    )  # fmt: skip
    after.note(
        actor, meeting, "meeting.corrected", _("The record of a meeting was corrected: “%(why)s”")
        % {"why": reason.strip()},
    )  # fmt: skip
    _share(actor, meeting, members_of(meeting))
    return meeting
