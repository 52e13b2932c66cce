"""Workbooks as people have them, and workbooks that nobody should open."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest

from opensenco.exchange.readers import bombs
from opensenco.exchange.readers.lists import open_file, read_table
from opensenco.exchange.readers.pupil_columns import PUPIL_FIELDS
from opensenco.exchange.readers.pupils import PupilFile, read_pupils
from opensenco.exchange.readers.words import FileRefused
from tests.exchange.books import book_of, part_of, with_part

TODAY = date(2027, 3, 10)
HEADER = ("UPN", "Surname", "Forename", "DOB", "Year", "Class")
ADA = ("E891999024001", "Okafor", "Ada", date(2016, 9, 3), 5, "5R")
SHEET = "xl/worksheets/sheet1.xml"


def read(book: bytes) -> PupilFile:
    return read_pupils(book, today=TODAY)


def told(file: PupilFile) -> str:
    return " ".join(map(str, file.notes))


def test_a_list_below_a_title_is_read_with_dates_and_numbers_as_they_are_meant() -> None:
    rows = [("Report of 9 March",), (), HEADER, ADA, (), ("", "Berg", "Bo", 42616, 5.0, 5)]
    rows.append(("", "Cole", "Cy", 42616.75, 5, 5))
    file = read(book_of(rows))
    ada, bo, cy = file.pupils
    assert cy.birth_date == date(2016, 9, 3), "a time of day beside the day is of no matter"
    assert (ada.upn, ada.birth_date, ada.year_group) == ("E891999024001", date(2016, 9, 3), "5")
    # a number under "date of birth" is the spreadsheet's number of a day
    assert (bo.birth_date, bo.registration_group) == (date(2016, 9, 3), "5")
    assert [ada.line, bo.line] == [4, 6], "lines are those that the spreadsheet shows"


def test_days_counted_since_1904_are_the_same_days() -> None:
    def since_1904(book: Any, _page: Any) -> None:
        book.date_1904 = True

    file = read(book_of([HEADER, ("", "Berg", "Bo", 41154, 5, "")], more=since_1904))
    assert file.pupils[0].birth_date == date(2016, 9, 3)


def test_a_formula_gives_its_result_and_is_told_of() -> None:
    def sums(_book: Any, page: Any) -> None:
        page.write_formula(1, 5, '="5"&"R"', value="5R")

    file = read(book_of([HEADER, (*ADA[:5], "")], more=sums))
    assert file.pupils[0].registration_group == "5R"
    assert "The workbook calculates." in told(file)


def test_a_class_merged_downwards_counts_for_each_row_and_merging_across_is_refused() -> None:
    def merge(_book: Any, page: Any) -> None:
        page.merge_range(1, 5, 2, 5, "5R")
        page.merge_range(3, 1, 3, 2, "Together")

    bo = ("", "Berg", "Bo", date(2016, 9, 4), 5, "")
    file = read(book_of([HEADER, ADA, bo, ("", "", "", date(2016, 9, 4), 5, "")], more=merge))
    assert [one.registration_group for one in file.pupils] == ["5R", "5R"]
    assert "merged with others" in str(file.refused[0].faults[0].wrong)
    assert "merged downwards count for each" in told(file)


def test_the_sheet_with_the_list_is_found_and_hidden_ones_are_told_of() -> None:
    def sheets(book: Any, _page: Any) -> None:
        pupils = book.add_worksheet("Roll")
        hidden = book.add_worksheet("Last year")
        hidden.hide()
        for page, name in ((pupils, "Okafor"), (hidden, "Secret")):
            page.write_row(0, 0, ["Surname", "Forename", "DOB"])
            page.write_row(1, 0, [name, "Ada", "03/09/2016"])

    book = book_of([("Notes",), ("Call the office",)], sheet="Cover", more=sheets)
    file = read(book)
    assert [one.surname for one in file.pupils] == ["Okafor"]
    assert "The list was read from the sheet “Roll”." in told(file)
    assert "hidden sheets (Last year). They were not read." in told(file)
    chosen = read_table(open_file(book), PUPIL_FIELDS, None, "Last year")
    assert chosen.rows[0].cells[0] == "Secret", "a person may choose it"


def test_a_list_that_is_on_a_hidden_sheet_alone_is_read_and_said_to_be_hidden() -> None:
    def hide(book: Any, page: Any) -> None:
        book.add_worksheet("Cover").activate()
        page.hide()

    file = read(book_of([HEADER, ADA], sheet="Old roll", more=hide))
    assert len(file.pupils) == 1
    assert "The sheet “Old roll” is hidden in the workbook." in told(file)


def test_something_to_the_right_of_the_headings_is_a_fault_of_its_row() -> None:
    file = read(book_of([HEADER, ADA, (*ADA[:4], 5, "5R", "moved")]))
    assert len(file.pupils) == 1
    assert "to the right of the headings" in str(file.refused[0].faults[0].wrong)


def test_a_million_rows_that_are_only_coloured_are_no_rows() -> None:
    book = book_of([HEADER, ADA])
    blank = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(3, 100_000))
    sheet = part_of(book, SHEET).replace(b"</sheetData>", blank + b"</sheetData>")
    assert len(read(with_part(book, SHEET, sheet)).pupils) == 1


def refused(content: bytes) -> str:
    with pytest.raises(FileRefused) as refusal:
        read(content)
    return str(refusal.value.words)


def test_what_is_no_safe_workbook_is_refused_before_it_is_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    book = book_of([HEADER, ADA])
    assert "holds macros" in refused(with_part(book, "xl/vbaProject.bin", b"x"))
    assert "This is a Word file" in refused(with_part(book, "word/document.xml", b"x"))
    assert "damaged or incomplete" in refused(book[: len(book) // 2])
    assert "damaged or incomplete" in refused(with_part(book, SHEET, b"<worksheet><broken"))
    monkeypatch.setattr(bombs, "MOST_UNFOLDED", 2 * bombs.MEGABYTE)
    bomb = b"<worksheet>" + b" " * (3 * bombs.MEGABYTE)
    assert "unfolds to more than" in refused(with_part(book, SHEET, bomb))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("list.csv", "Surname,Forename")
    assert "a ZIP file or a workbook of another program" in refused(out.getvalue())


def test_a_cell_at_the_end_of_the_sheet_is_refused_before_room_is_made_for_it() -> None:
    book = book_of([HEADER, ADA])
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    sheet = part_of(book, SHEET).replace(b"</sheetData>", far)
    assert "far below or far to the right" in refused(with_part(book, SHEET, sheet))


def test_a_sheet_for_each_class_is_one_list_and_another_year_of_the_same_pupils_is_not() -> None:
    bo = ("U891999024002", "Berg", "Bo", date(2016, 9, 4), 5, "5S")

    def classes(book: Any, _page: Any) -> None:
        for name, row in (("5S", bo), ("Last year", (*ADA[:4], 4, "4R"))):
            page = book.add_worksheet(name)
            page.write_row(0, 0, ["Class list"])
            page.write_row(1, 0, HEADER)
            page.write_row(2, 0, [str(cell) for cell in row])
            page.write_row(3, 0, ["Total", "1"])

    book = book_of([HEADER, ADA, ("Total pupils", 1)], sheet="5R", more=classes)
    file = read(book)
    assert not file.refused, file.refused[0].faults
    assert [(one.line, one.surname) for one in file.pupils] == [(2, "Okafor"), (5, "Berg")]
    assert "The sheets 5R, 5S have the same headings. They were read one under another." in told(
        file
    )
    assert "Other sheets were not read: Last year." in told(file)
    one_sheet = read_table(open_file(book), PUPIL_FIELDS, None, "5S")
    assert [row.line for row in one_sheet.rows] == [3]


@pytest.mark.parametrize(
    ("end", "left_out"),
    [
        (["Total", "2", "", ""], 1),
        (["", "", "", ""], 0),
        (["Number of pupils: 1", "", "", ""], 1),
        (["Printed on 12/11/2026"], 1),
        (["Total", "Ada", "03/09/2016", "5"], 0),
    ],
)
def test_lines_at_the_end_that_count_or_sign_the_list_are_left_out_and_told(end, left_out) -> None:
    rows = [["Surname", "Forename", "DOB", "Year"], ["Okafor", "Ada", "03/09/2016", "5"], end]
    file = read("\r\n".join(",".join(row) for row in rows).encode())
    assert ("only counts or signs the list" in told(file)) is bool(left_out)
    assert not file.refused


@pytest.mark.parametrize(
    "text",
    [
        "Surname\tForename\tDOB\tYear\r\nOkafor\tAda\t03/09/2016\tYear 5\r\n",
        "Surname;Forename;DOB;Year\r\nOkafor;Ada;03/09/2016;Y5\r\n",
        "Class list,,,\r\n,,,\r\nSurname,Forename,DOB,Year\r\nOkafor,Ada,03/09/2016,5\r\n",
        "Pupil,,School,\r\nSurname,Forename,DOB,Year\r\nOkafor,Ada,3 Sep 2016,Yr 5\r\n",
        'Name,DOB,Year\r\n"OKAFOR, Ada",03.09.2016,5\r\n',
    ],
    ids=["tabs", "semicolons", "a title above", "two lines of headings", "SURNAME, Forename"],
)
def test_lists_of_odd_shapes_are_the_same_list(text) -> None:
    for written in (text.encode(), text.encode("utf-16"), text.encode("utf-8-sig")):
        (ada,) = read(written).pupils
        said = (ada.surname.title(), ada.forename, ada.birth_date, ada.year_group)
        assert said == ("Okafor", "Ada", date(2016, 9, 3), "5")
