"""Numbers of days that the law leaves to the school (IDN-12, IDN-15)."""

from opensenco.kernel.words import mark
from opensenco.law.parameters import Parameter, shipped
from opensenco.law.rulebook.identification import IDN_12, IDN_15
from opensenco.law.strength import Evidence

CONCERN_REPLY = Parameter(
    rule=IDN_12.id,
    title=mark("School days in which a concern is answered"),
    unit=mark("school days"),
    table=shipped("concern.reply_school_days", 10, IDN_12, evidence=Evidence.SECONDARY),
    settable=True,
    least=1,
    most=60,
)
FIRST_PLAN_DAYS = Parameter(
    rule=IDN_12.id,
    title=mark("School days from a concern to the first plan, where it leads to SEN support"),
    unit=mark("school days"),
    table=shipped("concern.first_plan_school_days", 30, IDN_12, evidence=Evidence.SECONDARY),
    settable=True,
    least=1,
    most=200,
)
TELL_PARENTS_ALERT = Parameter(
    rule=IDN_15.id,
    title=mark("School days after which the SENCO is alerted that parents have not been told"),
    unit=mark("school days"),
    table=shipped("parents.told_alert_school_days", 5, IDN_15, evidence=Evidence.SECONDARY),
    settable=True,
    least=1,
    most=20,
)

PARAMETERS = (CONCERN_REPLY, FIRST_PLAN_DAYS, TELL_PARENTS_ALERT)
