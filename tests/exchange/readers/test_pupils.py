import csv
import io
from datetime import date
from pathlib import Path

import pytest

from opensenco.exchange.readers import lists as lists_module
from opensenco.exchange.readers.compare import changes
from opensenco.exchange.readers.languages import Language
from opensenco.exchange.readers.needs import Need
from opensenco.exchange.readers.pupil import PupilRow, Refused
from opensenco.exchange.readers.pupil_columns import PupilField
from opensenco.exchange.readers.pupils import (
    PupilFile,
    preview_pupils,
    read_pupils,
    refused_as_csv,
)
from opensenco.exchange.readers.values import NameOrder
from opensenco.exchange.readers.words import FileRefused

EXTRACTS = Path(__file__).parent.parent / "extracts"
LIST = EXTRACTS / "pupils.csv"
DISORDER = EXTRACTS / "pupils_in_disorder.csv"
TODAY = date(2026, 11, 22)
HEADER = "UPN,Surname,Forename,DOB"


def read(text: str, **options: object) -> PupilFile:
    return read_pupils(text.encode(), today=TODAY, **options)  # type: ignore[arg-type]


def one(extra_heading: str = "", extra: str = "", start: str = ",Okafor,Ada,03/09/2016") -> object:
    (row,) = read(f"{HEADER},{extra_heading}\r\n{start},{extra}\r\n").rows
    return row


def pupil(extra_heading: str = "", extra: str = "") -> PupilRow:
    row = one(extra_heading, extra)
    assert isinstance(row, PupilRow), row
    return row


def faults(row: object) -> list[tuple[str, str]]:
    assert isinstance(row, Refused)
    assert all(str(fault.mend).endswith(".") for fault in row.faults)
    return [(fault.column, str(fault.wrong)) for fault in row.faults]


def notes(row: PupilRow) -> list[str]:
    return [str(note.said) for note in row.notes]


def test_a_list_of_a_school_is_read_whole() -> None:
    file = read_pupils(LIST, today=TODAY)
    assert (len(file.pupils), file.refused, file.notes) == (40, (), ())
    assert (file.delimiter, file.source.encoding) == (",", "utf-8-sig")
    assert file.unused == ("In Care", "House")
    assert file.used[PupilField.NEED] == ("SEN Need 1", "SEN Need 2")
    first, second = file.pupils[:2]
    assert (first.line, first.upn, first.admission_number) == (2, "", "001001")
    assert second.needs == (Need(1, "ASD"), Need(2, "SLCN"))
    assert second.values(file.fields) == {
        "surname": "Cloverdale",
        "forename": "Ben",
        "birth_date": date(2021, 6, 2),
        "upn": "H891999925002",
        "upn_temporary": False,
        "admission_number": "001002",
        "preferred_forename": "",
        "sex": "M",
        "year_group": "1",
        "registration_group": "1B",
        "entry_date": date(2025, 9, 2),
        "sen_status": "K",
        "needs": (Need(1, "ASD"), Need(2, "SLCN")),
        "sen_history": "",
        "free_school_meals": False,
        "pupil_premium": False,
        "eal": False,
        "home_language": Language("ENG", "English"),
    }


def test_a_list_in_disorder_is_read_row_by_row() -> None:
    file = read_pupils(DISORDER, today=TODAY)
    assert (file.delimiter, file.source.encoding) == (";", "cp1252")
    assert [row.line for row in file.rows] == list(range(5, 16))
    assert [(row.line, row.surname) for row in file.pupils] == [
        (5, "Inkpen"),
        (6, "O\u2019Thistle"),
        (7, "Dunnock"),
        (13, "Nettlefold"),
        (14, '=HYPERLINK("x")'),
    ]
    assert file.pupils[0].needs == (Need(1, "ASD"), Need(2, "SLCN"))
    assert file.pupils[1].upn_temporary
    assert file.pupils[2].home_language == Language("", "Klingonese")
    assert (file.pupils[3].sen_status, file.pupils[3].sen_history) == ("", "P")


