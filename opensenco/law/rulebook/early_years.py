"""Early years (EYS)."""

from datetime import date

from opensenco.kernel.words import mark
from opensenco.law.rule import Kind, Rule
from opensenco.law.rulebook.sources import EYFS, families_act
from opensenco.law.strength import (
    CODE_ADDRESS,
    CODE_OF_PRACTICE,
    Evidence,
    Provision,
    Strength,
)

_FRAMEWORK = Provision(
    EYFS,
    "",
    "https://www.essexsendiass.co.uk/parents-and-carers/early-years/"
    "the-early-years-foundation-stage/",
)
_CODE = Provision(CODE_OF_PRACTICE, "chapter 5", CODE_ADDRESS)
_RATES = "https://www.gloucestershire.gov.uk/earlyyears"

EYS_01 = Rule(
    id="EYS-01",
    title=mark("The framework holds for all"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=_FRAMEWORK,
    page="early-years",
    text=mark(
        "Registered providers, childminders and reception classes follow the early years "
        "framework. It asks for arrangements for children with special needs, and a key person."
    ),
)
EYS_02 = Rule(
    id="EYS-02",
    title=mark("Regard to the code of practice"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=_CODE,
    page="early-years",
    text=mark("Maintained providers and those funded by the authority have regard to the code."),
)
EYS_03 = Rule(
    id="EYS-03",
    title=mark("A SENCO in the early years"),
    kind=Kind.NOTE,
    strength=Strength.SHOULD,
    evidence=Evidence.SECONDARY,
    provision=_CODE,
    page="early-years",
    text=mark(
        "Who must, should or may have a SENCO, and what they do, stands in ROL-17 to ROL-20."
    ),
)
EYS_04 = Rule(
    id="EYS-04",
    title=mark("SEN inclusion fund"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        "Early years funding guidance, Department for Education",
        "SEN inclusion fund",
        "https://www.blackpool.gov.uk/Residents/Education-and-schools/Local-offer/Professionals/"
        "Early-Years-SEND-inclusion-fund.aspx",
    ),
    page="early-years-money",
    text=mark(
        "An authority has a fund for children with lower-level or emerging needs who take up "
        "funded hours. The authority of the setting pays, wherever the child lives."
    ),
)
EYS_05 = Rule(
    id="EYS-05",
    title=mark("Disability Access Fund"),
    kind=Kind.CLOCK,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        "Early years funding guidance, Department for Education",
        "Disability Access Fund",
        _RATES,
    ),
    page="early-years-money",
    text=mark(
        "Once a year a lump sum for a child who is given Disability Living Allowance, takes up "
        "funded hours and is not in reception. The parent names one setting, and nothing is "
        "taken back when the child moves."
    ),
    first=date(2024, 4, 1),
)
EYS_06 = Rule(
    id="EYS-06",
    title=mark("Early years pupil premium"),
    kind=Kind.TEST,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        "Early years funding guidance, Department for Education",
        "early years pupil premium",
        "https://www.devon.gov.uk/eycs/early-years-funding-rates-proposal-2026-27",
    ),
    page="early-years-money",
    text=mark(
        "So much for each hour, up to 15 hours a week and 570 a year: £1.15 in the financial year "
        "2026/27. Some authorities add to it."
    ),
    first=date(2026, 4, 1),
)
EYS_07 = Rule(
    id="EYS-07",
    title=mark("Inclusive Early Years Fund"),
    kind=Kind.NOTE,
    strength=Strength.GRANT,
    evidence=Evidence.READ,
    provision=Provision(
        "Inclusive Early Years Fund 2026 to 2027: guidance for local authorities",
        "",
        "https://www.gov.uk/government/publications/inclusive-early-years-fund-2026-to-2027/"
        "inclusive-early-years-fund-best-practice-guidance-for-local-authorities",
    ),
    page="early-years-money",
    text=mark(
        "New in 2026/27. The guidance says how it fits with the SEN inclusion fund and the "
        "Disability Access Fund."
    ),
    unverified=mark("Unverified: all details of this fund."),
    first=date(2026, 4, 1),
)
EYS_08 = Rule(
    id="EYS-08",
    title=mark("The health visitor's review"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        "Healthy Child Programme",
        "review at 2 to 2½ years",
        "https://lbhf.gov.uk/children-and-young-people/family-hub/start-life/24-36-months-start-life",
    ),
    page="two-year-check",
    text=mark("The health visitor's review is joined with the two-year check where possible."),
)
EYS_09 = Rule(
    id="EYS-09",
    title=mark("Health bodies give notice"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.READ,
    provision=families_act("section 23", "http://www.legislation.gov.uk/ukpga/2014/6/section/23"),
    page="early-years",
    text=mark(
        "A health body that thinks a child under compulsory school age has special needs or a "
        "disability tells the parent, lets the parent talk it over, then tells the authority, and "
        "names a voluntary body that may help. No number of days is given."
    ),
)
EYS_10 = Rule(
    id="EYS-10",
    title=mark("Portage"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.UNVERIFIED,
    provision=Provision("Local Offer", "portage"),
    page="early-years",
    text=mark("Visits at home for young children with special needs, part of many Local Offers."),
)
EYS_11 = Rule(
    id="EYS-11",
    title=mark("Asking the area SENCO"),
    kind=Kind.NOTE,
    strength=Strength.PRACTICE,
    evidence=Evidence.SECONDARY,
    provision=Provision(
        "Local schemes, such as Surrey's",
        "",
        "https://surreylocaloffer.org.uk/practitioners/resources/early-years",
    ),
    page="early-years",
    text=mark("In some areas a request for an area SENCO's support needs a parent's signature."),
)
EYS_12 = Rule(
    id="EYS-12",
    title=mark("EHC plans in the early years"),
    kind=Kind.NOTE,
    strength=Strength.MUST,
    evidence=Evidence.SECONDARY,
    provision=_CODE,
    page="early-years",
    text=mark(
        "The rules on assessments, plans and reviews hold for young children too: REV-16 for "
        "reviews, REV-15 for the move to school."
    ),
)
RULES = (
    EYS_01, EYS_02, EYS_03, EYS_04, EYS_05, EYS_06, EYS_07,
    EYS_08, EYS_09, EYS_10, EYS_11, EYS_12,
)  # fmt: skip
