"""What an EHC plan holds, and from the draft to the final plan (EHC-10 to EHC-20)."""

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.strength import (
    CHILDREN_AND_FAMILIES_ACT,
    SEND_REGULATIONS,
    Evidence,
    Provision,
    Strength,
    code_of_practice,
)

_REGULATION_12 = "http://www.legislation.gov.uk/uksi/2014/1530/regulation/12/made"
_REGULATION_13 = "http://www.legislation.gov.uk/uksi/2014/1530/regulation/13/made"
_NAMING = (
    "http://www.9sjs.com/news/conflict-between-schools-and-local-authorities-"
    "the-naming-of-schools-in-section-i-of-the-ehc-plan/"
)

EHC_10 = Rule(
    id="EHC-10",
    title=mark("Sections of a plan"),
    kind=Kind.CHECKLIST,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(SEND_REGULATIONS, "regulation 12(1) and (2)", _REGULATION_12),
    page="plan-content",
    text=mark(
        "A plan has sections A to K, each by itself: views (A), special educational, health and "
        "care needs (B, C, D), outcomes (E), special educational and health provision (F, G), "
        "social care provision (H1, H2), the setting (I), a direct payment (J) and the advice (K). "
        "In a draft, section I is blank. What stands in G needs the health body's agreement."
    ),
)
EHC_11 = Rule(
    id="EHC-11",
    title=mark("A plan that can be carried out"),
    kind=Kind.CHECKLIST,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        "Professional guidance on the form of plans", "", "https://edyourself.org/ehcp-format/"
    ),
    page="plan-content",
    text=mark(
        "Each need in B leads to provision in F; each provision says what, by whom, how often and "
        "how long; each outcome in E has provision; all advice is attached in K. What educates or "
        "trains belongs in F, whoever gives it."
    ),
)
EHC_12 = Rule(
    id="EHC-12",
    title=mark("Preparing for adulthood in the plan"),
    kind=Kind.CHECKLIST,
    strength=Strength.MUST,
    evidence=Evidence.UNVERIFIED,
    provision=Provision(SEND_REGULATIONS, "regulation 12(3)", _REGULATION_12),
    page="plan-content",
    text=mark(
        "From Year 9 on, the plan has provision that helps to prepare for adulthood and "
        "independent living. What counts is the year the child is really taught in."
    ),
)
EHC_13 = Rule(
    id="EHC-13",
    title=mark("No national form of a plan"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        "No instrument prescribes a form",
        "",
        "https://www.ipsea.org.uk/blog/a-national-template-for-ehc-plans-what-should-it-look-like",
    ),
    page="plan-content",
    text=mark("Each authority lays plans out in its own way. A national form has been tried out."),
)
EHC_14 = Rule(
    id="EHC-14",
    title=mark("Fifteen days on the draft"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(SEND_REGULATIONS, "regulation 13(1)", _REGULATION_13),
    page="draft-plan",
    text=mark(
        "The family has at least fifteen days, beginning with the day the draft was served, to say "
        "what it thinks, ask for a school and ask for a meeting. The plan is not final before."
    ),
)
EHC_15 = Rule(
    id="EHC-15",
    title=mark("The school the family asks for"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(CHILDREN_AND_FAMILIES_ACT, "sections 38 and 39", _NAMING),
    page="consultation",
    text=mark(
        "The authority consults the school or college that the family asks for, and names it "
        "unless it is unsuitable for the child's age, ability, aptitude or needs, or the child's "
        "place there would not fit with the efficient education of others or use of resources."
    ),
)
EHC_16 = Rule(
    id="EHC-16",
    title=mark("Reply of a consulted school: fifteen days"),
    kind=Kind.CLOCK,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("9.83"),
    page="consultation",
    text=mark(
        "A school that is consulted should reply within fifteen days. The authority may decide "
        "without its reply."
    ),
)
EHC_17 = Rule(
    id="EHC-17",
    title=mark("Final plan: twenty weeks"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(SEND_REGULATIONS, "regulation 13(2) and (3)", _REGULATION_13),
    page="needs-assessment",
    text=mark(
        "The final plan is sent to the family, the named setting and the health body within twenty "
        "weeks of the request, with notice of appeal, its time limit, mediation and advice."
    ),
    unverified=mark("Unverified: what regulation 14 asks to be sent with the plan."),
)
EHC_18 = Rule(
    id="EHC-18",
    title=mark("A named school admits"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(CHILDREN_AND_FAMILIES_ACT, "section 43(2)", _NAMING),
    page="consultation",
    text=mark(
        "A school that is named in the plan must admit the child. It cannot appeal; it can ask the "
        "Secretary of State or go to court."
    ),
)
EHC_19 = Rule(
    id="EHC-19",
    title=mark("What is in the plan is provided"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        CHILDREN_AND_FAMILIES_ACT,
        "section 42",
        "http://www.legislation.gov.uk/ukpga/2014/6/notes/division/4/3/11/6",
    ),
    page="keeping-a-plan",
    text=mark(
        "The authority must secure what is in section F, and the health body must arrange what is "
        "in section G, unless the family has made suitable arrangements itself."
    ),
)
EHC_20 = Rule(
    id="EHC-20",
    title=mark("Mainstream, and best endeavours"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        CHILDREN_AND_FAMILIES_ACT,
        "sections 33 and 66",
        "https://www.legislation.gov.uk/ukpga/2014/6/part/3/crossheading/"
        "special-educational-provision-functions-of-governing-bodies-and-others/enacted",
    ),
    page="keeping-a-plan",
    text=mark(
        "Mainstream education is the rule. Mainstream schools, maintained nurseries, academies, "
        "colleges and pupil referral units use their best endeavours to meet the needs."
    ),
    unverified=mark("Unverified: section 33, on mainstream education."),
)

RULES = (
    EHC_10, EHC_11, EHC_12, EHC_13, EHC_14, EHC_15,
    EHC_16, EHC_17, EHC_18, EHC_19, EHC_20,
)  # fmt: skip
