"""The SENCO: who must have one, who may be one, the award, and the work (ROL)."""

from datetime import date

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.strength import (
    CHILDREN_AND_FAMILIES_ACT,
    SEND_REGULATIONS,
    THIS_HOUSE,
    Evidence,
    Provision,
    Strength,
    code_of_practice,
)

FIRST_AWARD = date(2009, 9, 1)
"""Only who became a SENCO after this day needs the award."""

_REGULATION_49 = "https://legislation.gov.uk/uksi/2014/1530/regulation/49"
_REGULATION_50 = Provision(
    SEND_REGULATIONS,
    "regulation 50",
    "http://www.legislation.gov.uk/uksi/2014/1530/part/3/crossheading/"
    "special-educational-needs-coordinators",
)
_DESIGNATE = Provision(
    CHILDREN_AND_FAMILIES_ACT,
    "section 67",
    "https://www.legislation.gov.uk/ukpga/2014/6/part/3/crossheading/"
    "special-educational-provision-functions-of-governing-bodies-and-others/enacted",
)

ROL_01 = Rule(
    id="ROL-01",
    title=mark("A school designates a SENCO"),
    kind=Kind.TEST,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=_DESIGNATE,
    page="senco",
    text=mark(
        "The governing body or proprietor of every mainstream school and maintained nursery "
        "school must designate a member of staff at the school as SENCO. Other settings may have "
        "one by choice, or are asked to by guidance. One person at a time is the designated SENCO."
    ),
)
ROL_02 = Rule(
    id="ROL-02",
    title=mark("Kinds of setting"),
    kind=Kind.TABLE,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        SEND_REGULATIONS,
        "regulation 2",
        "https://www.legislation.gov.uk/uksi/2014/1530/part/1",
    ),
    page="senco",
    text=mark(
        "Which rules apply follows from the legal kind of the setting. It is recorded for each "
        "setting, and “school” is never assumed."
    ),
)
ROL_03 = Rule(
    id="ROL-03",
    title=mark("The SENCO is a teacher of the school, or its head"),
    kind=Kind.TEST,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(SEND_REGULATIONS, "regulation 49(1) to (3)", _REGULATION_49),
    page="senco",
    text=mark(
        "The SENCO is either a qualified teacher who has completed induction, where it is asked "
        "for, and works as a teacher at this school, or the head or acting head of this school."
    ),
)
ROL_04 = Rule(
    id="ROL-04",
    title=mark("Who needs the award"),
    kind=Kind.TEST,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(SEND_REGULATIONS, "regulation 49(4)", _REGULATION_49),
    page="senco-award",
    text=mark(
        "Someone who became SENCO at the school after 1 September 2009 needs the award, unless "
        "they had been SENCO of relevant schools for more than twelve months in all before that. "
        "Exactly twelve months is not enough."
    ),
    unverified=mark(
        "Unverified: what follows where someone served more than twelve months without the award "
        "and then moved to another school."
    ),
    first=FIRST_AWARD,
)
ROL_05 = Rule(
    id="ROL-05",
    title=mark("Three years for the award"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(SEND_REGULATIONS, "regulation 49(4)", _REGULATION_49),
    page="senco-award",
    text=mark(
        "Who needs the award and does not hold it may be SENCO up to the third anniversary of the "
        "day on which they first became a SENCO anywhere. Moving school does not start it anew."
    ),
    first=FIRST_AWARD,
)
ROL_06 = Rule(
    id="ROL-06",
    title=mark("Which award counts"),
    kind=Kind.TEST,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        SEND_REGULATIONS,
        "regulation 49(7) to (9), inserted by SI 2024/535",
        "https://www.legislation.gov.uk/id/uksi/2024/535/regulation/2",
    ),
    page="senco-award",
    text=mark(
        "The National Award for SEN Co-ordination counts if it was started before 1 September "
        "2024 and completed before 1 September 2027. For a course started from 1 September 2024 "
        "on, it is the National Professional Qualification for SENCOs."
    ),
    first=FIRST_AWARD,
)
ROL_07 = Rule(
    id="ROL-07",
    title=mark("Register of SENCOs and awards"),
    kind=Kind.TEST,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(THIS_HOUSE, "what a governing body is told about the award"),
    page="senco-award",
    text=mark(
        "The days of every time as SENCO, the course, its start and its award are kept. The "
        "governing body is told: holds the award, exempt, in time, at risk, or in breach."
    ),
    first=FIRST_AWARD,
)
ROL_08 = Rule(
    id="ROL-08",
    title=mark("The governing body decides the role"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=_REGULATION_50,
    page="senco-work",
    text=mark(
        "The governing body or proprietor decides what part the SENCO has in leading the school "
        "and which functions they have, and watches how well these are carried out."
    ),
)
ROL_09 = Rule(
    id="ROL-09",
    title=mark("Functions a SENCO may be given"),
    kind=Kind.CHECKLIST,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        SEND_REGULATIONS, "regulation 50(3)", "http://www.ricelaneprimary.co.uk/role-of-senco/"
    ),
    page="senco-work",
    text=mark(
        "The regulations list functions that the governing body may give to the SENCO, for each "
        "pupil and for the school. Each that was given is shown with what was done."
    ),
    unverified=mark("Unverified: the exact words of regulation 50(3)."),
)
ROL_10 = Rule(
    id="ROL-10",
    title=mark("Key responsibilities"),
    kind=Kind.CHECKLIST,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.90"),
    page="senco-work",
    text=mark(
        "The code lists what a SENCO's work may hold, from running the school's policy day by day "
        "to keeping the records of all pupils with special educational needs up to date."
    ),
)
ROL_11 = Rule(
    id="ROL-11",
    title=mark("A part in leading the school"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.87 to 6.89"),
    page="senco-work",
    text=mark(
        "The SENCO helps the head and the governors to set the direction for special educational "
        "needs, and does so best as a member of the leadership team. They advise colleagues and "
        "know the Local Offer."
    ),
    unverified=mark("Unverified: the wording of paragraphs 6.87 to 6.89."),
)
ROL_12 = Rule(
    id="ROL-12",
    title=mark("Time and support"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.91"),
    page="senco-work",
    text=mark(
        "The school should give the SENCO enough time away from teaching, and help with "
        "administration, as it does for other important roles. The law names no number of hours."
    ),
)
ROL_13 = Rule(
    id="ROL-13",
    title=mark("Smaller primary schools may share a SENCO"),
    kind=Kind.TEST,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.92"),
    page="shared-senco",
    text=mark(
        "Several smaller primary schools may share a SENCO if every other condition is met and "
        "time and help are enough for the pupils of all of them together. Whether the SENCO may "
        "be one is asked at each school."
    ),
    unverified=mark("Unverified: that the SENCO has to work as a teacher at each of the schools."),
)
ROL_14 = Rule(
    id="ROL-14",
    title=mark("Limits on sharing"),
    kind=Kind.TEST,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.93"),
    page="shared-senco",
    text=mark(
        "A shared SENCO should not normally have much class teaching, and should not be the head "
        "of one of the schools."
    ),
)
ROL_15 = Rule(
    id="ROL-15",
    title=mark("Sharing is reviewed"),
    kind=Kind.CLOCK,
    strength=Strength.SHOULD,
    evidence=Evidence.UNVERIFIED,
    provision=code_of_practice("6.94"),
    page="shared-senco",
    text=mark(
        "The schools look regularly at how well sharing works, and end it where there is evidence "
        "that provision or progress suffers. The code names no interval."
    ),
)
ROL_16 = Rule(
    id="ROL-16",
    title=mark("A team, or a SENCO for each phase"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(THIS_HOUSE, "team under one designated SENCO"),
    page="shared-senco",
    text=mark(
        "A school may divide the work by phase or have a team. One person is still the designated "
        "SENCO and is named in the SEN information report."
    ),
)

RULES = (
    ROL_01, ROL_02, ROL_03, ROL_04, ROL_05, ROL_06, ROL_07, ROL_08,
    ROL_09, ROL_10, ROL_11, ROL_12, ROL_13, ROL_14, ROL_15, ROL_16,
)  # fmt: skip
