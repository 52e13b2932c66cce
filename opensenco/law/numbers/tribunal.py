"""The times of mediation, appeal and orders (TRB). The law fixes them; nobody may overlay them."""

from opensenco.kernel.words import mark
from opensenco.law.parameters import Parameter, shipped
from opensenco.law.rule import Rule
from opensenco.law.rulebook.tribunal import TRB_03, TRB_04, TRB_05, TRB_08, TRB_09
from opensenco.law.strength import Evidence

_WEEKS = mark("weeks")
_MONTHS = mark("months")


def _fixed(
    rule: Rule, key: str, value: int, unit: str, title: str, evidence: Evidence | None = None
) -> Parameter[int]:
    return Parameter(rule.id, title, unit, shipped(key, value, rule, evidence=evidence))


FROM_NOTICE = _fixed(
    TRB_05, "trb.months_from_notice", 2, _MONTHS, mark("Months to appeal, from the letter")
)
FROM_CERTIFICATE = _fixed(
    TRB_05, "trb.months_from_certificate", 1, _MONTHS, mark("Months to appeal, from a certificate")
)
CONTACT_ADVISER = _fixed(
    TRB_03, "trb.contact_adviser_months", 2, _MONTHS, mark("Months to contact the adviser")
)
CERTIFICATE = _fixed(
    TRB_04,
    "trb.certificate_working_days",
    3,
    mark("working days"),
    mark("Working days to issue a certificate, or to tell the health body"),
)
ARRANGE = _fixed(
    TRB_04, "trb.mediation_days", 30, mark("days"), mark("Days to arrange a mediation")
)
RECOMMENDATION = _fixed(
    TRB_08,
    "trb.recommendation_weeks",
    5,
    _WEEKS,
    mark("Weeks to reply to a recommendation"),
    Evidence.UNVERIFIED,
)
ASSESS_TELL = _fixed(
    TRB_09, "trb.assess_tell_weeks", 2, _WEEKS, mark("Ordered to assess: weeks to tell the family")
)
ASSESS_NO_PLAN = _fixed(
    TRB_09,
    "trb.assess_no_plan_weeks",
    10,
    _WEEKS,
    mark("Ordered to assess: weeks to say that there will be no plan"),
)
ASSESS_FINAL = _fixed(
    TRB_09,
    "trb.assess_final_weeks",
    14,
    _WEEKS,
    mark("Ordered to assess: weeks to the final plan"),
)
MAKE_DRAFT = _fixed(
    TRB_09, "trb.make_draft_weeks", 5, _WEEKS, mark("Ordered to make a plan: weeks to the draft")
)
MAKE_FINAL = _fixed(
    TRB_09,
    "trb.make_final_weeks",
    11,
    _WEEKS,
    mark("Ordered to make a plan: weeks to the final plan"),
)
AMEND = _fixed(
    TRB_09,
    "trb.amend_weeks",
    5,
    _WEEKS,
    mark("Ordered to amend: weeks to the amended plan"),
    Evidence.UNVERIFIED,
)
NAME_SCHOOL = _fixed(
    TRB_09,
    "trb.name_school_weeks",
    2,
    _WEEKS,
    mark("Ordered to name a school: weeks to the amended plan"),
    Evidence.UNVERIFIED,
)

PARAMETERS = (
    FROM_NOTICE, FROM_CERTIFICATE, CONTACT_ADVISER, CERTIFICATE, ARRANGE, RECOMMENDATION,
    ASSESS_TELL, ASSESS_NO_PLAN, ASSESS_FINAL, MAKE_DRAFT, MAKE_FINAL, AMEND, NAME_SCHOOL,
)  # fmt: skip
