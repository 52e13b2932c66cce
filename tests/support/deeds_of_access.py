"""What people can do with the register of adjustments and the accessibility plan, once each."""

from opensenco.access.actor import Actor
from opensenco.people.models import Pupil
from opensenco.support.operations import access


def do(actor: Actor, pupil: Pupil) -> None:
    """Something is decided, put in place, looked at, and was a mistake; so was an approval."""
    given = {"aim": "building", "barrier": "Steps", "words": "A ramp.", "decided": "open"}
    row = access.record_access(actor=actor, org=pupil.org, for_whom="all", given=given)
    agreed = {**given, "decided": "agreed", "decided_on": actor.today, "decided_by": "The head",
              "starts": actor.today}  # fmt: skip
    access.change_access(actor=actor, decision=row, given=agreed, version=None)
    access.say_whether_access_helps(
        actor=actor, decision=row, helped="partly", helped_words="It is steep.", ended_on=None,
        ended_reason="", version=None,
    )  # fmt: skip
    access.access_in_error(actor=actor, decision=row, reason="Entered twice.", version=None)
    approval = access.record_plan_approval(
        actor=actor, org=pupil.org, approved_on=actor.today, approved_by="Governors"
    )
    access.approval_in_error(actor=actor, approval=approval, reason="Another year.", version=None)