def test_every_refused_row_says_line_column_fault_and_mend() -> None:
    file = read_pupils(DISORDER, today=TODAY)
    told = [
        (row.line, fault.column, str(fault.wrong), str(fault.mend))
        for row in file.refused
        for fault in row.faults
    ]
    assert told[:3] == [
        (
            8,
            "Unique Pupil Number",
            "The first letter of the UPN does not fit its numbers.",
            "With these numbers it should start with E. Check every number.",
        ),
        (
            9,
            "Date of Birth",
            "There is no such day.",
            "Write the date as day, month, year, like 03/09/2016.",
        ),
        (
            10,
            "SEN Provision",
            "The SEN status is not one that we know.",
            "Write N (no SEN), K (SEN support) or E (EHC plan).",
        ),
    ]
    assert [line for line, *_ in told] == [8, 9, 10, 11, 12, 15]


def test_the_refused_rows_can_be_mended_and_sent_again() -> None:
    file = read_pupils(DISORDER, today=TODAY)
    table = list(csv.reader(io.StringIO(refused_as_csv(file))))
    assert table[0][-5:] == ["Who or what", "Line", "What is wrong", "What to do", "Left over"]
    again = read_pupils(refused_as_csv(file).encode(), today=TODAY)
    assert len(again.refused) == len(file.refused)
    assert not again.pupils
    table[1][1] = "E891999024001"
    table[2][2] = "28/02/2017"
    out = io.StringIO()
    csv.writer(out).writerows(table)
    mended = read_pupils(out.getvalue().encode(), today=TODAY)
    assert [row.surname for row in mended.pupils] == ["Fernsby", "Ryegrass"]


def test_a_row_of_wrong_length_cannot_slip_through_the_second_time() -> None:
    file = read(f"{HEADER},Class,House\r\n,Okafor,Ada,03/09/2016,Red\r\n")
    assert faults(file.rows[0])[0][1] == "5 fields, header has 6."
    again = read(refused_as_csv(file))
    assert not again.pupils


@pytest.mark.vector("DTV-53")
def test_a_formula_is_text_and_survives_the_way_out_and_back() -> None:
    name = '"=HYPERLINK(""x"")"'
    row = one("", "", f",{name},Ada,03/09/2016")
    assert isinstance(row, PupilRow)
    assert row.surname == '=HYPERLINK("x")'
    assert "formula" in notes(row)[0]
    out = refused_as_csv(read(f"{HEADER}\r\n,{name},Ada,31/02/2016\r\n"))
    assert '"\'=HYPERLINK(""x"")"' in out
    again = read(out.replace("31/02/2016", "01/02/2016"))
    assert again.pupils[0].surname == '=HYPERLINK("x")'


def test_all_faults_of_a_row_are_told_at_once() -> None:
    row = one("SEN", "maybe", "X80120000A001,,Ada,31/02/2016")
    assert faults(row) == [
        ("Surname", "The cell is empty."),
        ("DOB", "There is no such day."),
        ("UPN", "The UPN has a letter where only a number can be."),
        ("SEN", "The SEN status is not one that we know."),
    ]


@pytest.mark.parametrize(
    ("born", "wrong"),
    [
        ("23/11/2026", "The date of birth is in the future."),
        ("03/09/87", "The date of birth is in the future."),
        ("03/09/1987", "The date of birth is more than 30 years ago."),
        ("", "The cell is empty."),
        ("42616", "This is a spreadsheet's number for a date, not a date."),
    ],
)
def test_a_birth_date_must_be_possible(born: str, wrong: str) -> None:
    assert faults(one("", "", f",Okafor,Ada,{born}")) == [("DOB", wrong)]


