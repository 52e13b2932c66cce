"""Assess, plan, do, review (APD)."""

from datetime import date

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.rulebook.sources import EYFS, PUPIL_INFORMATION
from opensenco.law.strength import Evidence, Provision, Strength, code_of_practice

APD_01 = Rule(
    id="APD-01",
    title=mark("The cycle"),
    kind=Kind.TEST,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.44 to 6.56"),
    page="cycle-review",
    text=mark(
        "SEN support is a repeated cycle of four parts: assess, plan, do, review. Each round looks "
        "in more detail."
    ),
)
APD_02 = Rule(
    id="APD-02",
    title=mark("Assess"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.45 to 6.47"),
    page="graduated-approach",
    text=mark(
        "The teacher, with the SENCO, looks at what is known: assessments, progress, "
        "attainment, behaviour, others of that age, what parents and pupil say, and advice from "
        "outside."
    ),
)
APD_03 = Rule(
    id="APD-03",
    title=mark("Plan"),
    kind=Kind.CHECKLIST,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.48 to 6.51"),
    page="record-checks",
    text=mark(
        "The school tells the parents formally, and agrees with parents and pupil the outcomes "
        "hoped for, the support, the progress expected and a clear date for review."
    ),
)
APD_04 = Rule(
    id="APD-04",
    title=mark("Do"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.52"),
    page="graduated-approach",
    text=mark(
        "The class or subject teacher stays responsible from day to day, also where support is "
        "given outside the class, and works with assistants and specialists. The SENCO "
        "supports."
    ),
)
APD_05 = Rule(
    id="APD-05",
    title=mark("Review"),
    kind=Kind.CLOCK,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.53 to 6.56"),
    page="cycle-review",
    text=mark(
        "The support is reviewed on or before the agreed date: what it achieved, how good it was, "
        "and what the pupil and the parents think."
    ),
)
APD_06 = Rule(
    id="APD-06",
    title=mark("Specialists"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.UNVERIFIED,
    provision=code_of_practice("6.58 to 6.62"),
    page="graduated-approach",
    text=mark(
        "Where a pupil makes less progress than expected despite fitting support, the school "
        "turns to specialists. The parents agree first, and what was agreed is written down and "
        "shared."
    ),
)
APD_07 = Rule(
    id="APD-07",
    title=mark("Asking for an EHC needs assessment"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.UNVERIFIED,
    provision=code_of_practice("6.63"),
    page="graduated-approach",
    text=mark(
        "Where purposeful support has not brought the progress expected, the school thinks "
        "about asking for an assessment. The authority expects evidence of what was done."
    ),
)
APD_08 = Rule(
    id="APD-08",
    title=mark("Meet parents three times a year"),
    kind=Kind.CLOCK,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.65"),
    page="parent-meetings",
    text=mark(
        "The school meets the parents of each pupil on SEN support at least three times a year, "
        "led by a teacher who knows the pupil well and supported by the SENCO."
    ),
)
APD_09 = Rule(
    id="APD-09",
    title=mark("Record of the meeting"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.71"),
    page="parent-meetings",
    text=mark(
        "What was agreed at the meeting is written down, shared with the staff concerned and given "
        "to the parents."
    ),
)
APD_10 = Rule(
    id="APD-10",
    title=mark("A report every year"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        PUPIL_INFORMATION,
        "reports to parents",
        "https://schoolleaders.thekeysupport.com/pupils-and-parents/sen/specific/"
        "sen-support-termly-review-meetings-with-parents/",
    ),
    page="graduated-approach",
    text=mark("Every school reports to parents on their child's progress at least once a year."),
)
APD_11 = Rule(
    id="APD-11",
    title=mark("Records are kept up"),
    kind=Kind.CHECKLIST,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.72 to 6.78"),
    page="record-checks",
    text=mark(
        "The school keeps a record of the support it gives that is additional or different, over "
        "time, and of what it achieved."
    ),
)
APD_12 = Rule(
    id="APD-12",
    title=mark("Provision map"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.76 to 6.77"),
    page="graduated-approach",
    text=mark(
        "Nobody has to keep one. It shows all provision that is additional or different: what "
        "there is, for whom, how often, by whom, at what cost and with what result."
    ),
)
APD_13 = Rule(
    id="APD-13",
    title=mark("Plans have many names"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        "Local practice, such as Warwickshire's",
        "",
        "https://warwickshire.gov.uk/send-inclusion-guidance/"
        "introduction-send-inclusion-guidance/6",
    ),
    page="graduated-approach",
    text=mark(
        "Individual education plan, support plan, pupil passport, one-page profile: the same "
        "thing with local names."
    ),
)
APD_14 = Rule(
    id="APD-14",
    title=mark("Early years: arrangements"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("5.4"),
    page="early-years",
    text=mark(
        "Every provider has arrangements for children with special needs or a disability. Those "
        "funded by the authority have regard to the code."
    ),
)
APD_15 = Rule(
    id="APD-15",
    title=mark("Early years: the four parts"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("5.36 to 5.46"),
    page="early-years",
    text=mark(
        "Assess, plan, do, review, as in school: practitioner, SENCO and parents together. "
        "Parents are told formally when support is planned, and the key person stays "
        "responsible."
    ),
)
APD_16 = Rule(
    id="APD-16",
    title=mark("Two-year progress check"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        EYFS,
        "progress check at age two",
        "https://www.huttoft.lincs.sch.uk/Nursery/The-EYFS-Progress-Check-at-24-to-36-months/",
    ),
    page="two-year-check",
    text=mark(
        "Between the second and the third birthday the setting gives the parents a short "
        "written summary of strengths and of slower progress in the three prime areas and, "
        "where there are great concerns, a plan."
    ),
    unverified=mark("Unverified: which setting does it where a child goes to several."),
    first=date(2012, 9, 1),
)
APD_17 = Rule(
    id="APD-17",
    title=mark("Profile at the end of reception"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        EYFS,
        "early years foundation stage profile",
        "https://schoolleaders.thekeysupport.com/pupils-and-parents/engaging-parents-and-carers/"
        "pupil-reports-and-parents-evenings/eyfs-reports/",
    ),
    page="early-years-profile",
    text=mark(
        "At the end of reception the profile is completed for every child, adapted where "
        "needed, and the parents are given a written report."
    ),
    unverified=mark("Unverified: 30 June, and that it is done for every child."),
)
APD_18 = Rule(
    id="APD-18",
    title=mark("Early years: records"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.UNVERIFIED,
    provision=code_of_practice("5.50 to 5.51"),
    page="early-years",
    text=mark(
        "Settings keep records of progress, outcomes and support, open to parents. A learning "
        "journey may be the evidence."
    ),
)

RULES = (
    APD_01, APD_02, APD_03, APD_04, APD_05, APD_06, APD_07, APD_08, APD_09,
    APD_10, APD_11, APD_12, APD_13, APD_14, APD_15, APD_16, APD_17, APD_18,
)  # fmt: skip
