"""Who may read and write status, needs, profiles and plans: by reach of the verb over the pupil."""

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.registry import NONE, rules
from opensenco.people.policy import about, own_place
from opensenco.support.models import (
    Adjustment,
    AssessmentResult,
    Attendance,
    BankStrategy,
    ConditionNote,
    Cycle,
    HomeAction,
    Incident,
    Need,
    NeedRating,
    Outcome,
    PlanNaming,
    PlanVersion,
    Profile,
    ProfileRead,
    RemarkDismissed,
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
@rules(RemarkDismissed, Action.PLAN_VIEW, Action.PLAN_WRITE, Action.PUPIL_HISTORY)
@rules(
    Adjustment,
    Action.PLAN_VIEW,
    Action.PLAN_WRITE,
    Action.REVIEW_WRITE,
    Action.PUPIL_HISTORY,
    Action.RECORD_INVALIDATE,
)
@rules(
    HomeAction,
    Action.PLAN_VIEW,
    Action.PLAN_WRITE,
    Action.REVIEW_WRITE,
    Action.PUPIL_HISTORY,
    Action.RECORD_INVALIDATE,
)
@rules(
    ConditionNote,
    Action.PLAN_VIEW,
    Action.PLAN_WRITE,
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


@rules(PlanVersion, Action.PLAN_VIEW, Action.PUPIL_HISTORY)
def about_a_version(actor: Actor, action: Action) -> Q:
    """The same for attested versions, whose rows stay where they were written."""
    return about(actor, action, through=True)


@rules(BankStrategy, Action.PROFILE_VIEW, Action.PLAN_WRITE)
@rules(PlanNaming, Action.PUPIL_FIND, Action.SETTING_EDIT)
def of_the_place(actor: Actor, action: Action) -> Q:
    """What names no child: whoever has the verb sees all of it."""
    return Q()


@rules(Organisation, Action.PLAN_WRITE)
def place_rule(actor: Actor, action: Action) -> Q:
    """Whose bank one adds to: one's own place."""
    return own_place(actor, action)
