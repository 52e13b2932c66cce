"""Top-up money: costing, levels, parts of a year, pots, balances (FUND-11 to FUND-104).

All of it is custom or a local scheme. What names no authority's paper is our own reading of several
schemes, and every number in it can be set.
"""

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.strength import THIS_HOUSE, Evidence, Provision, Strength

SCHEMES = Provision(THIS_HOUSE, "a reading of several authorities' top-up schemes")
DURHAM_MAP = Provision("Durham County Council", "step-by-step costed provision map, 2015/16")
FORUM = Provision("SENCO forum", "replies on costing a provision map")
NORFOLK = Provision("Norfolk County Council", "top-up funding papers")
LEICESTERSHIRE = Provision("Leicestershire County Council", "early years SEN inclusion fund")
SOUTHAMPTON = Provision("Southampton City Council", "cluster funding, types of request")

MONEY, LEVELS, PARTS = "money", "funding-levels", "proration"
SHARING, BALANCE, ROUND = "sharing-money", "family-balance", "funding-round"


def practice(
    rule_id: str,
    title: str,
    kind: Kind,
    page: str,
    text: str,
    *,
    provision: Provision = SCHEMES,
    evidence: Evidence = Evidence.SECONDARY,
    unverified: str = "",
) -> Rule:
    """A rule of custom, as all rules of local money are."""
    return Rule(
        id=rule_id,
        title=title,
        kind=kind,
        strength=Strength.PRACTICE,
        evidence=evidence,
        provision=provision,
        page=page,
        text=text,
        unverified=unverified,
    )


