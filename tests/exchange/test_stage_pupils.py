"""A pupil list is read in and laid beside the record: nothing of a pupil is touched yet."""

import pytest

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.reach import Reach
from opensenco.audit.models import Entry
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.operations.imports import stage_file
from opensenco.exchange.readers.words import FileRefused
from opensenco.exchange.sentences import said
from opensenco.exchange.states import ImportKind, Match, State
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import NotAllowed
from opensenco.people.models import Pupil
from opensenco.people.operations import pupils
from opensenco.people.queries import place
from tests.exchange.lists import GRACE, HEADER, IDRIS, NOOR, changed, csv_of, line, staged
from tests.exchange.lists import rows_of as rows
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def fields(row: ImportRow) -> dict[str, tuple[object, object]]:
    return {one["field"]: (one["before"], one["after"]) for one in row.changes}


def reasons(row: ImportRow) -> str:
    return " ".join(map(said, row.reasons))


def test_each_row_is_new_changed_or_unchanged():
    with acting_as("senco") as actor:
        file = staged(actor, changed(IDRIS, sex="", year="5"), changed(GRACE, sex=""), NOOR)
        assert [(row.line, row.match) for row in rows(file)] == [
            (2, Match.CHANGED), (3, Match.UNCHANGED), (4, Match.NEW),
        ]  # fmt: skip
        assert fields(line(file, 2)) == {"year_group": (4, 5)}
        assert line(file, 2).pupil == Pupil.objects.get(first_name="Idris")
        assert fields(line(file, 4))["upn"] == (None, "T891999922005")


def test_no_pupil_is_touched():
    with acting_as("senco") as actor:
        before = list(Pupil.objects.order_by("id").values())
        file = staged(actor, changed(IDRIS, year="5"), NOOR)
        assert list(Pupil.objects.order_by("id").values()) == before
        assert (file.state, file.by) == (State.READ, actor.person)
        assert Entry.objects.filter(verb="stage_file", thing_ref=file.ref).count() == 1


def test_what_was_understood_is_kept():
    with acting_as("senco") as actor:
        file = staged(actor, IDRIS, file_name="C:\\My files\\pupils\t2027.csv")
        assert file.file_name == "pupils 2027.csv"
        assert ["birth_date", "DOB"] in file.columns["used"]
        assert file.columns["left_out"] == ["House"]


def test_a_column_that_we_do_not_keep_is_said_to_be_left_out():
    with acting_as("senco") as actor:
        header = (*HEADER[:-1], "Pupil Premium")
        file = staged(actor, changed(IDRIS, house="Y"), header=header)
        assert file.columns["left_out"] == ["Pupil Premium"]


def test_an_empty_cell_changes_nothing():
    with acting_as("senco") as actor:
        file = staged(actor, changed(IDRIS, sex="", year="", reg=""))
        assert line(file, 2).match == Match.UNCHANGED


def test_a_preferred_name_that_is_the_first_name_takes_the_other_name_away():
    with acting_as("senco") as actor:
        idris = Pupil.objects.get(first_name="Idris")
        pupils.change_pupil(actor=actor, pupil=idris, version=None, known_as="Iddy")
        header = (*HEADER[:-1], "Preferred Forename")
        same = staged(actor, changed(IDRIS, sex="", house="Idris"), header=header)
        assert fields(line(same, 2)) == {"known_as": ("Iddy", "")}
        blank = staged(actor, changed(IDRIS, sex="", house=""), header=header)
        assert line(blank, 2).match == Match.UNCHANGED


def test_a_pupil_is_found_by_upn_even_with_another_surname():
    with acting_as("senco") as actor:
        idris = Pupil.objects.get(first_name="Idris")
        pupils.change_pupil(actor=actor, pupil=idris, version=None, upn="T891999922005")
        file = staged(actor, changed(IDRIS, upn="T891999922005", legal_surname="Cole", sex=""))
        row = line(file, 2)
        assert (row.match, row.pupil) == (Match.CHANGED, idris)
        assert fields(row) == {"last_name": ("Hassan-Cole", "Cole")}


def test_a_upn_of_a_pupil_with_another_name_and_birth_date_is_a_question():
    with acting_as("senco") as actor:
        idris = Pupil.objects.get(first_name="Idris")
        pupils.change_pupil(actor=actor, pupil=idris, version=None, upn="T891999922005")
        row = line(staged(actor, NOOR), 2)
        assert (row.match, row.candidates) == (Match.DOUBTFUL, [idris.pk])
        assert "another name and date of birth" in reasons(row)


def test_the_same_name_and_birth_date_with_another_upn_is_a_question():
    with acting_as("senco") as actor:
        idris = Pupil.objects.get(first_name="Idris")
        pupils.change_pupil(actor=actor, pupil=idris, version=None, upn="T891999922005")
        row = line(staged(actor, changed(IDRIS, upn="W891999921006")), 2)
        assert (row.match, row.candidates) == (Match.DOUBTFUL, [idris.pk])
        assert "another UPN" in reasons(row)


