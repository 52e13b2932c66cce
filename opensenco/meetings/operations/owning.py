"""What a meeting left to a colleague is given to another: its record, a promise, an invitation."""

from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.cases import spine
from opensenco.cases.models import Task
from opensenco.gate.rows import change
from opensenco.meetings.models import Meeting, MeetingAction, MeetingMember
from opensenco.meetings.operations import after


def hand_meeting(actor: Actor, meeting: Meeting, task: Task, to: Person) -> None:
    """Let somebody else keep a meeting, or come to it in place of who was invited.

    Called inside the operation that hands it on.
    """
    if task.kind != after.REPLY:
        change(meeting, version=None, organiser=to)
        return
    members = MeetingMember.objects.filter(meeting=meeting)
    member = members.filter(person=task.person, taken_off_on__isnull=True).first()
    if member is None or members.filter(person=to).exists():
        if member is not None:
            change(member, version=None, taken_off_on=actor.today)
        spine.settle_task(actor=actor, source=meeting, kind=after.REPLY, person=task.person)
        return
    change(member, version=None, person=to, name=to.name)


def hand_action(actor: Actor, action: MeetingAction, task: Task, to: Person) -> None:
    """Let somebody else do what a colleague promised; what people outside promised stays theirs.

    Called inside the operation that hands it on.
    """
    if action.owner is not None:
        change(action, version=None, owner=to, owner_name=to.name)
