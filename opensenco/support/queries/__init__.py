"""Reading support: one pupil, one plan, the class sheet, the register."""

from opensenco.support.queries.classes import ClassCard, class_sheet
from opensenco.support.queries.plans import (
    Plan,
    PlanOutcome,
    current_plan,
    cycle,
    cycles_of,
    outcome,
    plan_of,
)
from opensenco.support.queries.pupils import (
    NeedLine,
    Overview,
    as_of,
    going_on,
    needs_of,
    needs_version,
    overview,
    profile_of,
    status,
    status_of,
    statuses_of,
    strategies_of,
    strategies_version,
)
from opensenco.support.queries.register import Filters, Register, RegisterRow, classes, register

__all__ = [
    "ClassCard",
    "Filters",
    "NeedLine",
    "Overview",
    "Plan",
    "PlanOutcome",
    "Register",
    "RegisterRow",
    "as_of",
    "class_sheet",
    "classes",
    "current_plan",
    "cycle",
    "cycles_of",
    "going_on",
    "needs_of",
    "needs_version",
    "outcome",
    "overview",
    "plan_of",
    "profile_of",
    "register",
    "status",
    "status_of",
    "statuses_of",
    "strategies_of",
    "strategies_version",
]
