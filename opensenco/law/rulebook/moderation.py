"""Moderation of bids, their rounds, movement of pupils, benchmarks and published tables (FUND)."""

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind
from opensenco.law.rulebook.funding import (
    BALANCE,
    LEVELS,
    PARTS,
    ROUND,
    SHARING,
    practice,
)
from opensenco.law.strength import THIS_HOUSE, Evidence, Provision

AGREEMENT, SUPPRESSION = "agreement", "suppression"
DESIGN = Provision(THIS_HOUSE, "moderation as assessment bodies do it")
_COHEN = Provision("Cohen (1960) and Cohen (1968)", "agreement for nominal and weighted scales")
_FLEISS = Provision("Fleiss (1971) and Krippendorff (2011)", "agreement of several raters")
_GWET = Provision("Gwet (2008)", "agreement where almost all say the same")

FUND_11 = practice(
    "FUND-11",
    mark("Levels stand in order"),
    Kind.TEST,
    LEVELS,
    mark("Whether levels agree or are next to each other is asked of their order, not their name."),
)
FUND_48 = practice(
    "FUND-48",
    mark("Comparing two moderators"),
    Kind.TEST,
    AGREEMENT,
    mark(
        "The same level: agreed. Apart by no more than the scheme's tolerance: they discuss. "
        "Further apart: a third moderator scores, and the middle one of the three levels stands "
        "for people to confirm."
    ),
    provision=DESIGN,
)
FUND_51 = practice(
    "FUND-51",
    mark("Anchor cases"),
    Kind.TEST,
    AGREEMENT,
    mark(
        "A moderator's scores of cases with an agreed level are shown as exact matches, how far "
        "they lie above or below on average, and how far off."
    ),
    provision=DESIGN,
)
FUND_52 = practice(
    "FUND-52",
    mark("Agreement of two moderators"),
    Kind.TEST,
    AGREEMENT,
    mark(
        "Cohen's kappa compares how often two agreed with how often they would by chance. With "
        "linear or quadratic weights, levels further apart weigh more."
    ),
    provision=_COHEN,
)
FUND_53 = practice(
    "FUND-53",
    mark("Agreement of three or more"),
    Kind.TEST,
    AGREEMENT,
    mark(
        "Fleiss' kappa, where all scored all; Krippendorff's alpha, also where scores are missing, "
        "with levels as names, as an order, or as numbers."
    ),
    provision=_FLEISS,
)
FUND_54 = practice(
    "FUND-54",
    mark("When a figure of agreement is not defined"),
    Kind.TEST,
    AGREEMENT,
    mark(
        "Where chance alone would give full agreement, as when every score is the same, the figure "
        "is “not defined”: never 0, never 1, and never an error."
    ),
    provision=_COHEN,
)
FUND_55 = practice(
    "FUND-55",
    mark("Too few cases"),
    Kind.TEST,
    AGREEMENT,
    mark("With fewer than 20 cases the figure is marked as too few to rely on."),
    provision=DESIGN,
)
FUND_56 = practice(
    "FUND-56",
    mark("Plain percentages beside the figure"),
    Kind.TEST,
    AGREEMENT,
    mark(
        "How many agreed exactly and within one level always stands beside it, and Gwet's AC1 "
        "where nearly all cases are at one level: kappa can then be below nought although people "
        "agree."
    ),
    provision=_GWET,
)
FUND_65 = practice(
    "FUND-65",
    mark("Telling the outcome"),
    Kind.CLOCK,
    ROUND,
    mark(
        "Schools are told within the scheme's own time after the decision, such as 10 working days "
        "or one week. The scheme says which days it counts."
    ),
    provision=Provision("Authorities' published timetables", "deadlines, panels, notices"),
    evidence=Evidence.READ,
)
FUND_69 = practice(
    "FUND-69",
    mark("Asking for a second look"),
    Kind.CLOCK,
    ROUND,
    mark(
        "It is asked for within the scheme's time, 20 school days unless the scheme says "
        "otherwise, and done by somebody who had no part in the first decision."
    ),
)
FUND_101 = practice(
    "FUND-101",
    mark("A move inside the family"),
    Kind.TEST,
    PARTS,
    mark("Where money follows the pupil, another school is paid; the budget stays where it is."),
)
FUND_102 = practice(
    "FUND-102",
    mark("A move to another family"),
    Kind.TEST,
    PARTS,
    mark(
        "By the scheme's choice the unspent part moves with the pupil, or goes back to the first "
        "family, or the new family or the authority pays on. No penny is counted twice or lost."
    ),
)
FUND_103 = practice(
    "FUND-103",
    mark("Days between two schools"),
    Kind.TEST,
    PARTS,
    mark(
        "The days between leaving and joining go back to the budget, or to the school left, or to "
        "the new one. The parts add up to the award."
    ),
)
FUND_104 = practice(
    "FUND-104",
    mark("A move out of the authority"),
    Kind.TEST,
    PARTS,
    mark("The award ends on the last day on roll, and what was paid beyond it is listed."),
)
FUND_112 = practice(
    "FUND-112",
    mark("Comparing families"),
    Kind.TEST,
    SHARING,
    mark(
        "Families are compared by pupil on roll and by 1,000 pupils, beside the middle one of the "
        "authority, with small numbers hidden."
    ),
)
FUND_113 = practice(
    "FUND-113",
    mark("Spending the network's money"),
    Kind.TEST,
    BALANCE,
    mark("What is spent on the network is refused above what is reserved for it."),
)
FUND_124 = practice(
    "FUND-124",
    mark("Small numbers in published tables"),
    Kind.TEST,
    SUPPRESSION,
    mark(
        "Counts from 1 to 4 are hidden, and so many others that nobody can work out a hidden one "
        "from the totals."
    ),
)

RULES = (
    FUND_11, FUND_48, FUND_51, FUND_52, FUND_53, FUND_54, FUND_55, FUND_56, FUND_65, FUND_69,
    FUND_101, FUND_102, FUND_103, FUND_104, FUND_112, FUND_113, FUND_124,
)  # fmt: skip
