"""The local authority and its area (LAA)."""

from datetime import date

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.rulebook.sources import families_act
from opensenco.law.strength import SEND_REGULATIONS, THIS_HOUSE, Evidence, Provision, Strength

_FRAMEWORK = Provision(
    "Area SEND inspections: framework and handbook (2023, updated 6 June 2025)",
    "",
    "https://www.gov.uk/government/publications/area-send-framework-and-handbook/"
    "area-send-inspections-framework-and-handbook",
)
_STATISTICS = (
    "https://explore-education-statistics.service.gov.uk/methodology/"
    "education-health-and-care-plans"
)

LAA_01 = Rule(
    id="LAA-01",
    title=mark("The authority finds children with needs"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=families_act(
        "section 22", "http://www.legislation.gov.uk/ukpga/2014/6/notes/division/4/3/3"
    ),
    page="local-area",
    text=mark(
        "An authority identifies all children and young people of its area who have, or may have, "
        "special educational needs or a disability."
    ),
)
LAA_02 = Rule(
    id="LAA-02",
    title=mark("Commissioning together"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=families_act("sections 25 to 28"),
    page="local-area",
    text=mark(
        "Authority and health body plan and buy services together, keep provision under review, "
        "and work with schools and others, who work with them."
    ),
)
LAA_03 = Rule(
    id="LAA-03",
    title=mark("Local Offer"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=Provision(
        SEND_REGULATIONS,
        "regulations 53 to 57 and Schedule 2",
        "http://www.legislation.gov.uk/uksi/2014/1530/part/4",
    ),
    page="local-area",
    text=mark(
        "An authority publishes what education, training, health and care it expects there to be "
        "for children with special needs, how to get it, who pays, and how to complain. It "
        "consults the people concerned and helps those without the internet."
    ),
)
LAA_04 = Rule(
    id="LAA-04",
    title=mark("Comments on the Local Offer"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.UNVERIFIED,
    provision=Provision(
        SEND_REGULATIONS, "regulation 56", "http://www.legislation.gov.uk/uksi/2014/1530/part/4"
    ),
    page="local-offer-comments",
    text=mark(
        "The authority asks for comments on the Local Offer and publishes them with its answer at "
        "least once a year."
    ),
)
LAA_05 = Rule(
    id="LAA-05",
    title=mark("Area SEND inspection"),
    kind=Kind.CLOCK,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=_FRAMEWORK,
    page="area-inspection",
    text=mark(
        "Ofsted and the Care Quality Commission inspect authority and health body together about "
        "every five years, sooner after a poor outcome. After the poorest there is a priority "
        "action plan, monitoring after about 18 months and a full inspection after about three "
        "years."
    ),
    first=date(2023, 1, 1),
)
LAA_06 = Rule(
    id="LAA-06",
    title=mark("An example: Nottinghamshire"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.READ,
    provision=Provision(
        "Nottinghamshire local area partnership: report of 16 May 2023",
        "",
        "https://www.nottinghamshire.gov.uk/education/special-educational-needs-and-disabilities-send/"
        "special-educational-needs-and-disabilities-send/send-ofsted-inspection-nottinghamshire-2023/"
        "send-frequently-asked-questions",
    ),
    page="area-inspection",
    text=mark(
        "The report set two priority actions: plans and their reviews in time, and delays and "
        "gaps in health services."
    ),
    first=date(2023, 5, 16),
)
LAA_07 = Rule(
    id="LAA-07",
    title=mark("The authority's yearly return"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision("SEN2 person-level return, Department for Education", "", _STATISTICS),
    page="sen2-return",
    text=mark(
        "Each January an authority returns every request, assessment, plan and placement, person "
        "by person since 2023."
    ),
    unverified=mark("Unverified: that the day is the third Thursday in January."),
    first=date(2023, 1, 1),
)
LAA_08 = Rule(
    id="LAA-08",
    title=mark("What the statistics measure"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.READ,
    provision=Provision("Statistics on education, health and care plans", "", _STATISTICS),
    page="sen2-return",
    text=mark(
        "Plans, requests, assessments, needs, reviews, tribunals, and timeliness with and without "
        "exceptions. That is why exceptions and outcomes of reviews are kept."
    ),
)
LAA_09 = Rule(
    id="LAA-09",
    title=mark("How many plans there are"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.READ,
    provision=Provision(
        "Statistics on education, health and care plans, 2025",
        "",
        "https://www.parliamenttoday.com/free/viewnews.html?id=165567",
    ),
    page="sen2-return",
    text=mark(
        "In January 2025 there were 638,745 plans in England. Of the new ones of 2024, 46 per cent "
        "were issued within 20 weeks."
    ),
    first=date(2025, 1, 1),
)
LAA_10 = Rule(
    id="LAA-10",
    title=mark("Programmes for deficits"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        "Safety Valve and Delivering Better Value programmes",
        "",
        "https://csapps.norfolk.gov.uk/csshared/ecourier2/misheet.asp?misheetid=61662",
    ),
    page="local-area",
    text=mark("Authorities with deficits in their high needs money follow national programmes."),
    unverified=mark("Unverified: Delivering Better Value."),
)
LAA_11 = Rule(
    id="LAA-11",
    title=mark("Panels and forums"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(THIS_HOUSE, "meetings of an area"),
    page="local-area",
    text=mark(
        "Panels and forums have members, agendas, cases without names where names are not needed, "
        "decisions, actions, and a note of who stood back because of an interest."
    ),
)
LAA_12 = Rule(
    id="LAA-12",
    title=mark("Directory of contacts"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(THIS_HOUSE, "directory"),
    page="local-area",
    text=mark(
        "Names, roles and places of the people of an area, kept up by themselves. An entry that "
        "nobody has looked at for a term is called old."
    ),
)

RULES = (
    LAA_01, LAA_02, LAA_03, LAA_04, LAA_05, LAA_06,
    LAA_07, LAA_08, LAA_09, LAA_10, LAA_11, LAA_12,
)  # fmt: skip
