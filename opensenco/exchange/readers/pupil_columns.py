"""The fields of a pupil list, with the headings met in exports of schools' systems."""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from opensenco.exchange.readers.fields import (
    Claim,
    Field,
    Fields,
    Guess,
    readings,
    whole_or_parts,
)
from opensenco.exchange.readers.needs import read_need, read_sen_status
from opensenco.kernel.upn import read_upn
from opensenco.kernel.words import mark


class PupilField(StrEnum):
    """What a column of a pupil list can hold."""

    MIS_ID = "mis_id"
    UPN = "upn"
    FORMER_UPN = "former_upn"
    ADMISSION_NUMBER = "admission_number"
    SURNAME = "surname"
    FORENAME = "forename"
    MIDDLE_NAMES = "middle_names"
    PREFERRED_SURNAME = "preferred_surname"
    PREFERRED_FORENAME = "preferred_forename"
    FULL_NAME = "full_name"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    YEAR_GROUP = "year_group"
    REGISTRATION_GROUP = "registration_group"
    ENROLMENT = "enrolment"
    ENTRY_DATE = "entry_date"
    LEAVING_DATE = "leaving_date"
    SEN_STATUS = "sen_status"
    SEN_SINCE = "sen_since"
    NEED = "need"
    NEED_RANK = "need_rank"
    SEN_UNIT = "sen_unit"
    RESOURCED_PROVISION = "resourced_provision"
    FREE_SCHOOL_MEALS = "free_school_meals"
    FSM_EVER_6 = "fsm_ever_6"
    PUPIL_PREMIUM = "pupil_premium"
    EAL = "eal"
    HOME_LANGUAGE = "home_language"


TITLES = {
    PupilField.MIS_ID: mark("Number in the school's system"),
    PupilField.UPN: mark("UPN"),
    PupilField.FORMER_UPN: mark("Former UPN"),
    PupilField.ADMISSION_NUMBER: mark("Admission number"),
    PupilField.SURNAME: mark("Surname"),
    PupilField.FORENAME: mark("First name"),
    PupilField.MIDDLE_NAMES: mark("Middle names"),
    PupilField.PREFERRED_SURNAME: mark("Preferred surname"),
    PupilField.PREFERRED_FORENAME: mark("Preferred first name"),
    PupilField.FULL_NAME: mark("Whole name"),
    PupilField.BIRTH_DATE: mark("Date of birth"),
    PupilField.SEX: mark("Sex"),
    PupilField.YEAR_GROUP: mark("Year group"),
    PupilField.REGISTRATION_GROUP: mark("Class or registration group"),
    PupilField.ENROLMENT: mark("Enrolment status"),
    PupilField.ENTRY_DATE: mark("Date of entry"),
    PupilField.LEAVING_DATE: mark("Date of leaving"),
    PupilField.SEN_STATUS: mark("SEN status"),
    PupilField.SEN_SINCE: mark("SEN status since"),
    PupilField.NEED: mark("Type of need"),
    PupilField.NEED_RANK: mark("Rank of the need"),
    PupilField.SEN_UNIT: mark("Member of an SEN unit"),
    PupilField.RESOURCED_PROVISION: mark("In resourced provision"),
    PupilField.FREE_SCHOOL_MEALS: mark("Free school meals"),
    PupilField.FSM_EVER_6: mark("Free school meals in the last six years"),
    PupilField.PUPIL_PREMIUM: mark("Pupil premium"),
    PupilField.EAL: mark("English as an additional language"),
    PupilField.HOME_LANGUAGE: mark("Home language"),
}
DATES = frozenset(
    {
        PupilField.BIRTH_DATE,
        PupilField.ENTRY_DATE,
        PupilField.LEAVING_DATE,
        PupilField.SEN_SINCE,
    }
)
# Several columns may hold needs: primary, secondary and so on.
REPEATED = frozenset({PupilField.NEED})

