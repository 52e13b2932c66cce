"""Growing up and moving on: rights, records and adulthood (TRA)."""

from datetime import date

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.strength import (
    CHILDREN_AND_FAMILIES_ACT,
    THIS_HOUSE,
    Evidence,
    Provision,
    Strength,
    code_of_practice,
)

PUPIL_INFORMATION = "Education (Pupil Information) (England) Regulations 2005 (SI 2005/1437)"
_SINCE_2005 = date(2005, 9, 1)

TRA_01 = Rule(
    id="TRA-01",
    title=mark("Rights pass to the young person"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        CHILDREN_AND_FAMILIES_ACT,
        "section 83, with section 8 of the Education Act 1996",
        "https://www.somerset.gov.uk/children-families-and-education/the-local-offer/"
        "education-health-and-care-plans/education-health-and-care-plans-and-preparing-for-adulthood",
    ),
    page="compulsory-school-age",
    text=mark(
        "Compulsory school age ends on the last Friday in June of the academic year in which a "
        "pupil turns 16. From then on the young person asks, comments, chooses and appeals, if "
        "they have the capacity; parents go on being involved where the young person agrees."
    ),
)
TRA_02 = Rule(
    id="TRA-02",
    title=mark("Plans at the moves between phases"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        "Special Educational Needs and Disability Regulations 2014 (SI 2014/1530)",
        "regulation 18",
        "https://legislation.gov.uk/uksi/2014/1530/part/2/crossheading/reviews-and-reassessments",
    ),
    page="phase-transfer",
    text=mark("A pupil's EHC plan is amended in time for the next phase: see rule REV-15."),
)
TRA_03 = Rule(
    id="TRA-03",
    title=mark("Moving on with SEN support"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.UNVERIFIED,
    provision=code_of_practice("5.47 and 6.57"),
    page="record-transfer",
    text=mark(
        "What is passed on about a pupil on SEN support is agreed with the parents and the pupil. "
        "Visits are planned, and the next SENCO may come to the last review."
    ),
)
TRA_04 = Rule(
    id="TRA-04",
    title=mark("Records follow the pupil"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        PUPIL_INFORMATION,
        "regulation 9",
        "https://www.legislation.gov.uk/uksi/2005/1437/regulation/9",
    ),
    page="record-transfer",
    text=mark(
        "A maintained school sends the common transfer file and the educational record to the next "
        "school within fifteen school days after the pupil has left its roll."
    ),
    unverified=mark("Unverified: the exact words for the day from which it counts."),
    first=_SINCE_2005,
)
TRA_05 = Rule(
    id="TRA-05",
    title=mark("Child protection file"),
    kind=Kind.CLOCK,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        "Keeping children safe in education",
        "transfer of the child protection file",
        "https://egfl.org.uk/services-children/children-missing-education-cme/"
        "leaver%E2%80%99s-folder-checklist/transfer-leavers-files",
    ),
    page="record-transfer",
    text=mark(
        "The child protection file goes separately to the next school's safeguarding lead, within "
        "five days of that school being confirmed."
    ),
)
TRA_06 = Rule(
    id="TRA-06",
    title=mark("The SEN file"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        "Custom of schools", "SEN file", "https://www.sencosolutions.co.uk/data-retention/"
    ),
    page="record-transfer",
    text=mark(
        "The SEN file goes whole from SENCO to SENCO against a receipt. A copy is kept only where "
        "it is still needed, such as for a request or a dispute that is open."
    ),
)
TRA_07 = Rule(
    id="TRA-07",
    title=mark("What prepares for adulthood"),
    kind=Kind.CHECKLIST,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("chapter 8"),
    page="adulthood-review",
    text=mark(
        "From Year 9 every review looks at four things: higher education or work, independent "
        "living, taking part in society, and being as healthy as possible."
    ),
)
TRA_08 = Rule(
    id="TRA-08",
    title=mark("Leaving for home education"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(THIS_HOUSE, "home education and the last school"),
    page="record-transfer",
    text=mark(
        "Where a pupil leaves to be educated at home, the last school keeps the file for the time "
        "for which it has to be kept."
    ),
    unverified=mark("Unverified: where this stands, and what new registers will ask."),
)

RULES = (TRA_01, TRA_02, TRA_03, TRA_04, TRA_05, TRA_06, TRA_07, TRA_08)
