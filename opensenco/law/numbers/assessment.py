"""The times of needs assessment and plan (EHC). The law fixes them; nobody may overlay them."""

from opensenco.kernel.words import mark
from opensenco.law.parameters import Parameter, shipped
from opensenco.law.rule import Rule
from opensenco.law.rulebook.assessment import EHC_04, EHC_07, EHC_09
from opensenco.law.rulebook.keeping import EHC_21, EHC_23, EHC_24
from opensenco.law.rulebook.plans import EHC_14, EHC_16, EHC_17
from opensenco.law.strength import Evidence

_WEEKS = mark("weeks")
_DAYS = mark("days")
_MONTHS = mark("months")


def _fixed(
    rule: Rule, key: str, value: int, unit: str, title: str, evidence: Evidence | None = None
) -> Parameter[int]:
    return Parameter(rule.id, title, unit, shipped(key, value, rule, evidence=evidence))


DECISION = _fixed(
    EHC_04, "ehc.decision_weeks", 6, _WEEKS, mark("Weeks to decide whether to assess")
)
NO_PLAN = _fixed(
    EHC_09, "ehc.no_plan_weeks", 16, _WEEKS, mark("Weeks to say that there will be no plan")
)
FINAL = _fixed(EHC_17, "ehc.final_weeks", 20, _WEEKS, mark("Weeks to the final plan"))
ADVICE = _fixed(EHC_07, "ehc.advice_weeks", 6, _WEEKS, mark("Weeks to give advice"))
DRAFT = _fixed(
    EHC_14,
    "ehc.draft_days_inclusive",
    15,
    _DAYS,
    mark("Days on a draft, the day it was served counted"),
)
CONSULTATION = _fixed(
    EHC_16, "ehc.consultation_days", 15, _DAYS, mark("Days in which a consulted school replies")
)
RE_ASSESSMENT_DECISION = _fixed(
    EHC_23,
    "ehc.re_assessment_decision_days",
    15,
    _DAYS,
    mark("Days to decide whether to re-assess"),
    Evidence.UNVERIFIED,
)
RE_ASSESSMENT_FINAL = _fixed(
    EHC_23,
    "ehc.re_assessment_final_weeks",
    14,
    _WEEKS,
    mark("Weeks to the final plan of a re-assessment"),
)
TRANSFER = _fixed(
    EHC_24,
    "ehc.transfer_working_days",
    15,
    mark("working days"),
    mark("Working days to hand a plan over"),
)
TRANSFER_INFORM = _fixed(
    EHC_24,
    "ehc.transfer_inform_weeks",
    6,
    _WEEKS,
    mark("Weeks in which the new authority says what it will do"),
)
TRANSFER_REVIEW = _fixed(
    EHC_24,
    "ehc.transfer_review_months",
    3,
    _MONTHS,
    mark("Months beginning with the handover, to the review"),
    Evidence.SECONDARY,
)
YEARLY_REVIEW = _fixed(
    EHC_24,
    "ehc.transfer_last_review_months",
    12,
    _MONTHS,
    mark("Months beginning with the plan or its last review, to the review"),
)
DIRECT_PAYMENT = _fixed(
    EHC_21,
    "ehc.direct_payment_review_months",
    3,
    _MONTHS,
    mark("Months beginning with the first payment, to its review"),
)

PARAMETERS = (
    DECISION, NO_PLAN, FINAL, ADVICE, DRAFT, CONSULTATION, RE_ASSESSMENT_DECISION,
    RE_ASSESSMENT_FINAL, TRANSFER, TRANSFER_INFORM, TRANSFER_REVIEW, YEARLY_REVIEW, DIRECT_PAYMENT,
)  # fmt: skip
