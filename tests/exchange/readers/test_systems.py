"""Exports of the common systems are understood by their headings alone."""

import pytest

from opensenco.exchange.kinds.classes import CLASS_FIELDS
from opensenco.exchange.kinds.contacts import CONTACT_FIELDS
from opensenco.exchange.kinds.staff import STAFF_FIELDS
from opensenco.exchange.kinds.terms import TERM_FIELDS
from opensenco.exchange.readers.fields import Fields
from opensenco.exchange.readers.pupil_columns import PUPIL_FIELDS

#: of each system the headings of a list, and what must come of each; "-" is left out
SYSTEMS: dict[str, tuple[Fields, str]] = {
    "SIMS pupils": (
        PUPIL_FIELDS,
        """
        Adno: admission_number, UPN: upn, Legal Surname: surname, Legal Forename: forename,
        Preferred Forename: preferred_forename, Date of birth: birth_date, Gender: sex, Reg
        group: registration_group, Year taught in: year_group, Admission date: entry_date, SEN
        status: sen_status, SEN need type 1: need, First language: home_language
        """,
    ),
    "Arbor pupils": (
        PUPIL_FIELDS,
        """
        Arbor Student ID: -, Student UPN: upn, Legal First Name: forename, Legal Last Name:
        surname, Preferred First Name: preferred_forename, Date of Birth: birth_date, Sex: sex,
        Registration Form: registration_group, Curriculum Year: year_group, SEN Status:
        sen_status, SEN Needs: need, EAL: eal
        """,
    ),
    "Bromcom pupils": (
        PUPIL_FIELDS,
        """
        Student ID: mis_id, UPN: upn, Last Name: surname, First Name: forename, DOB: birth_date,
        Gender: sex, Tutor Group: registration_group, Year Group: year_group, SEN Provision:
        sen_status, Primary SEN Need: need, FSM Eligible: free_school_meals
        """,
    ),
    "ScholarPack pupils": (
        PUPIL_FIELDS,
        """
        Pupil UPN: upn, Pupil Surname: surname, Pupil Forename: forename, DOB: birth_date,
        Gender: sex, Form: registration_group, NC Year: year_group, SEN: sen_status, Date of
        Entry: entry_date
        """,
    ),
    "Xporter students": (
        PUPIL_FIELDS,
        """
        XID: mis_id, Forename: forename, Surname: surname, AdmissionNo: admission_number,
        Gender: sex, RegGroup: registration_group, YearGroup: year_group, DateofBirth:
        birth_date, EnrolmentStatus: enrolment, EntryDate: entry_date, LeavingDate:
        leaving_date, SENProvision: sen_status, FSMEligible: free_school_meals, FSMEver6:
        fsm_ever_6, PupilPremium: pupil_premium, EAL: eal
        """,
    ),
    "iSAMS pupils": (
        PUPIL_FIELDS,
        """
        Id: mis_id, UPN: upn, ULN: -, Forename: forename, Surname: surname, Preferred Name:
        preferred_forename, DOB: birth_date, Gender: sex, NC Year: year_group, Form:
        registration_group
        """,
    ),
    "SIMS staff": (
        STAFF_FIELDS,
        """
        Legal Surname: -, Preferred Surname: last_name, Preferred Forename: first_name, Work
        Email: email, Post: role, Date of arrival: starts, Date of leaving: ends, Staff code: -
        """,
    ),
    "Arbor staff": (
        STAFF_FIELDS,
        """
        First Name: first_name, Last Name: last_name, Email Address: email, Business Role: role,
        Employment Start Date: starts
        """,
    ),
    "SIMS class list": (
        CLASS_FIELDS,
        """
        Class: group, Main Teacher: teacher, Surname: pupil_last_name, Forename:
        pupil_first_name, UPN: pupil_upn, Year: -
        """,
    ),
    "Bromcom teachers": (
        CLASS_FIELDS,
        """
        Class Name: group, Subject: subject, Teacher Name: teacher, Teacher Email: teacher_email
        """,
    ),
    "SIMS contacts": (
        CONTACT_FIELDS,
        """
        UPN: pupil_upn, Surname: pupil_last_name, Forename: pupil_first_name, Contact Title:
        title, Contact Surname: last_name, Contact Forename: first_name, Relationship: relation,
        Parental Responsibility: parental_responsibility, Mobile: phone, Home Email: email,
        Court Order: court_order
        """,
    ),
    "term dates": (
        TERM_FIELDS,
        """
        Event: what, Start Date: first, End Date: last, Notes: -
        """,
    ),
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_an_export_is_understood(system: str) -> None:
    fields, said = SYSTEMS[system]
    pairs = [one.strip().split(": ") for one in " ".join(said.split()).split(",")]
    guess = fields.guess([heading for heading, _code in pairs])
    assert [code or "-" for code in guess.fields] == [code for _heading, code in pairs]
    assert (guess.missing, guess.doubts) == ((), ())
