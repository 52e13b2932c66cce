"""Duties of schools: report, access, equality, inclusion (SCH)."""

from datetime import date

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.rulebook.sources import (
    BEST_ENDEAVOURS,
    INCLUSION_STRATEGY,
    INFORMATION_REPORT,
    equality_act,
    families_act,
)
from opensenco.law.strength import (
    CODE_ADDRESS,
    CODE_OF_PRACTICE,
    Evidence,
    Provision,
    Strength,
    code_of_practice,
)

SCH_01 = Rule(
    id="SCH-01",
    title=mark("Best endeavours"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=BEST_ENDEAVOURS,
    page="school-duties",
    text=mark(
        "A school must do all that it reasonably can to see that a pupil's special educational "
        "needs are met, with an EHC plan or without."
    ),
)
SCH_02 = Rule(
    id="SCH-02",
    title=mark("Pupils with needs take part"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=families_act("section 35"),
    page="school-duties",
    text=mark(
        "Pupils with special educational needs take part in the life of the school together with "
        "the others, as far as that can reasonably be done."
    ),
)
SCH_03 = Rule(
    id="SCH-03",
    title=mark("What an SEN information report holds"),
    kind=Kind.CHECKLIST,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=INFORMATION_REPORT,
    page="information-report",
    text=mark(
        "Maintained schools, maintained nursery schools and academies publish a report on how they "
        "carry out their policy for special educational needs. The regulations list its topics; "
        "section 69 of the Act adds how disabled pupils are admitted, treated and given access."
    ),
    unverified=mark(
        "Unverified: that the report also tells of looked-after pupils with special needs."
    ),
)
SCH_04 = Rule(
    id="SCH-04",
    title=mark("Publishing the SEN information report"),
    kind=Kind.CLOCK,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.79"),
    page="information-report",
    text=mark(
        "The report stands on the school's website. It is brought up to date every year, and as "
        "soon as possible when something in it changes during the year."
    ),
)
SCH_05 = Rule(
    id="SCH-05",
    title=mark("SEN policy"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(CODE_OF_PRACTICE, "chapter 6", CODE_ADDRESS),
    page="information-report",
    text=mark("Nothing lays down what the SEN policy holds. It often stands beside the report."),
)
SCH_06 = Rule(
    id="SCH-06",
    title=mark("A governor for special educational needs"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=code_of_practice("6.3"),
    page="school-duties",
    text=mark(
        "One governor or a committee watches over the arrangements for special educational needs "
        "and disability. They look at how the school works, not at single pupils."
    ),
)
SCH_07 = Rule(
    id="SCH-07",
    title=mark("Accessibility plan"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=equality_act(
        "Schedule 10, paragraph 3",
        "https://www.lexisnexis.co.uk/legal/legislation/uk-parliament-acts/"
        "equality-act-2010-c15/schedule-10",
    ),
    page="accessibility-plan",
    text=mark(
        "A school has a written plan, published and carried out, for more access to the "
        "curriculum, to the building and to written information. It is reviewed every three years."
    ),
    first=date(2010, 10, 1),
)
SCH_08 = Rule(
    id="SCH-08",
    title=mark("Reasonable adjustments"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=equality_act("section 20 and Schedule 13"),
    page="accessibility-plan",
    text=mark(
        "A school thinks ahead and makes reasonable adjustments for disabled pupils, auxiliary "
        "aids and services among them. A disabled pupil need not have special educational needs."
    ),
)
SCH_09 = Rule(
    id="SCH-09",
    title=mark("Records ready for inspection"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        "Ofsted: school inspection toolkit",
        "inclusion",
        "https://www.remarkableminds.app/answers/how-do-we-prepare-for-a-send-focused-ofsted-inspection",
    ),
    page="school-duties",
    text=mark(
        "Since 10 November 2025 inspectors grade inclusion by itself and follow about six pupils "
        "through their need, support, progress and views."
    ),
    first=date(2025, 11, 10),
)
SCH_10 = Rule(
    id="SCH-10",
    title=mark("Inclusion strategy"),
    kind=Kind.CLOCK,
    strength=Strength.GRANT,
    evidence=Evidence.READ,
    provision=INCLUSION_STRATEGY,
    page="inclusion-strategy",
    text=mark(
        "A mainstream school that is given money from the Inclusive Mainstream Fund publishes an "
        "inclusion strategy on its website by 31 December 2026, with what it does and what that "
        "costs. A strategy for several years is reviewed each year."
    ),
    unverified=mark("Unverified: the seven principles that the strategy follows."),
    first=date(2026, 4, 1),
)
SCH_11 = Rule(
    id="SCH-11",
    title=mark("Use of force is recorded"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        "Guidance on the use of force in schools",
        "recording and reporting",
        "https://dagdevon.uk/2026/03/30/restrictive-interventions/",
    ),
    page="school-duties",
    text=mark(
        "Since 1 April 2026 a school records each significant use of force and reports it to the "
        "parents, and the governors look at the numbers."
    ),
    first=date(2026, 4, 1),
)

RULES = (
    SCH_01, SCH_02, SCH_03, SCH_04, SCH_05, SCH_06, SCH_07, SCH_08, SCH_09, SCH_10, SCH_11,
)  # fmt: skip
