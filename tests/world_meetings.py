"""Meetings of long ago: one that was held, recorded and given out, and one that was called off."""

from datetime import datetime, time, timedelta

from opensenco.access.actor import Actor
from opensenco.meetings import when
from opensenco.meetings.models import Meeting, MeetingAction, MeetingMember, MeetingSlot
from opensenco.meetings.operations import changing, feeds, holding, inviting, planning
from opensenco.meetings.operations.planning import Invited, Wanted, Where
from opensenco.people.models import Pupil

KIND = "parent-first-meeting"


def make_meetings(actor: Actor, pupil: Pupil, word: str) -> None:
    """Make both, with everything that belongs to them, on the actor's day; nothing waits after."""
    hour = when.at(actor.today, time(15, 30))
    held = plan(actor, pupil, word, [hour])
    inviting.add_papers(actor=actor, meeting=held, label=f"{word} paper")
    guest = MeetingMember.objects.filter(meeting=held, person__isnull=True).earliest("id")
    inviting.record_answer(actor=actor, member=guest, reply="yes", words=word)
    promise = holding.Promise(word, guest.ref, actor.today)
    words = holding.Words(word, word, word, word)
    holding.write_record(
        actor=actor, meeting=held, version=None, words=words, came=[guest.ref], promises=[promise]
    )
    action = MeetingAction.objects.get(meeting=held)
    holding.settle_action(actor=actor, action=action, version=None, done=True, result=word)
    holding.close_record(actor=actor, meeting=held, version=None)
    holding.give_record(actor=actor, meeting=held, members=[guest.ref], way="hand", on=actor.today)
    off = plan(actor, pupil, word, [hour + timedelta(days=1), hour + timedelta(days=2)])
    slot = MeetingSlot.objects.filter(meeting=off).earliest("id")
    guest = MeetingMember.objects.filter(meeting=off, person__isnull=True).earliest("id")
    inviting.record_answer(actor=actor, member=guest, slots=[slot.ref])
    changing.cancel_meeting(actor=actor, meeting=off, version=None, reason=f"{word} was ill.")
    feeds.renew_feed(actor=actor, org=pupil.org, names=False, key=feeds.new_key())


def plan(actor: Actor, pupil: Pupil, word: str, days: list[datetime]) -> Meeting:
    """Plan one, with a guest by name and oneself."""
    invited = [Invited(name=f"Nan {word}", part=word, place=word), Invited(person=actor.person)]
    wanted = Wanted(KIND, Where(30, word), days, purpose=word, invited=invited)
    return planning.plan_meeting(actor=actor, pupil=pupil, wanted=wanted)
