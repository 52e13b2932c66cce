"""Reforms of 2024 to 2026: in force, enacted, or only proposed (REF)."""

from datetime import date

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.rulebook.sources import (
    INCLUSION_STRATEGY,
    WHITE_PAPER_PROPOSALS,
    schools_act_2026,
)
from opensenco.law.strength import SCHOOL_CENSUS, Evidence, Provision, Strength

REF_01 = Rule(
    id="REF-01",
    title=mark("A new qualification for SENCOs"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        "SI 2024/535",
        "regulation 2",
        "https://www.legislation.gov.uk/id/uksi/2024/535/regulation/2",
    ),
    page="reforms",
    text=mark(
        "Since 1 September 2024 the qualification is the NPQ for SENCOs. The older award counts "
        "if it was begun before that day and is completed before 1 September 2027."
    ),
    first=date(2024, 9, 1),
)
REF_02 = Rule(
    id="REF-02",
    title=mark("Down syndrome in the census"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        SCHOOL_CENSUS,
        "SEN type",
        "https://www.learningdisabilitytoday.co.uk/news/"
        "downs-syndrome-to-be-included-in-the-school-census/",
    ),
    page="reforms",
    text=mark("Since the census of January 2025 Down syndrome is a type of need of its own (DS)."),
    first=date(2025, 1, 1),
)
REF_03 = Rule(
    id="REF-03",
    title=mark("Area inspections revised"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.READ,
    provision=Provision(
        "Area SEND inspections: framework and handbook (2023, updated 6 June 2025)",
        "",
        "https://www.gov.uk/government/publications/area-send-framework-and-handbook/"
        "area-send-inspections-framework-and-handbook",
    ),
    page="reforms",
    text=mark("The framework of area inspections was revised on 6 June 2025 (LAA-05)."),
    first=date(2025, 6, 6),
)
REF_04 = Rule(
    id="REF-04",
    title=mark("Inclusion is graded"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        "Ofsted: school inspection toolkit",
        "inclusion",
        "https://jmcinset.com/guide-ofsted-inspection-inclusion",
    ),
    page="reforms",
    text=mark("Since 10 November 2025 school inspections grade inclusion by itself (SCH-09)."),
    first=date(2025, 11, 10),
)
REF_05 = Rule(
    id="REF-05",
    title=mark("Inclusion strategies"),
    kind=Kind.CLOCK,
    strength=Strength.GRANT,
    evidence=Evidence.READ,
    provision=INCLUSION_STRATEGY,
    page="inclusion-strategy",
    text=mark("Schools with this grant publish an inclusion strategy by 31 December 2026."),
    first=date(2026, 4, 1),
)
REF_06 = Rule(
    id="REF-06",
    title=mark("More early years money is passed on"),
    kind=Kind.NOTE,
    strength=Strength.GRANT,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        "Early years funding 2026 to 2027",
        "",
        "https://www.mortonmichel.com/news/early-years-funding-rates-announced",
    ),
    page="reforms",
    text=mark(
        "In 2026/27 there is an Inclusive Early Years Fund, and authorities pass on 97 per cent of "
        "their early years money."
    ),
    first=date(2026, 4, 1),
)
REF_07 = Rule(
    id="REF-07",
    title=mark("Use of force is reported"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        "Guidance on the use of force in schools",
        "",
        "https://dagdevon.uk/2026/03/30/restrictive-interventions/",
    ),
    page="reforms",
    text=mark("Since 1 April 2026 significant uses of force are recorded and reported (SCH-11)."),
    first=date(2026, 4, 1),
)
REF_08 = Rule(
    id="REF-08",
    title=mark("White Paper and Bill"),
    kind=Kind.NOTE,
    strength=Strength.PROPOSED,
    evidence=Evidence.SECONDARY,
    provision=WHITE_PAPER_PROPOSALS,
    page="reforms",
    text=mark(
        "The proposals came out on 23 February 2026, the consultation closed on 18 May 2026, and "
        "an Education for All Bill was announced on 13 May 2026. Until a new law is in force, "
        "the law, the rights and the clocks of today stay."
    ),
    unverified=mark("Unverified: everything after July 2026."),
    first=date(2026, 2, 23),
)
REF_09 = Rule(
    id="REF-09",
    title=mark("Individual Support Plan, proposed"),
    kind=Kind.CLOCK,
    strength=Strength.PROPOSED,
    evidence=Evidence.SECONDARY,
    provision=WHITE_PAPER_PROPOSALS,
    page="support-plan-proposed",
    text=mark(
        "Proposed: from September 2029 nurseries, schools and colleges keep a digital plan, made "
        "with the parents and reviewed at least once a year, for each child with needs above the "
        "universal offer. Eight weeks to make one were consulted on. It is not law."
    ),
    unverified=mark("Unverified: whether eight weeks are still meant."),
    first=date(2026, 2, 23),
)
REF_10 = Rule(
    id="REF-10",
    title=mark("Children not in school: registers"),
    kind=Kind.NOTE,
    strength=Strength.PROPOSED,
    evidence=Evidence.READ,
    provision=schools_act_2026(38),
    page="reforms",
    text=mark(
        "Enacted, not known to be in force: authorities register children taught at home, flexibly "
        "or by part-time arrangements, and may ask for a visit within 15 days."
    ),
    first=date(2026, 4, 29),
)
REF_11 = Rule(
    id="REF-11",
    title=mark("Allergy safety: enacted"),
    kind=Kind.NOTE,
    strength=Strength.PROPOSED,
    evidence=Evidence.READ,
    provision=schools_act_2026(34),
    page="reforms",
    text=mark("Enacted, not known to be in force: schools have an allergy safety policy (MED-05)."),
    unverified=mark("Unverified: from which day this section is in force."),
    first=date(2026, 4, 29),
)
REF_12 = Rule(
    id="REF-12",
    title=mark("A national form for EHC plans"),
    kind=Kind.NOTE,
    strength=Strength.PROPOSED,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        "National EHC plan template, Department for Education",
        "in trial",
        "https://leedslocaloffer.org.uk/education/education-health-and-care-plans-ehcp",
    ),
    page="reforms",
    text=mark("Some authorities try a national form for EHC plans. Nobody has to use it."),
)

RULES = (
    REF_01, REF_02, REF_03, REF_04, REF_05, REF_06,
    REF_07, REF_08, REF_09, REF_10, REF_11, REF_12,
)  # fmt: skip
