"""Who is invited, what they answer, and the papers that go with it."""

import uuid
from collections.abc import Collection

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.meetings.models import (
    Meeting,
    MeetingMember,
    MeetingPaper,
    MeetingSlot,
    SlotAnswer,
)
from opensenco.meetings.operations import after
from opensenco.meetings.operations.planning import Invited, add_member
from opensenco.meetings.states import COMING, MeetingState, Reply, Verb


@operation(Action.MEETING_PLAN, on="meeting")
def invite(*, actor: Actor, meeting: Meeting, invited: Collection[Invited]) -> list[MeetingMember]:
    """Invite further people to a meeting, or add who came without being invited.

    Raises:
        Invalid: nobody is named, or somebody who may not be met about this pupil.
        NotPossible: the record is closed, or the meeting was called off.
    """
    after.check(meeting, Verb.INVITE, None)
    if not invited:
        raise Invalid("staff", _("Choose or name somebody to invite."))
    members = [add_member(actor, meeting, one) for one in invited]
    after.ask_replies(actor, meeting, members)
    return members


@operation(Action.MEETING_PLAN, on="member")
def take_off(*, actor: Actor, member: MeetingMember) -> MeetingMember:
    """Take somebody off the list of a meeting that is still to come.

    Raises:
        NotPossible: they are off it already, or the meeting was held.
    """
    meeting = member.meeting
    if member.taken_off_on is not None or meeting.state not in COMING:
        raise NotPossible(_("Only who is invited to a meeting to come can be taken off."))
    change(member, version=None, taken_off_on=actor.today)
    if member.person is not None:
        spine.settle_task(actor=actor, source=meeting, kind=after.REPLY, person=member.person)
        after.tell(actor, meeting, member.person, _("You need not come: %(what)s")
                   % {"what": after.said(meeting)})  # fmt: skip
    return member


@operation(Action.MEETING_ANSWER, on="member")
def answer_invitation(
    *,
    actor: Actor,
    member: MeetingMember,
    reply: str = "",
    words: str = "",
    slots: Collection[uuid.UUID] | None = None,
) -> MeetingMember:
    """Answer one's own invitation: whether one comes, or on which of the offered days one can.

    Raises:
        Invalid: no answer.
        NotPossible: the meeting was held or called off.
    """
    _take_answer(actor, member, reply, words, slots)
    after.tell(
        actor, member.meeting, member.meeting.organiser, _("%(who)s: %(reply)s. %(what)s")
        % {"who": member.name, "reply": _in_words(member), "what": after.said(member.meeting)},
    )  # fmt: skip
    return member


@operation(Action.MEETING_PLAN, on="member")
def record_answer(
    *,
    actor: Actor,
    member: MeetingMember,
    reply: str = "",
    words: str = "",
    slots: Collection[uuid.UUID] | None = None,
) -> MeetingMember:
    """Write down what somebody answered by phone, letter or at the gate.

    Raises:
        Invalid: no answer.
        NotPossible: the meeting was held or called off.
    """
    _take_answer(actor, member, reply, words, slots)
    return member


def _take_answer(
    actor: Actor,
    member: MeetingMember,
    reply: str,
    words: str,
    slots: Collection[uuid.UUID] | None,
) -> None:
    meeting = member.meeting
    if meeting.in_error or meeting.state not in COMING or member.taken_off_on is not None:
        raise NotPossible(_("This meeting takes no answers any more."))
    if meeting.state == MeetingState.OFFERED:
        _choose(member, slots or ())
        reply = Reply.YES if slots else Reply.NO
    elif reply not in (Reply.YES, Reply.NO, Reply.ADVICE):
        raise Invalid("reply", _("Say whether you come."))
    change(
        member, version=None, reply=reply, reply_words=words.strip(), replied_on=actor.today,
    )  # fmt: skip
    if member.person is not None:
        spine.settle_task(actor=actor, source=meeting, kind=after.REPLY, person=member.person)


def _choose(member: MeetingMember, chosen: Collection[uuid.UUID]) -> None:
    """Keep on which of the offered days a member can come."""
    for slot in MeetingSlot.objects.filter(meeting=member.meeting).order_by("starts"):
        can = slot.ref in chosen
        known = SlotAnswer.objects.filter(slot=slot, member=member).first()
        if known is None:
            SlotAnswer(
                org_id=member.org_id, pupil_id=member.pupil_id, slot=slot, member=member, can=can
            ).save()
        elif known.can != can:
            change(known, version=None, can=can)


def _in_words(member: MeetingMember) -> str:
    if member.meeting.state == MeetingState.OFFERED:
        return _("has chosen days") if member.reply == Reply.YES else _("can come on none of them")
    return member.get_reply_display()


@operation(Action.MEETING_PLAN, on="meeting")
def add_papers(
    *,
    actor: Actor,
    meeting: Meeting,
    documents: Collection[uuid.UUID] = (),
    label: str = "",
) -> list[MeetingPaper]:
    """Add papers to a meeting: documents of the record by their references, or one by its name.

    Raises:
        Invalid: no paper.
        NotPossible: the record is closed, or the meeting was called off.
    """
    after.check(meeting, Verb.INVITE, None)
    here = MeetingPaper.objects.filter(meeting=meeting, taken_off_on__isnull=True)
    known = set(here.values_list("document", flat=True))
    new = [ref for ref in dict.fromkeys(documents) if ref not in known]
    if not new and not label.strip():
        raise Invalid("documents", _("Choose or name a paper."))
    papers = [
        MeetingPaper(org_id=meeting.org_id, pupil=meeting.pupil, meeting=meeting, document=ref)
        for ref in new
    ]
    if label.strip():
        papers.append(
            MeetingPaper(
                org_id=meeting.org_id, pupil=meeting.pupil, meeting=meeting, label=label.strip()
            )
        )
    for paper in papers:
        paper.save()
    return papers


@operation(Action.MEETING_PLAN, on="paper")
def take_off_paper(*, actor: Actor, paper: MeetingPaper) -> MeetingPaper:
    """Take a paper off a meeting; the document itself stays where it is.

    Raises:
        NotPossible: it is off already.
    """
    if paper.taken_off_on is not None:
        raise NotPossible(_("This paper has been taken off already."))
    return change(paper, version=None, taken_off_on=actor.today)
