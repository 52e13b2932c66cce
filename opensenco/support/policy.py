"""Who may read and write status, needs, profiles and plans: by reach of the verb over the pupil."""

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import NONE, rules
from opensenco.people.policy import about
from opensenco.support.models import (
    AssessmentResult,
    Attendance,
    Cycle,
    Incident,
    Need,
    NeedRating,
    Outcome,
    Profile,
    ProfileRead,
    Review,
    SavedView,
    SenStatus,
    Strategy,
)


@rules(
    SenStatus,
    Action.REGISTER_VIEW,
    Action.PLAN_VIEW,
    Action.STATUS_SET,
    Action.PUPIL_HISTORY,
    Action.RECORD_INVALIDATE,
)
@rules(Need, Action.REGISTER_VIEW, Action.PLAN_VIEW, Action.NEEDS_SET, Action.PUPIL_HISTORY)
@rules(
    NeedRating,
    Action.PLAN_VIEW,
    Action.REVIEW_WRITE,
    Action.PUPIL_HISTORY,
    Action.RECORD_INVALIDATE,
)
@rules(Profile, Action.PROFILE_VIEW, Action.PROFILE_EDIT, Action.PUPIL_HISTORY)
@rules(ProfileRead, Action.PROFILE_VIEW, Action.PUPIL_HISTORY)
@rules(Strategy, Action.PROFILE_VIEW, Action.PROFILE_EDIT, Action.PUPIL_HISTORY)
@rules(
    Cycle,
    Action.PLAN_VIEW,
    Action.PLAN_WRITE,
    Action.PLAN_PRINT,
    Action.REVIEW_WRITE,
    Action.PUPIL_HISTORY,
    Action.RECORD_INVALIDATE,
)
@rules(
    Outcome,
    Action.PLAN_VIEW,
    Action.PLAN_WRITE,
    Action.PROVISION_ALLOCATE,
    Action.PUPIL_HISTORY,
    Action.RECORD_INVALIDATE,
)
@rules(
    Attendance,
    Action.ATTENDANCE_VIEW,
    Action.RECORDS_EDIT,
    Action.PUPIL_HISTORY,
    Action.RECORD_INVALIDATE,
)
@rules(
    AssessmentResult,
    Action.ASSESSMENT_VIEW,
    Action.RECORDS_EDIT,
    Action.PUPIL_HISTORY,
    Action.RECORD_INVALIDATE,
)
@rules(
    Incident,
    Action.BEHAVIOUR_VIEW,
    Action.BEHAVIOUR_EDIT,
    Action.PUPIL_HISTORY,
    Action.RECORD_INVALIDATE,
)
@rules(Review, Action.PLAN_VIEW, Action.REVIEW_WRITE, Action.PUPIL_HISTORY)
def about_a_pupil(actor: Actor, action: Action) -> Q:
    """Rows about a pupil, by the reach of their own verb. Guests: see tenancy."""
    return about(actor, action)


@rules(SavedView, Action.REGISTER_VIEW)
def view_rule(actor: Actor, action: Action) -> Q:
    """One's own views of the register, and those that colleagues share."""
    if actor.hat.reach(action) is None:
        return NONE
    shown = Q(owner=actor.person) | Q(shared=True)
    return Q(org__in=actor.hat.orgs) & shown