# Best heading first: of "Legal Surname" and "Surname", the legal one is the surname.
_HEADINGS = {
    PupilField.MIS_ID: "MIS ID|Student ID|Pupil ID|Person ID|External Id|XID|Id",
    PupilField.UPN: "UPN|Unique Pupil Number|Current UPN",
    PupilField.FORMER_UPN: "Former UPN|Previous UPN",
    PupilField.ADMISSION_NUMBER: (
        "Admission Number|Admissions Number|Admission No|Adm No|Adno|Admission"
    ),
    PupilField.SURNAME: "Legal Surname|Legal Last Name|Surname|Last Name|Family Name",
    PupilField.FORENAME: (
        "Legal Forename|Legal First Name|Forename|First Name|Given Name|Forenames|First Names"
    ),
    PupilField.MIDDLE_NAMES: "Middle Names|Middle Name|Middle Name(s)|Legal Middle Names",
    PupilField.PREFERRED_SURNAME: "Preferred Surname|Preferred Last Name|Preferred Family Name",
    PupilField.PREFERRED_FORENAME: (
        "Preferred Forename|Preferred First Name|Preferred Name|Known As|Chosen Name"
    ),
    PupilField.FULL_NAME: "Name|Full Name|Student|Pupil|Child",
    PupilField.BIRTH_DATE: "Date of Birth|DOB|D.O.B.|Birth Date|Birthdate|Date of Birth (DOB)",
    PupilField.SEX: "Sex|Legal Sex|Gender",
    PupilField.YEAR_GROUP: (
        "NC Year Actual|NC Year|NCY|Curriculum Year|National Curriculum Year|Year Group"
        "|Year Taught In|Current Year|Yr|Year"
    ),
    PupilField.REGISTRATION_GROUP: (
        "Registration Group|Reg Group|Registration Form|Reg Form|Reg|Tutor Group|Form Group|Form"
        "|Class Name|Class"
    ),
    PupilField.ENROLMENT: "Enrolment Status|Enrol Status|Enrolment",
    PupilField.ENTRY_DATE: (
        "Entry Date|Date of Entry|Date of Admission|Admission Date|DOA|Start Date|Date on Roll"
    ),
    PupilField.LEAVING_DATE: "Leaving Date|Date of Leaving|DOL|Date off Roll",
    PupilField.SEN_STATUS: (
        "SEN Status|SEN Provision|SEN Provisions|SEN Status Code|SEN Provision Code|SEN Stage"
        "|SEN Code|SEND Status|SEN|SEND"
    ),
    PupilField.SEN_SINCE: "SEN Start Date|SEN Status Start|SEN Status Start Date|SEN Since",
    PupilField.NEED_RANK: "Rank|Ranking|SEN Need Rank|Need Ranking|Need Rank|SEN Type Rank",
    PupilField.SEN_UNIT: "SEN Unit|In SEN Unit|SEN Unit Indicator|Member of SEN Unit",
    PupilField.RESOURCED_PROVISION: (
        "Resourced Provision|Resourced Provision Indicator|In Resourced Provision|RP"
    ),
    PupilField.FREE_SCHOOL_MEALS: (
        "Free School Meals|FSM Eligible|FSM|Free Meals|Eligible for Free Meals|FSM Eligibility"
    ),
    PupilField.FSM_EVER_6: "FSM Ever 6|Ever 6 FSM|Ever 6|Ever6|FSM6|Free School Meals 6",
    PupilField.PUPIL_PREMIUM: (
        "Pupil Premium|PP|PP Indicator|Pupil Premium Indicator|Pupil Premium Eligible"
        "|Premium Pupil Indicator|Eligible for Pupil Premium"
    ),
    PupilField.EAL: "EAL|English as an Additional Language|English Additional Language|EAL Status",
    PupilField.HOME_LANGUAGE: (
        "Home Language|First Language|First Language Code|Language|Language Code|Mother Tongue"
    ),
}
_NEED = re.compile(
    r"(?:sen|send)?(primary|main|first|secondary|second|tertiary|third|fourth)?(?:sen|send)?"
    r"(?:needtype|needs|need|types|type|typeofneed)(\d{0,2})(code|description|name|type)?(\d{0,2})"
)
_NOT_NEED = frozenset({"type", "types"})
_ORDINALS = {
    "primary": 1,
    "main": 1,
    "first": 1,
    "secondary": 2,
    "second": 2,
    "tertiary": 3,
    "third": 3,
    "fourth": 4,
}
_MISSING = {
    PupilField.SURNAME: mark("This file has no column with the surname."),
    PupilField.FORENAME: mark("This file has no column with the first name."),
    PupilField.BIRTH_DATE: mark("This file has no column with the date of birth."),
}
_TELLING: dict[PupilField, tuple[Callable[[str], object], str]] = {
    PupilField.UPN: (read_upn, mark("Column {number} seems to hold the UPN.")),
    PupilField.SEN_STATUS: (
        read_sen_status,
        mark("Column {number} seems to hold the SEN status."),
    ),
    PupilField.NEED: (read_need, mark("Column {number} seems to hold a type of need.")),
}


def _claim(text: str) -> Claim | None:
    """Needs have more headings than a list can hold: "SEN Need 2 Type", "Primary Need"."""
    known = text not in _NOT_NEED and _NEED.fullmatch(text)
    return (0, PupilField.NEED) if known else None


def _one_of_each(header: Sequence[str], places: list[int]) -> list[int]:
    """Need columns without those that only describe another ("SEN Need 1 Description")."""
    ranked: dict[int, list[tuple[bool, int]]] = {}
    for place in places:
        found = _need(header[place])
        rank = need_rank(header[place])
        describes = found is not None and found[3] in {"description", "name"}
        ranked.setdefault(rank, []).append((describes, place))
    chosen = [
        place
        for group in ranked.values()
        for describes, place in group
        if not describes or all(other for other, _ in group)
    ]
    return sorted(chosen)


def _need(heading: str) -> re.Match[str] | None:
    return next(filter(None, map(_NEED.fullmatch, readings(heading))), None)


def need_rank(heading: str) -> int:
    """The rank that the heading of a need column gives: 1 for "Primary Need"; 0 where none."""
    found = _need(heading)
    if not found:
        return 0
    return _ORDINALS.get(found[1] or "", 0) or int(found[2] or found[4] or 0)


def _field(kind: PupilField) -> Field:
    tells, doubt = _TELLING.get(kind, (None, ""))
    return Field(
        kind,
        TITLES[kind],
        _HEADINGS.get(kind, ""),
        date=kind in DATES,
        repeated=kind in REPEATED,
        tells=tells,
        doubt=doubt,
        missing=_MISSING.get(kind, ""),
    )


PUPIL_FIELDS = Fields(
    [_field(kind) for kind in PupilField],
    needed=(
        *whole_or_parts(PupilField.FULL_NAME, (PupilField.SURNAME, PupilField.FORENAME)),
        (PupilField.BIRTH_DATE,),
    ),
    instead={PupilField.FULL_NAME: (PupilField.SURNAME, PupilField.FORENAME)},
    claims=_claim,
    thin=_one_of_each,
)
known_headings = PUPIL_FIELDS.known_headings


def guess_columns(header: Sequence[str], sample: Sequence[Sequence[str]] = ()) -> Guess:
    """Guesses what each column of a pupil list is; see `Fields.guess`."""
    return PUPIL_FIELDS.guess(header, sample)
