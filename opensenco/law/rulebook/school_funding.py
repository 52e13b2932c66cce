"""Money for special educational needs in schools (FUN)."""

from datetime import date

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.rulebook.sources import INCLUSION_STRATEGY
from opensenco.law.strength import THIS_HOUSE, Evidence, Provision, Strength

_ELEMENTS = Provision(
    "High needs funding arrangements, Department for Education",
    "three elements",
    "https://somerset.gov.uk/children-families-and-education/the-local-offer/available-funding",
)
_NOTIONAL = Provision(
    "The notional SEN budget for mainstream schools: operational guidance 2025 to 2026",
    "",
    "https://gov.uk/government/publications/"
    "pre-16-schools-funding-local-authority-guidance-for-2025-to-2026/"
    "the-notional-sen-budget-for-mainstream-schools-operational-guidance-2025-to-2026",
)
_LOCAL = Provision(
    "Local schemes, such as Nottinghamshire's families of schools",
    "",
    "https://www.nottinghamshire.gov.uk/global-content/one-minute-guides/families-of-schools",
)
_SINCE = date(2013, 4, 1)

FUN_01 = Rule(
    id="FUN-01",
    title=mark("Three elements"),
    kind=Kind.TABLE,
    strength=Strength.GRANT,
    evidence=Evidence.SECONDARY,
    provision=_ELEMENTS,
    page="school-funding",
    text=mark(
        "Element 1 is the core money for every pupil. Out of element 2, the notional budget, a "
        "school meets additional support of up to £6,000 a year for a pupil. Element 3 is the "
        "authority's top-up for what is above that."
    ),
    unverified=mark("Unverified: that £6,000 holds in the financial year 2026/27."),
    first=_SINCE,
)
FUN_02 = Rule(
    id="FUN-02",
    title=mark("Notional SEN budget"),
    kind=Kind.NOTE,
    strength=Strength.GRANT,
    evidence=Evidence.READ,
    provision=_NOTIONAL,
    page="school-funding",
    text=mark(
        "A part of the school's budget share that is named but not ring-fenced. It comes from "
        "formula factors, not from the number of pupils recorded, and is not £6,000 for each."
    ),
    unverified=mark("Unverified: the guidance of 2026 to 2027."),
    first=_SINCE,
)
FUN_03 = Rule(
    id="FUN-03",
    title=mark("The case for top-up"),
    kind=Kind.TEST,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(THIS_HOUSE, "cost of provision above the threshold"),
    page="school-funding",
    text=mark(
        "What a pupil's provision costs in a year above the threshold of element 2 is the case "
        "for top-up. At the threshold, or below it, there is none."
    ),
    first=_SINCE,
)
FUN_04 = Rule(
    id="FUN-04",
    title=mark("Top-up without a plan"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=_LOCAL,
    page="school-funding",
    text=mark(
        "Some authorities give top-up for a pupil without an EHC plan, shared out by families of "
        "schools after moderation or by a panel. The forms and bands are local."
    ),
)
FUN_05 = Rule(
    id="FUN-05",
    title=mark("The way of a bid"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=_LOCAL,
    page="school-funding",
    text=mark(
        "A bid is drafted, signed off by the school, moderated among schools, decided by a panel, "
        "paid, reported on, and renewed or ended."
    ),
)
FUN_06 = Rule(
    id="FUN-06",
    title=mark("Inclusive Mainstream Fund"),
    kind=Kind.NOTE,
    strength=Strength.GRANT,
    evidence=Evidence.READ,
    provision=INCLUSION_STRATEGY,
    page="inclusion-strategy",
    text=mark("A grant to mainstream schools that asks for a published inclusion strategy."),
    first=date(2026, 4, 1),
)
FUN_07 = Rule(
    id="FUN-07",
    title=mark("Other money"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=_LOCAL,
    page="school-funding",
    text=mark(
        "Pupil premium, pupil premium plus for looked-after pupils, and the funds of the early "
        "years are counted beside, not within, the three elements."
    ),
)

RULES = (FUN_01, FUN_02, FUN_03, FUN_04, FUN_05, FUN_06, FUN_07)
