"""Information governance (GOV)."""

from datetime import date

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.rulebook.sources import (
    DATA_PROTECTION_ACT,
    PUPIL_INFORMATION,
    RECORDS_TOOLKIT,
    UK_GDPR,
    equality_act,
)
from opensenco.law.strength import SEND_REGULATIONS, THIS_HOUSE, Evidence, Provision, Strength

_DFE = (
    "https://www.gov.uk/guidance/data-protection-in-schools/data-protection-policies-and-procedures"
)
_SINCE = date(2018, 5, 25)

GOV_01 = Rule(
    id="GOV-01",
    title=mark("On what basis data are held"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        UK_GDPR,
        "articles 6(1)(e) and 9(2)(g)",
        "https://www.gov.uk/government/publications/"
        "privacy-information-early-years-foundation-stage-to-key-stage-3/"
        "privacy-information-early-years-foundation-stage-to-key-stage-3",
    ),
    page="information-governance",
    text=mark(
        "Data on special needs include health data. They are held for a public task and a "
        "substantial public interest, not on consent. That a parent agrees to a referral is "
        "another thing and is kept apart."
    ),
    unverified=mark("Unverified: that schools rest on the same basis as the department."),
    first=_SINCE,
)
GOV_02 = Rule(
    id="GOV-02",
    title=mark("Data protection impact assessment"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.UNVERIFIED,
    provision=Provision(UK_GDPR, "article 35", _DFE),
    page="information-governance",
    text=mark(
        "Before a school starts to hold health data of many children in a new system, it assesses "
        "what that may do to them."
    ),
    first=_SINCE,
)
GOV_03 = Rule(
    id="GOV-03",
    title=mark("Record of processing, notices and policies"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(UK_GDPR, "articles 13, 14 and 30", _DFE),
    page="information-governance",
    text=mark("A school writes down what it does with data, tells people, and has policies."),
    first=_SINCE,
)
GOV_04 = Rule(
    id="GOV-04",
    title=mark("Subject access request"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        UK_GDPR,
        "articles 12, 12A and 15",
        "https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/individual-rights/"
        "right-of-access/what-should-we-consider-when-responding-to-a-request/",
    ),
    page="subject-access",
    text=mark(
        "Whoever asks, in whatever form, gets their data within one month of the day the request "
        "came in, the next working day where that ends on a weekend or bank holiday. If the "
        "request is complex, two further months can be added by telling them in the first. "
        "School holidays do not stop the clock."
    ),
    unverified=mark(
        "Unverified: the move to the next working day, which is the commissioner's rule, and that "
        "a month “beginning with” a day ends on the same day of the next month."
    ),
    first=_SINCE,
)
GOV_05 = Rule(
    id="GOV-05",
    title=mark("A parent's right to the educational record"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        PUPIL_INFORMATION, "regulation 5", "https://www.legislation.gov.uk/uksi/2005/1437"
    ),
    page="education-record",
    text=mark(
        "A school maintained by an authority lets a parent see the educational record, free, "
        "within 15 school days of a written request. Academies are not bound by this."
    ),
    unverified=mark("Unverified: that special schools which nobody maintains are bound too."),
    first=date(2005, 7, 8),
)
GOV_06 = Rule(
    id="GOV-06",
    title=mark("What may be held back"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.UNVERIFIED,
    provision=Provision(DATA_PROTECTION_ACT, "Schedules 2 to 4"),
    page="subject-access",
    text=mark(
        "What would do serious harm, tells of others, belongs to exams or social work, or is under "
        "legal privilege can be held back. Each piece is blacked out with its reason."
    ),
    first=_SINCE,
)
GOV_07 = Rule(
    id="GOV-07",
    title=mark("How long records are kept"),
    kind=Kind.CLOCK,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        RECORDS_TOOLKIT,
        "special educational needs files",
        "https://www.sencosolutions.co.uk/data-retention/",
    ),
    page="retention",
    text=mark(
        "The last school keeps files on special needs, EHC plans and reviews until the pupil would "
        "be 31: 25 years for the longest a plan can run, and six more. A legal hold keeps them "
        "longer, and a local policy may differ."
    ),
)
GOV_08 = Rule(
    id="GOV-08",
    title=mark("Who may see what"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(THIS_HOUSE, "access to records"),
    page="information-governance",
    text=mark(
        "People see as much as their role, their school and their work with the pupil need. "
        "Opening more in an emergency takes a reason, and reading is recorded."
    ),
)
GOV_09 = Rule(
    id="GOV-09",
    title=mark("Sharing an EHC plan"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.UNVERIFIED,
    provision=Provision(
        SEND_REGULATIONS,
        "regulation 17",
        "https://legislation.gov.uk/uksi/2014/1530/contents/2016-12-19",
    ),
    page="information-governance",
    text=mark("Who may be given an EHC plan without the child's consent stands in EHC-22."),
)
GOV_10 = Rule(
    id="GOV-10",
    title=mark("Parental responsibility"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(THIS_HOUSE, "parents"),
    page="information-governance",
    text=mark(
        "More than one person may be a parent. Each has an address, limits that a court has set, "
        "and a note of what they are sent."
    ),
)
GOV_11 = Rule(
    id="GOV-11",
    title=mark("Telling the commissioner of a breach"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.UNVERIFIED,
    provision=Provision(UK_GDPR, "article 33"),
    page="data-breach",
    text=mark(
        "A breach of personal data that puts people at risk is reported to the Information "
        "Commissioner within 72 hours of becoming known, weekends and holidays included."
    ),
    first=_SINCE,
)
GOV_12 = Rule(
    id="GOV-12",
    title=mark("Information that people can use"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.UNVERIFIED,
    provision=equality_act("section 20"),
    page="information-governance",
    text=mark(
        "Large print, easy read, another language or an interpreter, as the person needs. What "
        "they asked for is kept, so that they need not ask again."
    ),
)
GOV_13 = Rule(
    id="GOV-13",
    title=mark("Small numbers stay hidden"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(THIS_HOUSE, "families and districts of schools"),
    page="information-governance",
    text=mark(
        "Families of schools and districts see numbers and codes instead of names, and numbers "
        "under 5 are hidden."
    ),
)

RULES = (
    GOV_01, GOV_02, GOV_03, GOV_04, GOV_05, GOV_06, GOV_07,
    GOV_08, GOV_09, GOV_10, GOV_11, GOV_12, GOV_13,
)  # fmt: skip
