"""SEN status, needs, profile, strategies, cycles, outcomes and reviews; attendance, results of
assessments and behaviour as other systems know them.
"""

from opensenco.support.models.access import AccessDecision, AccessPlanApproval
from opensenco.support.models.beside import (
    Adjustment,
    BankStrategy,
    ConditionNote,
    HomeAction,
    PlanNaming,
    PlanVersion,
    RemarkDismissed,
)
from opensenco.support.models.cycles import Cycle, Outcome, Review
from opensenco.support.models.own_fields import (
    OwnField,
    OwnFieldChoice,
    OwnFieldRole,
    OwnFieldValue,
)
from opensenco.support.models.pupils import Need, Profile, SenStatus, Strategy
from opensenco.support.models.ratings import NeedRating
from opensenco.support.models.reading import ProfileRead
from opensenco.support.models.records import AssessmentResult, Attendance, Incident
from opensenco.support.models.views import SavedView

__all__ = [
    "AccessDecision",
    "AccessPlanApproval",
    "Adjustment",
    "AssessmentResult",
    "Attendance",
    "BankStrategy",
    "ConditionNote",
    "Cycle",
    "HomeAction",
    "Incident",
    "Need",
    "NeedRating",
    "Outcome",
    "OwnField",
    "OwnFieldChoice",
    "OwnFieldRole",
    "OwnFieldValue",
    "PlanNaming",
    "PlanVersion",
    "Profile",
    "ProfileRead",
    "RemarkDismissed",
    "Review",
    "SavedView",
    "SenStatus",
    "Strategy",
]  # fmt: skip
