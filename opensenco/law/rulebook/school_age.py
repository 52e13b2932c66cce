"""When compulsory school age begins (EYS-13); its end is TRA-01."""

from datetime import date

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.strength import EDUCATION_ACT, Evidence, Provision, Strength

EYS_13 = Rule(
    id="EYS-13",
    title=mark("Compulsory school age begins"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.UNVERIFIED,
    provision=Provision(EDUCATION_ACT, "section 8"),
    page="compulsory-school-age",
    text=mark(
        "Compulsory school age begins on the fifth birthday where that is 31 March, 31 August or "
        "31 December, and otherwise on the next of these days."
    ),
    first=date(1998, 8, 1),
)

RULES = (EYS_13,)
