"""Who may read and write status, needs, profiles and plans: by reach of the verb over the pupil."""

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.registry import NONE, rules
from opensenco.people.policy import about, own_place
from opensenco.support.field_kinds import RoleMay
from opensenco.support.models import (
    AccessDecision,
    AccessPlanApproval,
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
    OwnField,
    OwnFieldChoice,
    OwnFieldRole,
    OwnFieldValue,
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
    Action.REVIEW_WRITE,
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


@rules(BankStrategy, Action.PROFILE_VIEW, Action.PLAN_WRITE, Action.SENCO_ASK)
@rules(PlanNaming, Action.PUPIL_FIND, Action.SETTING_EDIT)
def of_the_place(actor: Actor, action: Action) -> Q:
    """What names no child: whoever has the verb sees all of it."""
    return Q()


@rules(Organisation, Action.PLAN_WRITE)
def place_rule(actor: Actor, action: Action) -> Q:
    """Whose bank one adds to: one's own place."""
    return own_place(actor, action)


@rules(Organisation, Action.FIELD_MAKE)
def where_fields_are_made(actor: Actor, action: Action) -> Q:
    """Where one makes the school's own fields: one's own place."""
    return own_place(actor, action)


@rules(
    OwnField,
    Action.PUPIL_VIEW,
    Action.FIELD_FILL,
    Action.FIELD_MAKE,
    Action.PUPIL_HISTORY,
    Action.WHO_SEES,
)
def field_rule(actor: Actor, action: Action) -> Q:
    """Fields of one's place: that there are any, for all staff; else those open to one's role."""
    if actor.hat.reach(action) is None or actor.hat.role.guest:
        return NONE
    here = Q(org__in=actor.hat.orgs)
    whole = action in (Action.FIELD_MAKE, Action.WHO_SEES)
    return here if whole else here & _open_to(actor, action)


def _open_to(actor: Actor, action: Action, key: str = "pk") -> Q:
    """Fields open to a role. Whoever may look back over the whole record sees and fills in all."""
    if actor.hat.reach(Action.PUPIL_HISTORY) is not None:
        return Q()
    enough = (RoleMay.FILL,) if action is Action.FIELD_FILL else (RoleMay.SEE, RoleMay.FILL)
    rows = OwnFieldRole.objects.filter(role=actor.hat.role.code, may__in=enough)
    return Q(**{f"{key}__in": rows.values("field")})


@rules(OwnFieldChoice, Action.FIELD_MAKE)
@rules(OwnFieldRole, Action.FIELD_MAKE)
def part_of_a_field(actor: Actor, action: Action) -> Q:
    """What a field offers and to whom: for who makes fields."""
    return Q(org__in=actor.hat.orgs)


@rules(OwnFieldValue, Action.PUPIL_VIEW, Action.FIELD_FILL, Action.PUPIL_HISTORY)
def value_rule(actor: Actor, action: Action) -> Q:
    """What a field says of a pupil: never wider than the pupil's page, nor than the field."""
    if actor.hat.role.guest:
        return NONE
    return about(actor, action) & _open_to(actor, action, "field")


@rules(AccessDecision, Action.REPORT_READ, Action.REPORT_WRITE, Action.PUPIL_HISTORY)
def access_rule(actor: Actor, action: Action) -> Q:
    """What is decided for all, for who reads or writes for the place; for one pupil, by the plan.

    A governor reads the first and never learns that there is any of the second.
    """
    if actor.hat.reach(action) is None:
        return NONE
    beside = {Action.REPORT_READ: Action.PLAN_VIEW, Action.REPORT_WRITE: Action.PLAN_WRITE}
    verb = beside.get(action, action)
    of_pupils = Q(pupil__isnull=False) & about(actor, verb)
    general = Q(pupil__isnull=True)
    return Q(org__in=actor.hat.orgs) & (general | of_pupils)


@rules(AccessDecision, Action.PLAN_VIEW, Action.PLAN_WRITE)
def access_of_pupils(actor: Actor, action: Action) -> Q:
    """What was decided for one pupil, for staff who read or write their plan."""
    return NONE if actor.hat.role.guest else Q(pupil__isnull=False) & about(actor, action)


@rules(AccessPlanApproval, Action.REPORT_READ, Action.REPORT_WRITE)
def approval_rule(actor: Actor, action: Action) -> Q:
    """When the place's accessibility plan was approved."""
    return Q(org__in=actor.hat.orgs) if actor.hat.reach(action) else NONE