FUND_12 = practice(
    "FUND-12",
    mark("Ways in which a scheme sets an amount"),
    Kind.TABLE,
    LEVELS,
    mark(
        "A fixed amount for a level; an amount inside a range; points times a unit; hours times a "
        "rate; what a cost exceeds a threshold by; or one lump sum."
    ),
)
FUND_13 = practice(
    "FUND-13",
    mark("An amount inside a range"),
    Kind.TEST,
    LEVELS,
    mark("Where a level has a range, an amount outside it is refused."),
)
FUND_14 = practice(
    "FUND-14",
    mark("Bands of weekly hours"),
    Kind.TABLE,
    LEVELS,
    mark(
        "The upper end of a band of hours belongs to it, and anything above goes to the next: with "
        "bands to 9 and to 15 hours, 9.5 hours is in the second. More than the last band is "
        "refused."
    ),
)
FUND_17 = practice(
    "FUND-17",
    mark("Funding years"),
    Kind.TEST,
    PARTS,
    mark(
        "A scheme runs by the financial year, from 1 April, or the academic year, from "
        "1 September. An award can be reported by either, by months or by days."
    ),
)
FUND_29 = practice(
    "FUND-29",
    mark("The request beside the cost"),
    Kind.TEST,
    MONEY,
    mark(
        "What the provision map costs above the school's own contribution is shown beside the "
        "amount asked for. Asking for more than that is allowed, with a warning."
    ),
)
FUND_71 = practice(
    "FUND-71",
    mark("Pence and rounding"),
    Kind.NOTE,
    MONEY,
    mark(
        "Money is whole pence. Sums are worked out in exact fractions and rounded once, half a "
        "penny up, where the rule says so."
    ),
)
FUND_72 = practice(
    "FUND-72",
    mark("The total of a provision map"),
    Kind.TEST,
    MONEY,
    mark("Each line is rounded to the penny, and the total is the sum of the lines as shown."),
)
FUND_73 = practice(
    "FUND-73",
    mark("The cost of a line"),
    Kind.TEST,
    MONEY,
    mark(
        "Minutes a session, times sessions a week, times weeks, divided by 60, times the hourly "
        "rate, divided by the size of the group. The group is at least one pupil. A year of school "
        "has 38 or 39 weeks; more than 39 gives a warning."
    ),
    provision=DURHAM_MAP,
    evidence=Evidence.READ,
)
FUND_74 = practice(
    "FUND-74",
    mark("A group run for one pupil"),
    Kind.TEST,
    MONEY,
    mark(
        "Some authorities allow the full cost of a group that exists only for the named pupil. "
        "The map then says why the group would not run without this pupil."
    ),
    provision=FORUM,
)
FUND_75 = practice(
    "FUND-75",
    mark("What cannot be costed"),
    Kind.TEST,
    MONEY,
    mark(
        "Breaks, lunch and support without a stated time are not costed unless they are a planned "
        "activity of their own. What is open to all pupils is never costed."
    ),
    provision=FORUM,
)
FUND_76 = practice(
    "FUND-76",
    mark("A limit on a role's hours"),
    Kind.TEST,
    MONEY,
    mark(
        "A scheme may limit the weekly hours of a role that it takes into account. The hours above "
        "the limit are cut off, all lines of the role in the same proportion, and shown."
    ),
    provision=DURHAM_MAP,
    evidence=Evidence.READ,
    unverified=mark("Unverified: whether the limit in the source is five hours a week."),
)
FUND_77 = practice(
    "FUND-77",
    mark("Rates of pay have dates"),
    Kind.TABLE,
    MONEY,
    mark(
        "A map uses the hourly rate that holds on its day and says what the rate rests on: basic "
        "pay, the employer's full cost, or the authority's standard."
    ),
)
FUND_78 = practice(
    "FUND-78",
    mark("Sharing a pot"),
    Kind.TEST,
    SHARING,
    mark(
        "Shares add up to the pot exactly. Each is cut down to whole pence, and the pence left "
        "over go one each to those who lost most by it; where two lost the same, to the first by "
        "name."
    ),
)
FUND_79 = practice(
    "FUND-79",
    mark("A run of the formula"),
    Kind.NOTE,
    SHARING,
    mark(
        "What a formula gave can be worked out again from what was kept of it, and a second person "
        "approves it before any money is posted."
    ),
)
FUND_80 = practice(
    "FUND-80",
    mark("The balance of a family of schools"),
    Kind.TEST,
    BALANCE,
    mark(
        "Allocation, what was brought forward, contributions and transfers in, less transfers out, "
        "what is reserved for the network and for contingency, and what is committed. It is worked "
        "out from the entries and never typed."
    ),
)
FUND_81 = practice(
    "FUND-81",
    mark("Committing more than there is"),
    Kind.TEST,
    BALANCE,
    mark(
        "An award that takes what is not committed below nought is refused, or needs the "
        "authority's approval where the scheme allows a deficit."
    ),
)
FUND_82 = practice(
    "FUND-82",
    mark("Corrections of the ledger"),
    Kind.TEST,
    BALANCE,
    mark("An entry is never taken away: it is reversed by another, once, and posted anew."),
)
FUND_83 = practice(
    "FUND-83",
    mark("The entries of an award"),
    Kind.TEST,
    PARTS,
    mark("All parts of an award add up to its value for the time it ran, to the penny."),
)
FUND_84 = practice(
    "FUND-84",
    mark("Instalments"),
    Kind.TEST,
    PARTS,
    mark(
        "Each instalment brings what has been paid to the exact share so far, rounded to the "
        "penny. The instalments add up to the whole."
    ),
)
FUND_85 = practice(
    "FUND-85",
    mark("Half-years in whole pounds"),
    Kind.TEST,
    PARTS,
    mark(
        "Half-year payments in whole pounds round half a pound up; the second payment brings the "
        "sum to the whole."
    ),
    provision=NORFOLK,
    evidence=Evidence.READ,
)
FUND_86 = practice(
    "FUND-86",
    mark("Part of a year"),
    Kind.TEST,
    PARTS,
    mark(
        "By days, both the first and the last day count, out of all days of the award year, 366 "
        "where 29 February is among them. A scheme may instead count months, half-terms, terms, "
        "school days or school weeks, or pay the whole."
    ),
)
FUND_87 = practice(
    "FUND-87",
    mark("No start before the decision"),
    Kind.TEST,
    PARTS,
    mark(
        "An award does not start before the day of the decision unless the scheme allows it, and "
        "then not before the round opened. Some schemes pay only from the day of the panel."
    ),
    provision=LEICESTERSHIRE,
    evidence=Evidence.READ,
)
FUND_88 = practice(
    "FUND-88",
    mark("More asked for than there is"),
    Kind.TEST,
    SHARING,
    mark(
        "The bids are funded in order until one does not fit; or smaller ones that fit are taken "
        "too; or the last is funded in part; or all are cut alike; or each point is worth the "
        "same; or people decide and say why. The way used is kept with the round."
    ),
)
FUND_89 = practice(
    "FUND-89",
    mark("Carrying money forward"),
    Kind.TEST,
    BALANCE,
    mark("What is left above the scheme's limit is due back to the authority."),
)
FUND_90 = practice(
    "FUND-90",
    mark("How money is paid out"),
    Kind.TABLE,
    PARTS,
    mark(
        "Money for a project is one payment to the school that leads it. Money for a pupil or a "
        "group is paid in equal instalments, one a term."
    ),
    provision=SOUTHAMPTON,
    evidence=Evidence.READ,
)
FUND_91 = practice(
    "FUND-91",
    mark("Maintained schools and academies"),
    Kind.NOTE,
    PARTS,
    mark(
        "Maintained schools and academies may be paid by different ways and in different years. "
        "The award is the same."
    ),
)
FUND_92 = practice(
    "FUND-92",
    mark("A claim on the authority's contingency"),
    Kind.NOTE,
    SHARING,
    mark(
        "A claim on the authority's own pot shows that the formula leaves need unmet. It never "
        "stands in the family's own balance."
    ),
    provision=NORFOLK,
    evidence=Evidence.READ,
)
FUND_93 = practice(
    "FUND-93",
    mark("Contributions of member schools"),
    Kind.TEST,
    BALANCE,
    mark("What member schools pay in stands apart from the allocation, with payer and period."),
)
FUND_94 = practice(
    "FUND-94",
    mark("The top-up flag in the school census"),
    Kind.TEST,
    ROUND,
    mark(
        "A pupil on SEN support or with an EHC plan whose award runs on the day of the census "
        "carries the flag. Where the school's management system says otherwise, the difference is "
        "listed."
    ),
)

RULES = (
    FUND_12, FUND_13, FUND_14, FUND_17, FUND_29, FUND_71, FUND_72, FUND_73, FUND_74, FUND_75,
    FUND_76, FUND_77, FUND_78, FUND_79, FUND_80, FUND_81, FUND_82, FUND_83, FUND_84, FUND_85,
    FUND_86, FUND_87, FUND_88, FUND_89, FUND_90, FUND_91, FUND_92, FUND_93, FUND_94,
)  # fmt: skip
