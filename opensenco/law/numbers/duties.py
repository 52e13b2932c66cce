"""Numbers of school duties, exams, early years and records (statutes, grants and custom)."""

from datetime import date

from opensenco.kernel.words import mark
from opensenco.law.dated import Dated, Row
from opensenco.law.parameters import Parameter, shipped
from opensenco.law.rulebook.early_years import EYS_05, EYS_06
from opensenco.law.rulebook.exams import EXA_04, EXA_09, EXA_10
from opensenco.law.rulebook.governance import GOV_07
from opensenco.law.rulebook.health_and_care import MED_05
from opensenco.law.rulebook.identification import IDN_07
from opensenco.law.rulebook.school_duties import SCH_10
from opensenco.law.rulebook.school_funding import FUN_01
from opensenco.law.strength import Evidence

_BOOKLET_2025 = date(2025, 9, 1)
_BOOKLET_2026 = date(2026, 9, 1)
_YEAR_2024, _YEAR_2025, _YEAR_2026 = date(2024, 4, 1), date(2025, 4, 1), date(2026, 4, 1)
_RETENTION_SINCE = date(2019, 1, 1)


def _of_booklets(key: str, value: int) -> Dated[int]:
    """The score of 2025/26, carried on unverified: the next booklet has not been seen (EXA-12)."""
    place = EXA_04.provision
    return Dated(
        key,
        (
            Row(_BOOKLET_2025, date(2026, 8, 31), value, place, Evidence.SECONDARY),
            Row(_BOOKLET_2026, None, value, place, Evidence.UNVERIFIED),
        ),
    )


LOW_SCORE = Parameter(
    rule=EXA_04.id,
    title=mark("Highest standardised score that counts as below average"),
    unit=mark("points"),
    table=_of_booklets("exa.low_score", 84),
    settable=True,
    least=60,
    most=100,
)
BAND_TOP = Parameter(
    rule=EXA_04.id,
    title=mark("Highest standardised score that counts beside one below average"),
    unit=mark("points"),
    table=_of_booklets("exa.score_band_top", 89),
    settable=True,
    least=60,
    most=110,
)
MODIFIED_PAPERS_BY = Parameter(
    rule=EXA_09.id,
    title=mark("Last day for ordering modified papers for a summer series"),
    unit=mark("month and day"),
    table=shipped("exa.summer_modified", "01-31", EXA_09),
)
APPLICATIONS_BY = Parameter(
    rule=EXA_09.id,
    title=mark("Last day for other applications for a summer series"),
    unit=mark("month and day"),
    table=shipped("exa.summer_other", "03-21", EXA_09, evidence=Evidence.UNVERIFIED),
)
EXAM_APPROVAL_MONTHS = Parameter(
    rule=EXA_10.id,
    title=mark("Months for which an exam approval lasts"),
    unit=mark("months"),
    table=shipped("exa.validity_months", 26, EXA_10),
    settable=True,
    least=1,
    most=60,
)
RETENTION_YEARS = Parameter(
    rule=GOV_07.id,
    title=mark("Years from birth for which files on special needs are kept"),
    unit=mark("years"),
    table=shipped("gov.sen_retention_years", 31, GOV_07, first=_RETENTION_SINCE),
    settable=True,
    least=25,
    most=100,
)
ELEMENT_2 = Parameter(
    rule=FUN_01.id,
    title=mark("What a school meets for a pupil in a year before top-up"),
    unit=mark("pence"),
    table=Dated(
        "fun.element2_threshold",
        (
            Row(FUN_01.first, date(2026, 3, 31), 6_000_00, FUN_01.provision),
            Row(_YEAR_2026, None, 6_000_00, FUN_01.provision, Evidence.UNVERIFIED),
        ),
    ),
)
DISABILITY_ACCESS = Parameter(
    rule=EYS_05.id,
    title=mark("Disability Access Fund, for a child and a year"),
    unit=mark("pence"),
    table=Dated(
        "ey.daf",
        (
            Row(_YEAR_2024, date(2025, 3, 31), 910_00, EYS_05.provision),
            Row(_YEAR_2025, date(2026, 3, 31), 938_00, EYS_05.provision),
            Row(_YEAR_2026, date(2027, 3, 31), 975_00, EYS_05.provision),
        ),
    ),
)
EARLY_YEARS_PREMIUM = Parameter(
    rule=EYS_06.id,
    title=mark("Early years pupil premium for an hour"),
    unit=mark("pence"),
    table=shipped("ey.eypp_hour", 1_15, EYS_06, first=_YEAR_2026, last=date(2027, 3, 31)),
)
INCLUSION_STRATEGY_BY = Parameter(
    rule=SCH_10.id,
    title=mark("Last day for publishing the first inclusion strategy"),
    unit=mark("day"),
    table=shipped("sch.inclusion_strategy_first", date(2026, 12, 31), SCH_10, first=SCH_10.first),
)
ALLERGY_IN_FORCE = Parameter(
    rule=MED_05.id,
    title=mark("Whether the section on allergy safety policies is in force"),
    unit=mark("0 no, 1 yes"),
    table=shipped(
        "med.allergy_policy_in_force", 0, MED_05, first=MED_05.first, evidence=Evidence.UNVERIFIED
    ),
    settable=True,
    most=1,
)
NSA_MONTHS = Parameter(
    rule=IDN_07.id,
    title=mark("Months after which “no specialist assessment” is asked about"),
    unit=mark("months"),
    table=shipped("cen.nsa_months", 12, IDN_07),
    settable=True,
    least=1,
    most=120,
)

PARAMETERS = (
    LOW_SCORE, BAND_TOP, MODIFIED_PAPERS_BY, APPLICATIONS_BY, EXAM_APPROVAL_MONTHS,
    RETENTION_YEARS, ELEMENT_2, DISABILITY_ACCESS, EARLY_YEARS_PREMIUM, INCLUSION_STRATEGY_BY,
    ALLERGY_IN_FORCE, NSA_MONTHS,
)  # fmt: skip
