"""Numbers of moving on (TRA)."""

from opensenco.kernel.words import mark
from opensenco.law.parameters import Parameter, shipped
from opensenco.law.rulebook.transition import TRA_04, TRA_05

RECORDS = Parameter(
    rule=TRA_04.id,
    title=mark("School days in which records follow the pupil"),
    unit=mark("school days"),
    table=shipped("tra.records_school_days", 15, TRA_04, first=TRA_04.first),
)
PROTECTION_FILE = Parameter(
    rule=TRA_05.id,
    title=mark("Days in which the child protection file follows the pupil"),
    unit=mark("days"),
    table=shipped("tra.protection_file_days", 5, TRA_05),
)

PARAMETERS = (RECORDS, PROTECTION_FILE)
