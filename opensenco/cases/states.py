"""Closed lists of the spine: who may read a row, and in whose hands a task can lie."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opensenco.access.actions import Action

#: verbs over a pupil that can be asked of the reader of a fact, a date or a task
READERS: tuple[Action, ...] = (
    Action.PUPIL_VIEW,
    Action.CONCERN_VIEW,
    Action.CONCERN_TRIAGE,
    Action.SAFEGUARDING_VIEW,
    Action.REGISTER_VIEW,
    Action.PROFILE_VIEW,
    Action.PLAN_VIEW,
    Action.PLAN_WRITE,
    Action.PROVISION_VIEW,
    Action.PROVISION_ALLOCATE,
    Action.CONTACT_VIEW,
    Action.CARE_VIEW,
    Action.HEALTH_VIEW,
    Action.DOCUMENT_VIEW,
    Action.DOCUMENT_CONFIDENTIAL,
)
#: reads confidential rows of other people as well
CONFIDANT = Action.PLAN_WRITE

#: who is meant where a task waits for whoever has a verb; all others are the SENCO
NOT_THE_SENCO: dict[Action, Promise] = {
    Action.SAFEGUARDING_VIEW: _("Safeguarding lead"),
    Action.REVIEW_WRITE: _("Teacher"),
    Action.SESSION_LOG: _("Who runs it"),
}
