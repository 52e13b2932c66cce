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
TELL_PARENTS_ALERT = Parameter(
    rule=IDN_15.id,
    title=mark("School days after which the SENCO is alerted that parents have not been told"),
    unit=mark("school days"),
    table=shipped("parents.told_alert_school_days", 5, IDN_15, evidence=Evidence.SECONDARY),
    settable=True,
    least=1,
    most=20,
)

PARAMETERS = (CONCERN_REPLY, TELL_PARENTS_ALERT)
