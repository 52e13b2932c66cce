"""Numbers of money for additional support (FUN-03)."""

from datetime import date

from opensenco.kernel.words import mark
from opensenco.law.dated import Dated, Row
from opensenco.law.parameters import Parameter
from opensenco.law.rulebook.money import FUN_03
from opensenco.law.strength import Evidence

ELEMENT_TWO = Parameter(
    rule=FUN_03.id,
    title=mark("What a school contributes itself for a pupil in a year"),
    unit=mark("pounds"),
    table=Dated(
        "fun.element2_threshold",
        (Row(date(2013, 4, 1), None, 6000, FUN_03.provision, Evidence.SECONDARY),),
    ),
    settable=True,
    least=0,
    most=50000,
)

PARAMETERS = (ELEMENT_TWO,)
