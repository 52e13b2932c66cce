"""To whom a notice can be sent besides a person by name."""

from opensenco.access.actions import Action

#: whoever has one of these verbs over the pupil; each has a rule over pupils
ADDRESSED: tuple[Action, ...] = (
    Action.CONCERN_TRIAGE,
    Action.SAFEGUARDING_VIEW,
    Action.STATUS_SET,
    Action.PLAN_WRITE,
    Action.REVIEW_WRITE,
    Action.PROVISION_ALLOCATE,
    Action.SESSION_LOG,
    Action.ACCESS_LOG_VIEW,
)
