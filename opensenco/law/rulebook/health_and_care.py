"""Medical conditions (MED) and looked-after pupils (LAC)."""

from datetime import date

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.rulebook.sources import families_act, schools_act_2026
from opensenco.law.strength import Evidence, Provision, Strength

_GUIDANCE = Provision(
    "Supporting pupils at school with medical conditions (statutory guidance)",
    "individual healthcare plans",
    "https://readkong.com/page/supporting-pupils-at-school-with-medical-conditions-4546435",
)
_DESIGNATED = (
    "https://centralbedfordshire.gov.uk/info/321/children_in_care/1772/"
    "designated_teachers_in_schools_and_education_settings/7"
)

MED_01 = Rule(
    id="MED-01",
    title=mark("Pupils with medical conditions"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=families_act("section 100"),
    page="medical-plan",
    text=mark(
        "Maintained schools, academies and pupil referral units make arrangements for pupils with "
        "medical conditions and have a policy for it."
    ),
)
MED_02 = Rule(
    id="MED-02",
    title=mark("Individual healthcare plan"),
    kind=Kind.CLOCK,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=_GUIDANCE,
    page="medical-plan",
    text=mark(
        "A pupil who needs one has a healthcare plan. It is reviewed at least once a year, and "
        "earlier when the needs change."
    ),
    unverified=mark("Unverified: what the guidance says of the plan in detail."),
)
MED_03 = Rule(
    id="MED-03",
    title=mark("New diagnosis, or a move during the year"),
    kind=Kind.CLOCK,
    strength=Strength.SHOULD,
    evidence=Evidence.UNVERIFIED,
    provision=_GUIDANCE,
    page="medical-plan",
    text=mark("The school does all it can to have arrangements in place within two weeks."),
)
MED_04 = Rule(
    id="MED-04",
    title=mark("Medicines and training"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=_GUIDANCE,
    page="medical-plan",
    text=mark("The school keeps records of the medicines it gives and of who is trained for it."),
)
MED_05 = Rule(
    id="MED-05",
    title=mark("Allergy safety policy"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=schools_act_2026(34),
    page="medical-plan",
    text=mark(
        "Once section 34 is in force, a school has an allergy safety policy, reviews it at least "
        "once a year and makes it known to pupils, parents and staff."
    ),
    unverified=mark("Unverified: from which day this section is in force."),
    first=date(2026, 4, 29),
)
MED_06 = Rule(
    id="MED-06",
    title=mark("New guidance on medical conditions"),
    kind=Kind.NOTE,
    strength=Strength.PROPOSED,
    evidence=Evidence.UNVERIFIED,
    provision=Provision(
        "Consultation on medical conditions at school (2026)",
        "",
        "https://www.brownejacobson.com/insights/"
        "new-allergy-and-medical-conditions-guidance-for-schools",
    ),
    page="medical-plan",
    text=mark(
        "A consultation of 2026 proposed new guidance from September 2026: two published "
        "policies, more healthcare plans, reports of incidents and a named governor."
    ),
    first=date(2026, 2, 1),
)
LAC_01 = Rule(
    id="LAC-01",
    title=mark("Designated teacher"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision("Children and Young Persons Act 2008", "sections 20 and 20A", _DESIGNATED),
    page="looked-after-plan",
    text=mark(
        "A qualified teacher, or the head, is responsible for looked-after and previously "
        "looked-after pupils, and works closely with the SENCO."
    ),
)
LAC_02 = Rule(
    id="LAC-02",
    title=mark("Personal education plan"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        "Care Planning, Placement and Case Review (England) Regulations 2010",
        "personal education plan",
        "https://www.milton-keynes.gov.uk/children-young-people-and-families/virtual-school/"
        "designated-teachers-looked-after-and-previously",
    ),
    page="looked-after-plan",
    text=mark(
        "A looked-after child has a personal education plan as part of the care plan. It is ready "
        "for the first care review, held within 20 working days of coming into care, and is "
        "reviewed every term."
    ),
    unverified=mark("Unverified: that it is for ages 3 to 18."),
)
LAC_03 = Rule(
    id="LAC-03",
    title=mark("Plans are joined up"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=Provision("Guidance for designated teachers", "joining plans", _DESIGNATED),
    page="looked-after-plan",
    text=mark(
        "The personal education plan, the plan for SEN support and the review of an EHC plan may "
        "be taken together."
    ),
)
LAC_04 = Rule(
    id="LAC-04",
    title=mark("Who sees that a child is in care"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision("Guidance for designated teachers", "confidentiality", _DESIGNATED),
    page="looked-after-plan",
    text=mark(
        "That a child is in care is seen by the designated teacher, the SENCO, the safeguarding "
        "lead and named staff only."
    ),
)

RULES = (
    MED_01, MED_02, MED_03, MED_04, MED_05, MED_06, LAC_01, LAC_02, LAC_03, LAC_04,
)  # fmt: skip