def test_a_former_upn_finds_the_pupil_whose_upn_was_corrected():
    with acting_as("senco") as actor:
        idris = Pupil.objects.get(first_name="Idris")
        pupils.change_pupil(actor=actor, pupil=idris, version=None, upn="T891999922005")
        header = (*HEADER[:-1], "Former UPN")
        corrected = changed(IDRIS, upn="W891999921006", sex="", house="T891999922005")
        row = line(staged(actor, corrected, header=header), 2)
        assert row.pupil == idris
        assert fields(row) == {"upn": ("T891999922005", "W891999921006")}


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"dob": "05/04/2018"}, "another date of birth"),
        ({"legal_forename": "Idriss"}, "same date of birth and part of the name"),
        ({"legal_surname": "Cole"}, "same date of birth and part of the name"),
    ],
)
def test_what_only_looks_alike_is_a_question(cells, why):
    with acting_as("senco") as actor:
        row = line(staged(actor, changed(IDRIS, **cells)), 2)
        assert row.match == Match.DOUBTFUL
        assert row.candidates == [Pupil.objects.get(first_name="Idris").pk]
        assert why in reasons(row)


def test_a_twin_of_a_pupil_who_is_in_the_list_is_new():
    with acting_as("senco") as actor:
        twin = changed(IDRIS, legal_forename="Zahra")
        assert line(staged(actor, IDRIS, twin), 3).match == Match.NEW


def test_accents_capitals_and_apostrophes_do_not_hide_a_pupil():
    with acting_as("senco") as actor:
        row = line(staged(actor, changed(GRACE, legal_surname="ATHERTÓN", sex="")), 2)
        assert row.pupil == Pupil.objects.get(first_name="Grace")


def test_somebody_who_left_is_not_put_back_on_the_roll_without_being_asked():
    with acting_as("senco") as actor:
        idris = Pupil.objects.get(first_name="Idris")
        day = actor.today.replace(day=1)
        pupils.change_pupil(actor=actor, pupil=idris, version=None, left_on=day)
        row = line(staged(actor, IDRIS), 2)
        assert row.match == Match.DOUBTFUL
        assert "has left" in reasons(row)


def test_a_leaver_whom_nobody_knows_is_left_out_at_first():
    with acting_as("senco") as actor:
        header = (*HEADER[:-1], "Leaving Date")
        file = staged(actor, changed(NOOR, house="31/08/2026"), header=header)
        row = line(file, 2)
        assert (row.match, row.decision) == (Match.NEW, "leave")


def test_a_row_that_cannot_be_read_is_kept_with_its_line_and_its_mend():
    with acting_as("senco") as actor:
        row = line(staged(actor, changed(NOOR, dob="31/02/2018"), IDRIS), 2)
        assert row.match == Match.REFUSED
        assert row.faults[0]["given"] == "31/02/2018"
        assert said(row.faults[0]["wrong"]) == "There is no such day."
        assert row.cells[1] == "Cloverdale"


def test_html_formulas_and_a_very_long_cell_are_only_text():
    with acting_as("senco") as actor:
        file = staged(
            actor,
            changed(NOOR, legal_surname="<script>alert(1)</script>"),
            changed(NOOR, upn="", legal_forename='=HYPERLINK("x")'),
            changed(NOOR, upn="", legal_forename="x" * 100_000),
            changed(NOOR, upn="", legal_forename="A\0da"),
        )
        assert [row.match for row in rows(file)] == [
            Match.NEW, Match.NEW, Match.REFUSED, Match.REFUSED,
        ]  # fmt: skip
        assert line(file, 2).values["last_name"] == "<script>alert(1)</script>"
        assert "formula" in said(line(file, 3).notes[0]["said"])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\n", "This file is empty"),
        (b"PK\x03\x04\x14\x00 a workbook called pupils.csv", "workbook is damaged"),
        (b"<html><body>Please sign in</body></html>", "web page"),
    ],
)
def test_another_file_is_refused_and_nothing_is_kept(content, sentence):
    with acting_as("senco") as actor:
        before = FileImport.objects.count()
        with pytest.raises(FileRefused, match=sentence):
            staged(actor, content=content)
        assert FileImport.objects.count() == before


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"One,Two\r\n1,2\r\n", "cannot find the row with the headings"),
        ("\ufeffSurname,Forename\nÉ,È\n".encode("utf-16"), "no column with the date of birth"),
    ],
)
def test_a_file_whose_columns_are_not_understood_waits_to_be_told(content, sentence):
    with acting_as("senco") as actor:
        file = staged(actor, content=content)
        assert sentence in said(file.columns["unclear"])
        assert rows(file) == []