@pytest.mark.parametrize(
    ("upn", "wrong"),
    [
        ("A801200005001", "The first letter of the UPN does not fit its numbers."),
        ("B80120000500", "The UPN has not 13 characters."),
        ("1801200005001", "The UPN does not start with a letter."),
        ("B80120000500O", "The UPN ends in a letter that no UPN can end in."),
    ],
)
def test_a_wrong_upn_refuses_the_row_and_is_not_repeated(upn: str, wrong: str) -> None:
    row = one("", "", f"{upn},Okafor,Ada,03/09/2016")
    assert faults(row) == [("UPN", wrong)]
    assert isinstance(row, Refused)
    assert row.faults[0].given == upn
    assert upn not in repr(row)
    assert upn not in str(row.faults[0].mend)


def test_a_missing_or_temporary_upn_is_no_fault() -> None:
    assert pupil().upn == ""
    row = one("", "", "q89199902400a ,Okafor,Ada,03/09/2016")
    assert isinstance(row, PupilRow)
    assert (row.upn, row.upn_temporary) == ("Q89199902400A", True)
    assert "temporary" in notes(row)[0]


@pytest.mark.vector("DTV-04")
def test_a_upn_of_an_unknown_authority_is_noted() -> None:
    row = one("", "", "E000200005001,Okafor,Ada,03/09/2016")
    assert isinstance(row, PupilRow)
    assert "authority" in notes(row)[0]


def test_an_identifier_damaged_by_a_spreadsheet_refuses_the_row() -> None:
    assert faults(one("Adno", "1E+05")) == [("Adno", "The number was damaged by a spreadsheet.")]
    assert pupil("Adno", "000123").admission_number == "000123"


@pytest.mark.parametrize(
    ("heading", "text", "field"),
    [
        ("Sex", "?", "sex"),
        ("Year", "Nursery", "year_group"),
        ("Entry Date", "soon", "entry_date"),
        ("FSM", "maybe", "free_school_meals"),
        ("Home Language", "12", "home_language"),
        ("Enrolment Status", "zebra", "enrolment"),
        ("Class", "x" * 51, "registration_group"),
        ("Former UPN", "A801200005001", "former_upn"),
        ("Middle Names", "-", "middle_names"),
        ("Known As", "1", "preferred_forename"),
    ],
)
def test_what_is_not_vital_is_left_blank_with_a_note(heading: str, text: str, field: str) -> None:
    row = pupil(heading, text)
    assert not getattr(row, field)
    assert [(note.column, note.given) for note in row.notes] == [(heading, text)]


@pytest.mark.vector("DTV-38")
def test_values_as_the_census_files_have_them() -> None:
    file = read(
        "upn,surname,forename,dob,senprovision,sentype,sentyperank,senunitindicator,parttime\r\n"
        ",SUR,FOR,2020-Apr-25 00:00:00,K,MLD,1.0,True,\r\n"
        ",SUR,FOR,2020-Apr-25 00:00:00,K,ASD,2.0,True,\r\n"
        ",SUR,Other,2020-Apr-26 00:00:00,N,,,,\r\n"
    )
    first, second = file.pupils
    assert first.needs == (Need(1, "MLD"), Need(2, "ASD"))
    assert (first.sen_unit, second.sen_unit) == (True, None)


def test_a_blank_status_says_nothing_unless_the_person_says_it_means_none() -> None:
    text = f"{HEADER},SEN\r\n,Okafor,Ada,03/09/2016,\r\n"
    assert read(text).pupils[0].sen_status == ""
    assert read(text, blank_sen_is_none=True).pupils[0].sen_status == "N"
    without = f"{HEADER}\r\n,Okafor,Ada,03/09/2016\r\n"
    assert read(without, blank_sen_is_none=True).pupils[0].sen_status == ""


def test_a_need_beside_no_sen_is_noted() -> None:
    file = read(f"{HEADER},SEN,Need\r\n,Okafor,Ada,03/09/2016,N,MLD\r\n")
    assert "status is N" in notes(file.pupils[0])[0]


