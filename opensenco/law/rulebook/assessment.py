"""Asking for an EHC needs assessment, deciding, and getting advice (EHC-01 to EHC-09)."""

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.strength import (
    CHILDREN_AND_FAMILIES_ACT,
    SEND_REGULATIONS,
    Evidence,
    Provision,
    Strength,
)

_SECTION_36 = "https://legislation.gov.uk/ukpga/2014/6/section/36"

EHC_01 = Rule(
    id="EHC-01",
    title=mark("Who may ask for an assessment"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(CHILDREN_AND_FAMILIES_ACT, "section 36(1) and (3)", _SECTION_36),
    page="ehc-requests",
    text=mark(
        "The parent, the young person, or somebody acting for a school or college may ask. Anyone "
        "else may bring a child to the authority's notice. The Act does not make the parent's "
        "consent a condition of a school's request; talking to the family first is good practice."
    ),
)
EHC_02 = Rule(
    id="EHC-02",
    title=mark("The family is consulted"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(CHILDREN_AND_FAMILIES_ACT, "section 36(4)", _SECTION_36),
    page="ehc-requests",
    text=mark(
        "Before it decides whether to assess, the authority consults the parent or young person."
    ),
)
EHC_03 = Rule(
    id="EHC-03",
    title=mark("Who else is told of a request"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        SEND_REGULATIONS,
        "regulation 4",
        "https://legislation.gov.uk/uksi/2014/1530/contents/2016-12-19",
    ),
    page="ehc-requests",
    text=mark(
        "When it considers an assessment, the authority tells the family, the health body, social "
        "care, and the head, principal or early-years provider."
    ),
    unverified=mark("Unverified: the list in regulation 4."),
)
EHC_04 = Rule(
    id="EHC-04",
    title=mark("Decision whether to assess: six weeks"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        SEND_REGULATIONS,
        "regulation 5",
        "https://legislation.gov.uk/uksi/2014/1530/regulation/5",
    ),
    page="needs-assessment",
    text=mark(
        "The authority tells the family whether it will assess as soon as it can, and within six "
        "weeks of getting the request. A refusal says how and until when to appeal, and where to "
        "find mediation, help with disagreements, and advice."
    ),
)
EHC_05 = Rule(
    id="EHC-05",
    title=mark("The test for an assessment"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(CHILDREN_AND_FAMILIES_ACT, "section 36(8)", _SECTION_36),
    page="ehc-requests",
    text=mark(
        "May the child have special educational needs, and may provision through a plan be "
        "necessary? An authority's own thresholds cannot take the place of these two questions."
    ),
    unverified=mark("Unverified: the wording of the test."),
)
EHC_06 = Rule(
    id="EHC-06",
    title=mark("Six months since the last assessment"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(CHILDREN_AND_FAMILIES_ACT, "section 36(6)", _SECTION_36),
    page="ehc-requests",
    text=mark(
        "The duty to consider a request holds where there is no plan and no assessment was made in "
        "the six months before. An earlier request may be made, and the authority may take it up."
    ),
)
EHC_07 = Rule(
    id="EHC-07",
    title=mark("Advice, and six weeks to give it"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        SEND_REGULATIONS,
        "regulations 6 and 8",
        "https://www.siass.co.uk/sp_faq/who-should-be-asked-for-advice/",
    ),
    page="advice",
    text=mark(
        "The authority asks the family, the school or provider, health, an educational "
        "psychologist, social care and others it thinks right, from Year 9 on about preparing for "
        "adulthood, and anyone the family reasonably asks for. Each replies within six weeks of "
        "being asked. Advice is not asked for again where its author, the authority and the family "
        "all accept what is there."
    ),
    unverified=mark("Unverified: two of the exceptions, special circumstances and absence."),
)
EHC_08 = Rule(
    id="EHC-08",
    title=mark("Exceptions to the authority's limits"),
    kind=Kind.TEST,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        SEND_REGULATIONS,
        "regulations 5(4), 10(4), 13(3) and 27(3)",
        "https://legislation.gov.uk/uksi/2014/1530/regulation/5",
    ),
    page="needs-assessment",
    text=mark(
        "The limits of 6, 16 and 20 weeks need not be met where that is impractical for one of "
        "these reasons and no other: advice was asked of a school or provider from one week before "
        "it closed for four weeks or more until one week before it opened again; exceptional "
        "personal circumstances of the child or family; their absence from the area for four weeks "
        "or more. Workload, or advice that comes late, is no exception."
    ),
    unverified=mark("Unverified: the exception for absence from the area."),
)
EHC_09 = Rule(
    id="EHC-09",
    title=mark("Decision not to make a plan: sixteen weeks"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        SEND_REGULATIONS,
        "regulation 10",
        "http://www.legislation.gov.uk/uksi/2014/1530/regulation/10/made",
    ),
    page="needs-assessment",
    text=mark(
        "Where the authority decides that no plan is needed, it tells the family, the health body "
        "and the setting within sixteen weeks of the request, with reasons and the ways to appeal, "
        "to mediation and to advice."
    ),
)

RULES = (EHC_01, EHC_02, EHC_03, EHC_04, EHC_05, EHC_06, EHC_07, EHC_08, EHC_09)