def test_a_file_in_windows_letters_is_understood():
    with acting_as("senco") as actor:
        content = csv_of([changed(NOOR, legal_forename="Zoë")]).decode().encode("cp1252")
        assert line(staged(actor, content=content), 2).values["first_name"] == "Zoë"


SEN_HEADER = (*HEADER[:-1], "SEN Status", "SEN Start Date", "SEN Need 1", "SEN Need 2")


def with_sen(row: tuple[str, ...], *cells: str) -> tuple[str, ...]:
    return (*row[:-1], *cells)


def test_letters_written_in_two_ways_are_told_of():
    zoe = csv_of([changed(NOOR, legal_forename="Zoë", upn="")])
    other = "Æsa".encode("cp1252")
    with acting_as("senco") as actor:
        mixed = zoe + b",Fen," + other + b",02/01/2018,F,4S,4,Red\r\n"
        file = staged(actor, content=mixed)
        told = " ".join(map(said, file.columns["notes"]))
        assert "1 letter is written in another way than the rest of the file" in told
        assert [row.match for row in rows(file)] == ["new", "new"]


def test_sen_status_and_needs_are_read_by_who_may_set_them():
    with acting_as("senco") as actor:
        row = with_sen(changed(GRACE, sex=""), "K", "01/09/2025", "SLCN", "ASD")
        file = staged(actor, row, header=SEN_HEADER)
        assert fields(line(file, 2)) == {"sen_status": ("", "K"), "needs": ([], ["SLCN", "ASD"])}
        assert line(file, 2).values["sen_since"] == "2025-09-01"


def test_sen_is_left_out_where_the_role_may_not_set_it():
    with acting_as("admin") as actor:
        row = with_sen(changed(GRACE, sex=""), "K", "01/09/2025", "SLCN", "ASD")
        file = staged(actor, row, header=SEN_HEADER)
        assert line(file, 2).match == Match.UNCHANGED
        assert "sen_status" not in line(file, 2).values
        assert file.columns["withheld"] == ["need", "sen_since", "sen_status"]
        assert "SEN Status" in file.columns["left_out"]


def test_no_sen_in_the_file_and_nothing_on_the_record_are_the_same():
    with acting_as("senco") as actor:
        row = with_sen(changed(GRACE, sex=""), "N", "", "", "")
        assert line(staged(actor, row, header=SEN_HEADER), 2).match == Match.UNCHANGED


def test_a_list_that_would_end_support_is_a_question():
    with acting_as("senco") as actor:
        row = line(staged(actor, with_sen(IDRIS, "N", "", "", ""), header=SEN_HEADER), 2)
        assert row.match == Match.DOUBTFUL
        assert "would end an EHC plan or SEN support" in reasons(row)


def test_an_empty_status_means_no_sen_only_where_one_says_so():
    with acting_as("senco") as actor:
        row = with_sen(NOOR, "", "", "", "")
        said_nothing = staged(actor, row, header=SEN_HEADER)
        assert "sen_status" not in line(said_nothing, 2).values
        said_none = staged(actor, row, header=SEN_HEADER, blank_sen_is_none=True)
        assert line(said_none, 2).values["sen_status"] == "N"


@pytest.mark.parametrize("who", ["teacher", "ta", "governor", "dsl", "parent"])
def test_those_who_may_not_import_are_refused(who):
    with acting_as("senco", write=False) as senco:
        org = place(senco)
    with acting_as(who) as actor, pytest.raises(Refused):
        stage_file(
            actor=actor, org=org, kind=ImportKind.PUPILS, file_name="x.csv", content=csv_of([NOOR])
        )


def test_nobody_reads_a_list_into_another_school():
    with acting_as("outsider", write=False) as outsider:
        theirs = place(outsider)
    with acting_as("senco") as actor, pytest.raises(Refused):
        stage_file(
            actor=actor,
            org=theirs,
            kind=ImportKind.PUPILS,
            file_name="x.csv",
            content=csv_of([NOOR]),
        )


@pytest.mark.parametrize("action", [Action.PUPIL_ADD, Action.PUPIL_EDIT, Action.CLASS_EDIT])
def test_a_narrowed_role_that_lacks_what_a_file_does_cannot_read_one(action):
    from dataclasses import replace

    with acting_as("senco") as actor:
        grants = {**actor.hat.grants, action: Reach.PART}
        narrowed = Actor(actor.person, replace(actor.hat, grants=grants), actor.at)
        with pytest.raises(NotAllowed):
            staged(narrowed, NOOR)


def test_pupils_of_another_school_are_never_matched():
    with acting_as("senco") as actor:
        zebedee = ("", "Markerword", "Zebedee", "01/01/2017", "M", "5X", "5", "")
        assert line(staged(actor, zebedee), 2).match == Match.NEW