def test_needs_in_lines_of_one_cell_and_by_rank_of_their_columns() -> None:
    assert pupil("SEN Needs", '"ASD\r\nMLD"').needs == (Need(1, "ASD"), Need(2, "MLD"))
    file = read(f"{HEADER},Secondary Need,Primary Need\r\n,Okafor,Ada,03/09/2016,ASD,MLD\r\n")
    assert file.pupils[0].needs == (Need(1, "MLD"), Need(2, "ASD"))
    assert faults(one("Need", "ASD; ASD")) == [("", "The same type of need is given twice.")]


def test_names_in_one_column() -> None:
    text = 'Name,DOB\r\n"Okafor, Ada",03/09/2016\r\nAda Okafor,04/09/2016\r\n,04/09/2016\r\n'
    first, second, third = read(text).rows
    assert isinstance(first, PupilRow)
    assert (first.surname, first.forename) == ("Okafor", "Ada")
    assert faults(second)[0][0] == faults(third)[0][0] == "Name"
    both = read(text, name_order=NameOrder.FORENAME_FIRST).pupils
    assert {(row.surname, row.forename) for row in both} == {("Okafor", "Ada")}


def test_a_mapping_by_the_person_is_followed() -> None:
    text = "a,b,c,d\r\nOkafor,Ada,03/09/2016,K\r\n"
    mapping = {
        "A": PupilField.SURNAME,
        "b": PupilField.FORENAME,
        " c ": PupilField.BIRTH_DATE,
        "d": PupilField.SEN_STATUS,
    }
    row = read(text, mapping=mapping).pupils[0]
    assert (row.surname, row.sen_status) == ("Okafor", "K")
    with pytest.raises(FileRefused, match="not in this file"):
        read(text, mapping=mapping | {"e": PupilField.UPN})
    with pytest.raises(FileRefused, match="Two columns"):
        read(text, mapping=mapping | {"d": PupilField.SURNAME})
    del mapping["b"]
    with pytest.raises(FileRefused, match="first name"):
        read(text, mapping=mapping)


def test_the_preview_shows_headings_samples_and_the_guess() -> None:
    preview = preview_pupils(DISORDER)
    assert preview.header[0] == "Pupil Name"
    assert len(preview.sample) == 10
    assert preview.guess.missing == ()
    assert "Inkpen" not in repr(preview)
    strange = preview_pupils(b"a;b;c\r\n1;2;3\r\n")
    assert strange.header == ("a", "b", "c")
    assert PupilField.SURNAME in strange.guess.missing


def test_two_pupils_with_one_upn_are_both_refused() -> None:
    upn = "E891999024001"
    file = read(
        f"{HEADER}\r\n{upn},Okafor,Ada,03/09/2016\r\n,Bell,Jo,03/09/2016\r\n"
        f"{upn},Larkin,Sam,04/09/2016\r\n"
    )
    assert [row.surname for row in file.pupils] == ["Bell"]
    assert [faults(row) for row in file.refused] == [
        [("", "This row and line 4 have the same number or name but differ.")],
        [("", "This row and line 2 have the same number or name but differ.")],
    ]
    assert file.refused[0].cells == (upn, "Okafor", "Ada", "03/09/2016")


def test_a_row_that_is_repeated_is_one_pupil() -> None:
    line = ",Okafor,Ada,03/09/2016\r\n"
    (row,) = read(f"{HEADER}\r\n{line}{line}").pupils
    assert row.lines == (2, 3)
    assert notes(row) == ["Line 3 repeats this pupil."]


def test_one_line_for_each_need_is_one_pupil() -> None:
    file = read(
        "Adno,Surname,Forename,DOB,Need,Rank\r\n1,Okafor,Ada,03/09/2016,ASD,2\r\n"
        "1,Okafor,Ada,03/09/2016,SLCN,1\r\n2,Bell,Jo,03/09/2016,ASD,1\r\n"
        "2,Bell,Jo,03/09/2016,MLD,1\r\n"
    )
    (row,) = file.pupils
    assert row.needs == (Need(1, "SLCN"), Need(2, "ASD"))
    assert (row.lines, row.notes) == ((2, 3), ())
    assert [line.line for line in file.refused] == [4, 5]
    assert "same rank" in faults(file.refused[0])[0][1]


