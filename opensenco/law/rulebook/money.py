"""Where the money for additional support comes from (FUN)."""

from datetime import date

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.strength import Evidence, Provision, Strength

_PAGE = "money"
ELEMENTS = Provision(
    "High needs funding: operational guidance",
    "the three elements",
    "https://www.gov.uk/government/publications/high-needs-funding-arrangements-2025-to-2026",
)

FUN_03 = Rule(
    id="FUN-03",
    title=mark("The cost of provision and the case for top-up"),
    kind=Kind.TEST,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=ELEMENTS,
    page=_PAGE,
    text=mark(
        "A year's cost is the hours, times the weeks, times the rate, times the pupil's share of "
        "the group, and what is bought besides. The case for top-up is what this exceeds the "
        "school's own contribution by, £6,000 a year in a mainstream school; it is never below "
        "nought."
    ),
    unverified=mark("Unverified: the school's own contribution for 2026/27."),
    first=date(2013, 4, 1),
)

RULES = (FUN_03,)
