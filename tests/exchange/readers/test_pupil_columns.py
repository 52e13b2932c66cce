from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.exchange.readers.pupil_columns import (
    TITLES,
    PupilField,
    guess_columns,
    known_headings,
    need_rank,
)


def guessed(*header: str, sample: Sequence[Sequence[str]] = ()) -> list[str]:
    return [field or "" for field in guess_columns(header, sample).fields]


# Headings as in a user's report of a common system, a hosted system, an aggregator, a spreadsheet
# made by hand, and the census file that authorities receive.
SYSTEMS = {
    "report": """
        Adno=admission_number; UPN=upn; Legal Surname=surname; Legal Forename=forename;
        DOB=birth_date; Gender=sex; Reg=registration_group; Year=year_group;
        SEN Status=sen_status; SEN Need 1=need; SEN Need 2=need; In Care=; House=""",
    "hosted": """
        Student ID=mis_id; Unique Pupil Number=upn; Last name=surname; First name=forename;
        Date of birth=birth_date; Legal sex=sex; Registration Form=registration_group;
        Year Group=year_group; SEN Stage=sen_status; EAL=eal; First Language=home_language;
        Pupil Premium Indicator=pupil_premium""",
    "aggregator": """
        XID=mis_id; Forename=forename; Surname=surname; DateofBirth=birth_date;
        RegGroup=registration_group; YearGroup=year_group; SENProvision=sen_status;
        FSMEligible=free_school_meals; FSMEver6=fsm_ever_6; FirstLanguageCode=home_language;
        EnrolmentStatus=enrolment; EntryDate=entry_date; LeavingDate=leaving_date; RowHash=""",
    "by hand": """
        Pupil Name=full_name; D.O.B.=birth_date; Class=registration_group; SEN=sen_status;
        Primary Need=need; Secondary Need=need; PP=pupil_premium; Known As=preferred_forename;
        Notes=""",
    "census": """
        upn=upn; formerupn=former_upn; surname=surname; forename=forename;
        middlenames=middle_names; preferredsurname=preferred_surname; dob=birth_date; sex=sex;
        entrydate=entry_date; senunitindicator=sen_unit; language=home_language;
        resourcedprovisionindicator=resourced_provision; enrolstatus=enrolment;
        senprovision=sen_status; ncyearactual=year_group; boarder=; plaa=""",
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_headings_of_common_systems(system: str) -> None:
    pairs = [pair.strip().split("=") for pair in SYSTEMS[system].split(";")]
    assert guessed(*(heading for heading, _ in pairs)) == [field for _, field in pairs]


def test_the_better_known_heading_wins_and_the_other_is_left() -> None:
    assert guessed("Surname", "Legal Surname") == ["", "surname"]
    assert guessed("Form", "Class", "Registration Group") == ["", "", "registration_group"]


def test_a_whole_name_is_used_only_without_its_parts() -> None:
    assert guessed("Name", "DOB") == ["full_name", "birth_date"]
    assert guessed("Name", "Surname", "Forename") == ["", "surname", "forename"]


def test_two_columns_with_one_heading_are_a_doubt() -> None:
    guess = guess_columns(["UPN", "upn", "DOB"])
    assert guess.fields[0] is PupilField.UPN
    assert guess.fields[1] is None
    assert "“UPN”" in str(guess.doubts[0])


def test_a_column_that_only_describes_a_need_is_left() -> None:
    assert guessed("SEN Need 1 Code", "SEN Need 1 Description", "SEN Need 2 Description") == [
        "need",
        "",
        "need",
    ]


@pytest.mark.parametrize(
    ("heading", "rank"),
    [
        ("Primary Need", 1),
        ("SEN Secondary Need", 2),
        ("SEN Need 3", 3),
        ("SENneed2", 2),
        ("Need Type 1", 1),
        ("SEN Need 1 Type", 1),
        ("Pupil Primary SEN Need", 1),
        ("SEN Type", 0),
        ("House", 0),
    ],
)
def test_the_rank_in_a_heading(heading: str, rank: int) -> None:
    assert need_rank(heading) == rank


@pytest.mark.parametrize("heading", ["Type", "Needs assessment date", "In Care", "SEN Notes", ""])
def test_what_we_do_not_read_is_left_alone(heading: str) -> None:
    assert guessed(heading) == [""]


def test_content_tells_what_no_heading_says() -> None:
    sample = [
        ["E891999024001", "SEN Support", "Autism", "Red", "03/09/2016"],
        ["V926999919042", "EHCP", "SEMH", "Blue", "04/09/2016"],
        ["W201999021424", "No SEN", "MLD", "Red", "05/09/2016"],
        ["", "", "", "", ""],
    ]
    guess = guess_columns(["a", "b", "c", "d", "e"], sample)
    assert [field or "" for field in guess.fields] == ["upn", "sen_status", "need", "", ""]
    assert [str(doubt)[:9] for doubt in guess.doubts] == ["Column 1 ", "Column 2 ", "Column 3 "]


def test_every_field_has_a_title_of_its_own() -> None:
    assert set(TITLES) == set(PupilField)
    assert len(set(TITLES.values())) == len(TITLES)


def test_two_rows_or_single_letters_are_too_little_to_tell() -> None:
    assert guessed("a", sample=[["EHCP"], ["EHCP"]]) == [""]
    assert guessed("a", sample=[["N"], ["K"], ["E"], ["N"]]) == [""]


def test_what_is_missing_is_named_in_order() -> None:
    assert guess_columns(["UPN"]).missing == (
        PupilField.SURNAME,
        PupilField.FORENAME,
        PupilField.BIRTH_DATE,
    )
    assert guess_columns(["Name", "DOB"]).missing == ()


def test_one_known_heading_is_not_yet_a_header() -> None:
    assert known_headings(["Larkmead", "Class", "x"]) == 0
    assert known_headings(["DOB", "Class", "x"]) == 2


@given(
    st.lists(st.text(max_size=12) | st.sampled_from(["UPN", "Need 1", "Name", "DOB"]), max_size=8),
    st.lists(st.lists(st.text(max_size=8), max_size=9), max_size=5),
)
def test_any_header_has_a_guess(header: list[str], sample: list[list[str]]) -> None:
    guess = guess_columns(header, sample)
    assert len(guess.fields) == len(header)
    single = [field for field in guess.fields if field and field is not PupilField.NEED]
    assert len(single) == len(set(single))