def test_months_before_days_refuse_the_file() -> None:
    with pytest.raises(FileRefused, match="column 4 have the month before"):
        read(f"{HEADER}\r\n,Okafor,Ada,09/03/2016\r\n,Bell,Jo,09/23/2016\r\n")
    file = read(f"{HEADER}\r\n,Okafor,Ada,23/09/2016\r\n,Bell,Jo,09/23/2016\r\n")
    assert (len(file.pupils), len(file.refused)) == (1, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("just,some,words\r\n1,2,3\r\n", "headings"),
        ("Okafor,Ada,03/09/2016\r\n", "headings"),
        ("UPN,Surname,Forename\r\n", "date of birth"),
        ("UPN,DOB,Forename\r\n", "surname"),
        ("UPN,UPN,Name,DOB\r\n", "Two columns are for one field, “UPN”"),
        (",".join(["UPN,Name,DOB", *["x"] * 300]) + "\r\n", "more than 300 columns"),
    ],
)
def test_a_file_that_is_no_pupil_list_is_refused(text: str, said: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read(text)
    assert said in refusal.value.sentence
    assert "Okafor" not in refusal.value.sentence


def test_a_file_of_delimiters_is_refused_soon() -> None:
    with pytest.raises(FileRefused):
        read(("," * 400_000 + "\r\n") * 20)
    with pytest.raises(FileRefused, match="more than 300 columns"):
        read(f"{HEADER}" + ",x" * 200_000 + "\r\n")


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    line = ",Okafor,Ada,03/09/2016\r\n"
    monkeypatch.setattr(lists_module, "MOST_ROWS", 3)
    assert len(read(f"{HEADER}\r\n{line * 3}").pupils) == 1
    with pytest.raises(FileRefused, match="more than 3 rows"):
        read(f"{HEADER}\r\n{line * 4}")


def test_a_great_many_empty_rows_are_nothing() -> None:
    file = read(f"{HEADER}\r\n,Okafor,Ada,03/09/2016\r\n" + ",,,\r\n" * 200_000)
    assert len(file.rows) == 1


def test_a_nul_refuses_its_row_and_an_unknown_letter_is_noted() -> None:
    file = read_pupils(
        f"{HEADER}\r\n,Oka\0for,Ada,03/09/2016\r\n".encode() + b",Bel\x81l,Zo\xeb,04/09/2016\r\n",
        today=TODAY,
    )
    assert "NUL" in faults(file.rows[0])[0][1]
    assert "letter could not be read" in notes(file.pupils[0])[0]
    assert str(file.notes[0]).startswith("1 letter could not be read.")
    with pytest.raises(FileRefused):
        read("UPN,Surname,Fore\0name,DOB\r\n")


def test_a_file_without_pupils_is_read_as_none() -> None:
    assert read(f"{HEADER}\r\n").rows == ()


def test_markup_and_long_texts_are_text_or_refused() -> None:
    assert pupil("Class", "<script>alert(1)</script>").registration_group.startswith("<script>")
    row = one("", "", f",{'x' * 100_000},Ada,03/09/2016")
    assert faults(row) == [("Surname", "The name is longer than 100 characters.")]


def test_a_pupil_shows_only_its_line() -> None:
    assert repr(pupil()) == "PupilRow(line=2)"


def test_what_changed_since_last_time_is_told_by_field() -> None:
    text = f"{HEADER},SEN\r\n,Okafor,Ada,03/09/2016,N\r\n"
    before, after = read(text), read(text.replace(",N", ",K"))
    fields = after.fields
    (change,) = changes(before.pupils[0].values(fields), after.pupils[0].values(fields))
    assert (change.name, change.before, change.after) == ("sen_status", "N", "K")
