"""Numbers, days and words of the SENCO's role (ROL)."""

from datetime import date

from opensenco.kernel.words import mark
from opensenco.law.dated import Dated, Row
from opensenco.law.parameters import Parameter, shipped
from opensenco.law.rulebook.role import FIRST_AWARD, ROL_04, ROL_05, ROL_06, ROL_07, ROL_14, ROL_15
from opensenco.law.strength import Evidence

NASENCO = "nasenco"
NPQ = "npq"
NPQ_FROM = date(2024, 9, 1)

PRIOR_MONTHS = Parameter(
    rule=ROL_04.id,
    title=mark("Months as SENCO that have to be passed to be exempt"),
    unit=mark("months"),
    table=shipped("role.prior_months", 12, ROL_04, first=FIRST_AWARD),
)
AWARD_MONTHS = Parameter(
    rule=ROL_05.id,
    title=mark("Months in which the award is gained"),
    unit=mark("months"),
    table=shipped("role.award_months", 36, ROL_05, first=FIRST_AWARD),
)
AWARD = Parameter(
    rule=ROL_06.id,
    title=mark("The award, by the day on which the course starts"),
    unit=mark("award"),
    table=Dated(
        "role.award",
        (
            Row(FIRST_AWARD, date(2024, 8, 31), NASENCO, ROL_06.provision, Evidence.READ),
            Row(NPQ_FROM, None, NPQ, ROL_06.provision, Evidence.READ),
        ),
    ),
)
NASENCO_BEFORE = Parameter(
    rule=ROL_06.id,
    title=mark("The day before which the National Award has to be completed"),
    unit=mark("date"),
    table=shipped("role.nasenco_complete_before", date(2027, 9, 1), ROL_06, first=NPQ_FROM),
)
ENROL_MONTHS = Parameter(
    rule=ROL_07.id,
    title=mark("Months before the limit at which a course has to have begun"),
    unit=mark("months"),
    table=shipped("role.enrol_months", 22, ROL_07, first=FIRST_AWARD),
    settable=True,
    least=18,
    most=30,
)
SHARED_TEACHING = Parameter(
    rule=ROL_14.id,
    title=mark("Share of a shared SENCO's time in class teaching that is significant, in percent"),
    unit=mark("percent"),
    table=shipped("role.shared_teaching_percent", 50, ROL_14, evidence=Evidence.UNVERIFIED),
    settable=True,
    least=5,
    most=95,
)
SHARING_REVIEW = Parameter(
    rule=ROL_15.id,
    title=mark("Months in which a shared SENCO arrangement is reviewed"),
    unit=mark("months"),
    table=shipped("role.sharing_review_months", 12, ROL_15),
    settable=True,
    least=1,
    most=24,
)

PARAMETERS = (
    PRIOR_MONTHS, AWARD_MONTHS, AWARD, NASENCO_BEFORE, ENROL_MONTHS, SHARED_TEACHING,
    SHARING_REVIEW,
)  # fmt: skip
