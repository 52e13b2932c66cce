"""Identifying needs, and the codes of the school census (IDN)."""

from datetime import date

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.strength import (
    CHILDREN_AND_FAMILIES_ACT,
    CODE_ADDRESS,
    CODE_OF_PRACTICE,
    SCHOOL_CENSUS,
    Evidence,
    Provision,
    Strength,
    code_of_practice,
)

_CENSUS_GUIDANCE = (
    "https://www.devon.gov.uk/support-schools-settings/send/send-strategic-support/"
    "devon-sen-census-guidance"
)
_CENSUS_SINCE = date(2015, 1, 1)

IDN_01 = Rule(
    id="IDN-01",
    title=mark("What special educational needs are"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        CHILDREN_AND_FAMILIES_ACT,
        "section 20",
        "http://www.legislation.gov.uk/ukpga/2014/6/part/3/enacted",
    ),
    page="sen-codes",
    text=mark(
        "A child has special educational needs where a learning difficulty or a disability calls "
        "for special educational provision. Speaking another language at home is never, by "
        "itself, a special educational need."
    ),
)
IDN_02 = Rule(
    id="IDN-02",
    title=mark("What special educational provision is"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        CHILDREN_AND_FAMILIES_ACT,
        "section 21",
        "https://docslib.org/doc/13776411/swindon-good-practice-guide-for-early-years-schools-colleges",
    ),
    page="graduated-approach",
    text=mark(
        "From the age of two: what is additional to, or different from, what mainstream schools "
        "and settings make for others of that age. Under two: education of any kind."
    ),
)
IDN_03 = Rule(
    id="IDN-03",
    title=mark("No diagnosis is needed"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        SCHOOL_CENSUS,
        "guidance to SENCOs",
        "https://hfleducation.org/blog/"
        "school-census-why-its-important-sencos-spring-clean-their-sen-data",
    ),
    page="sen-codes",
    text=mark(
        "A child needs no diagnosis to get SEN support or to have a type of need in the census."
    ),
)
IDN_04 = Rule(
    id="IDN-04",
    title=mark("Four broad areas of need"),
    kind=Kind.TABLE,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.28 to 6.35"),
    page="sen-codes",
    text=mark(
        "Communication and interaction; cognition and learning; social, emotional and mental "
        "health; sensory and physical needs. A pupil may have needs in several, changing over time."
    ),
)
IDN_05 = Rule(
    id="IDN-05",
    title=mark("Headings for adulthood"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        "Local practice, such as Somerset's",
        "",
        "https://www.somerset.gov.uk/children-families-and-education/the-local-offer/"
        "education-health-and-care-plans/"
        "education-health-and-care-plans-and-preparing-for-adulthood",
    ),
    page="graduated-approach",
    text=mark(
        "From Year 9 some authorities use other headings in a plan: learning and work, friends "
        "and community, being healthy, living independently."
    ),
)
IDN_06 = Rule(
    id="IDN-06",
    title=mark("SEN status in the census"),
    kind=Kind.TABLE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(SCHOOL_CENSUS, "SEN provision", _CENSUS_GUIDANCE),
    page="sen-codes",
    text=mark(
        "Every pupil has one status in every census: an EHC plan (E), SEN support (K) or no "
        "special educational need (N). A pupil being assessed keeps K or N until a final "
        "plan is issued."
    ),
    unverified=mark("Unverified: the days on which the older codes ended."),
)
IDN_07 = Rule(
    id="IDN-07",
    title=mark("Types of need"),
    kind=Kind.TABLE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(SCHOOL_CENSUS, "SEN type", _CENSUS_GUIDANCE),
    page="sen-codes",
    text=mark(
        "The census knows fourteen types of need. Down syndrome is one of them since the census of "
        "January 2025."
    ),
    unverified=mark("Unverified: that “no specialist assessment” may stand only with SEN support."),
)
IDN_08 = Rule(
    id="IDN-08",
    title=mark("Ranking of needs"),
    kind=Kind.TEST,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        SCHOOL_CENSUS,
        "SEN type rank",
        "https://www.schools.norfolk.gov.uk/article/72681/SEN-specific-census-guidance",
    ),
    page="census",
    text=mark(
        "A pupil with a plan or on SEN support has one main need (rank 1) and may have further "
        "ranked needs. No rank and no need is used twice. Statistics use the first two."
    ),
    unverified=mark("Unverified: the details of ranking beyond the main need."),
)
IDN_09 = Rule(
    id="IDN-09",
    title=mark("Census days and checks"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(SCHOOL_CENSUS, "census days", _CENSUS_GUIDANCE),
    page="census",
    text=mark(
        "The census is taken on the first Thursday in October, the third in January and the third "
        "in May, unless the Department for Education publishes another day. Before it, every "
        "pupil's status and needs are checked."
    ),
    first=_CENSUS_SINCE,
)
IDN_10 = Rule(
    id="IDN-10",
    title=mark("The census does not fund"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(SCHOOL_CENSUS, "guidance to SENCOs", _CENSUS_GUIDANCE),
    page="census",
    text=mark(
        "A school's budget for special educational needs does not depend on how many pupils it "
        "records as having them."
    ),
)
IDN_11 = Rule(
    id="IDN-11",
    title=mark("All pupils are assessed regularly"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.17 to 6.19"),
    page="graduated-approach",
    text=mark(
        "Teachers look for progress that is much slower than that of others who began alike, "
        "slower than before, or that leaves a gap open or widens it. The first answer is good "
        "teaching aimed at the weakness."
    ),
)
IDN_12 = Rule(
    id="IDN-12",
    title=mark("Concerns from anyone count"),
    kind=Kind.CLOCK,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.45"),
    page="concern-reply",
    text=mark(
        "The school takes a concern seriously whoever raises it, writes it down and compares it "
        "with what it knows. No plan, diagnosis or entry in a register is needed."
    ),
)
IDN_13 = Rule(
    id="IDN-13",
    title=mark("A short note of the first talk"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.38 to 6.40"),
    page="concern-reply",
    text=mark(
        "The school talks early with the pupil and the parents, puts a short note of it on the "
        "pupil's record and gives the note to the parents."
    ),
)
IDN_14 = Rule(
    id="IDN-14",
    title=mark("The decision is recorded"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.43"),
    page="tell-parents",
    text=mark("Where a school decides that a pupil has special educational needs, it records it."),
)
IDN_15 = Rule(
    id="IDN-15",
    title=mark("Tell the parents"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        CHILDREN_AND_FAMILIES_ACT,
        "section 68",
        "https://www.legislation.gov.uk/ukpga/2014/6/part/3/crossheading/"
        "special-educational-provision-functions-of-governing-bodies-and-others/enacted",
    ),
    page="tell-parents",
    text=mark(
        "Where special educational provision is made for a pupil who has no EHC plan, the school "
        "must tell the parent, or the young person."
    ),
    unverified=mark("Unverified: the list of kinds of school in section 68."),
)
IDN_16 = Rule(
    id="IDN-16",
    title=mark("Leaving SEN support"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.UNVERIFIED,
    provision=Provision(CODE_OF_PRACTICE, "chapter 6", CODE_ADDRESS),
    page="tell-parents",
    text=mark(
        "A pupil who no longer needs SEN support is recorded as having no special educational "
        "need, with the reason and the day, and the parents are told. The history stays."
    ),
)

RULES = (
    IDN_01, IDN_02, IDN_03, IDN_04, IDN_05, IDN_06, IDN_07, IDN_08,
    IDN_09, IDN_10, IDN_11, IDN_12, IDN_13, IDN_14, IDN_15, IDN_16,
)  # fmt: skip
