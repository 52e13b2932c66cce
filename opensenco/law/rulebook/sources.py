"""Where the rules of schools, early years, local areas and records stand: named once."""

from opensenco.law.strength import CHILDREN_AND_FAMILIES_ACT, SEND_REGULATIONS, Provision

EQUALITY_ACT = "Equality Act 2010"
PUPIL_INFORMATION = "Education (Pupil Information) (England) Regulations 2005 (SI 2005/1437)"
SCHOOLS_ACT_2026 = "Children's Wellbeing and Schools Act 2026"
EYFS = "Early years foundation stage statutory framework"
EXAM_BOARDS = "Joint Council for Qualifications: access arrangements and reasonable adjustments"
UK_GDPR = "UK General Data Protection Regulation"
DATA_PROTECTION_ACT = "Data Protection Act 2018"
RECORDS_TOOLKIT = "Records management toolkit for schools"
INCLUSION_FUND = "Inclusive Mainstream Fund, Department for Education"
WHITE_PAPER = "SEND reform: putting children and young people first (February 2026)"

_SECTIONS_66_TO_69 = (
    "https://www.legislation.gov.uk/ukpga/2014/6/part/3/crossheading/"
    "special-educational-provision-functions-of-governing-bodies-and-others/enacted"
)
_REPORT = "https://legislation.gov.uk/uksi/2014/1530/schedule/1"
_FUND = (
    "https://www.gov.uk/government/publications/"
    "inclusive-mainstream-fund-support-for-school-leaders/"
    "developing-an-inclusion-strategy-using-the-inclusive-mainstream-fund"
)

BEST_ENDEAVOURS = Provision(CHILDREN_AND_FAMILIES_ACT, "section 66", _SECTIONS_66_TO_69)
INFORMATION_REPORT = Provision(SEND_REGULATIONS, "regulation 51 and Schedule 1", _REPORT)
INCLUSION_STRATEGY = Provision(INCLUSION_FUND, "guidance on the inclusion strategy", _FUND)
WHITE_PAPER_PROPOSALS = Provision(
    WHITE_PAPER,
    "consultation of February to May 2026",
    "https://www.policypartnersproject.co.uk/consultation-on-proposed-reforms-to-send",
)


def families_act(section: str, address: str = "") -> Provision:
    """A section of the Children and Families Act 2014."""
    return Provision(CHILDREN_AND_FAMILIES_ACT, section, address)


def equality_act(paragraph: str, address: str = "") -> Provision:
    """A place in the Equality Act 2010."""
    return Provision(EQUALITY_ACT, paragraph, address)


def exam_boards(part: str, address: str = "") -> Provision:
    """A part of the exam boards' yearly booklet."""
    return Provision(EXAM_BOARDS, part, address)


def schools_act_2026(section: int) -> Provision:
    """A section of the Children's Wellbeing and Schools Act 2026."""
    return Provision(
        SCHOOLS_ACT_2026,
        f"section {section}",
        f"https://www.legislation.gov.uk/ukpga/2026/21/section/{section}/enacted",
    )
