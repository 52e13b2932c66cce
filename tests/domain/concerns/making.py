"""Concerns for tests: raised, and brought into any state by the operations alone."""

from datetime import timedelta

from opensenco.concerns.models import Concern
from opensenco.concerns.operations import carrying, deciding, raising
from opensenco.concerns.states import ConcernState
from opensenco.people.models import Pupil
from tests.cast import TODAY
from tests.people import acting_as, person

S = ConcernState
LATER = TODAY + timedelta(days=21)
NOTICED = "She stops talking when she is asked a question."


def pupil(first_name: str = "Idris") -> Pupil:
    return Pupil.objects.get(first_name=first_name)


def raised(by: str = "teacher", about: str = "Idris", noticed: str = NOTICED) -> Concern:
    with acting_as(by) as actor:
        return raising.raise_concern(actor=actor, pupil=pupil(about), noticed=noticed)


def triaged(concern: Concern, outcome: str, *, by: str = "senco", **given) -> Concern:
    given.setdefault("owner", None if outcome == S.NO_ACTION else person("teacher"))
    given.setdefault("reason", "We talked it over.")
    given.setdefault("reply", "Thank you. We talked it over.")
    given.setdefault("until", LATER)
    given.setdefault("version", None)
    with acting_as(by) as actor:
        fresh = again(concern)
        return deciding.triage_concern(actor=actor, concern=fresh, outcome=outcome, **given)


def tried(concern: Concern, by: str = "teacher", **given) -> Concern:
    given = {"trying": "Ten seconds to answer.", "until": LATER, "version": None, **given}
    with acting_as(by) as actor:
        return carrying.take_up_strategies(actor=actor, concern=again(concern), **given)


def passed_on(concern: Concern, by: str = "teacher", reason: str = "It did not help.") -> Concern:
    with acting_as(by) as actor:
        return carrying.pass_on(actor=actor, concern=again(concern), version=None, reason=reason)


def settled(concern: Concern, by: str = "teacher", result: str = "She answers now.") -> Concern:
    with acting_as(by) as actor:
        return carrying.settle_concern(
            actor=actor, concern=again(concern), version=None, result=result
        )


def in_error(concern: Concern, by: str = "senco", reason: str = "The wrong child.") -> Concern:
    with acting_as(by) as actor:
        return raising.mark_concern_in_error(
            actor=actor, concern=again(concern), version=None, reason=reason
        )


def again(concern: Concern) -> Concern:
    """Read a concern anew, within the open scope."""
    return Concern.objects.select_related("pupil", "pupil__org", "org", "raised_by", "owner").get(
        pk=concern.pk
    )


def standing_at(state: ConcernState) -> Concern:
    """Give a concern of the teacher about Idris in any state, reached by the operations."""
    concern = raised()
    if state is S.RAISED:
        return concern
    if state is S.TRYING:
        return tried(concern)
    if state in (S.PASSED_ON, S.SETTLED):
        tried(concern)
        return passed_on(concern) if state is S.PASSED_ON else settled(concern)
    return triaged(concern, state)
