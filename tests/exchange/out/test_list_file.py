"""A list as a file: what any person typed comes back as it was, and nothing of it is run."""

import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from opensenco.exchange.out import Kind, Table, asked, csv_file, workbook
from opensenco.exchange.out.table import words
from opensenco.exchange.readers.cells import as_written
from opensenco.ui.listing import Pick, file_picks

HEADS = ("Pupil", "Since", "Minutes")
NASTY = (
    '=HYPERLINK("http://x","y")', "+44 20", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=x", "a\0b",
    "=cmd|' /C calc'!A0", "http://example.org", "mailto:x@example.org", "{=1+1}", "_x0041_",
    "\ufeffx", "one\r\ntwo", "\x0b", "1e5", "0012", "☃" * 40_000, "😀" * 20_000, "x" * 40_000,
    "\ud800", "]]>&<b>", "  spaces  ",
)  # fmt: skip


def csv_of(table: Table) -> list[list[str]]:
    text = csv_file.written(table).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def sheet_of(table: Table) -> list[list]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook.written(table)))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def inside(table: Table) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(workbook.written(table))) as parts:
        return {name: parts.read(name).decode() for name in parts.namelist()}


def test_a_csv_file_has_its_mark_and_days_as_the_whole_world_writes_them():
    moment = datetime(2027, 7, 1, 8, 5, 9, tzinfo=UTC)
    table = Table(
        "Register", (*HEADS, "At"), [("Ada", date(2027, 3, 9), 20, moment), ("B", *[None] * 3)]
    )
    assert csv_file.written(table).startswith(b"\xef\xbb\xbfPupil,Since,Minutes,At\r\n")
    first, last = csv_of(table)[1:]
    assert first == ["Ada", "2027-03-09", "20", "2027-07-01 09:05"]
    assert last == ["B", "", "", ""]


def test_an_excel_file_has_days_and_numbers_as_such_and_heads_that_stay():
    moment = datetime(2027, 7, 1, 8, 5, 9, tzinfo=UTC)
    table = Table("Register", (*HEADS, "At"), [("0012", date(2027, 3, 9), 20, moment)])
    assert sheet_of(table) == [
        [*HEADS, "At"],
        ["0012", date(2027, 3, 9), 20, datetime(2027, 7, 1, 9, 5)],  # noqa: DTZ001
    ]
    sheet = inside(table)["xl/worksheets/sheet1.xml"]
    assert 'state="frozen"' in sheet
    assert 'ySplit="1"' in sheet
    assert "<cols>" in sheet


@pytest.mark.vector("DTV-53")
@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_hostile_words_are_words_in_both_kinds(text: str):
    table = Table("x", ["a"], [[text]])
    plain = words(text)
    cell = csv_of(table)[1][0] if plain else ""
    assert as_written(cell) == plain
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    if len(plain) < 20_000:
        assert sheet_of(table)[1:] == ([[plain]] if plain else [])
    parts = inside(table)
    assert not re.search("<f[ >]|<hyperlink", parts["xl/worksheets/sheet1.xml"])
    assert not any("vba" in name.lower() or "rels/sheet" in name for name in parts)


@pytest.mark.vector("DTV-53")
@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(max_size=40) | st.text(alphabet="=+-@\t\r\n'\"\0,;ab", max_size=12),
            st.dates() | st.none(),
            st.integers(-(10**20), 10**20) | st.none(),
        ),
        max_size=4,
    )
)
def test_what_goes_out_can_be_read_back_from_both_kinds(rows):
    table = Table("List", HEADS, rows)
    text = csv_of(table)
    sheet = sheet_of(table)
    assert text[0] == sheet[0] == list(HEADS)
    for number, (typed, day, count) in enumerate(rows, start=1):
        said, since, minutes = text[number]
        assert as_written(said) == words(typed)
        assert not said.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert since == (day.isoformat() if day else "")
        assert minutes == ("" if count is None else str(count))
        if number < len(sheet):
            assert sheet[number][0] == words(typed)
            assert str(sheet[number][1] or "") == since
            shown = sheet[number][2]
            assert shown in ("", count) if count is None else int(shown) == count


@pytest.mark.parametrize("text", ["x" * 40_000, "😀" * 20_000])
def test_words_too_long_for_a_cell_say_that_they_are_cut(text: str):
    cell = sheet_of(Table("x", ["a"], [[text]]))[1][0]
    assert cell.endswith("The CSV file has it all.)")
    assert len(cell.encode("utf-16-le")) // 2 <= workbook.MOST_LETTERS
    assert csv_of(Table("x", ["a"], [[text]]))[1][0] == text


def test_a_day_that_excel_counts_wrong_is_written_as_words():
    rows = [[date(1, 1, 1)], [date(1900, 2, 28)], [date(1900, 3, 1)], [date(9999, 12, 31)]]
    got = [row[0] for row in sheet_of(Table("x", ["a"], rows))[1:]]
    assert got == ["0001-01-01", "1900-02-28", date(1900, 3, 1), date(9999, 12, 31)]


def test_a_sheet_can_be_called_anything():
    for title in ("", "a/b:c*?[]\\", "'x'", "History", "n" * 50, "=1"):
        assert sheet_of(Table(title, ["a"], [])) == [["a"]]


def test_a_row_that_does_not_fit_and_a_cell_of_no_kind_are_refused():
    with pytest.raises(ValueError, match="cells"):
        Table("x", ["a", "b"], [["1"]])
    with pytest.raises(ValueError, match="zone"):
        Table("x", ["a"], [[datetime(2027, 1, 1)]])  # noqa: DTZ001
    for cell in (True, 1.5, ["x"]):
        with pytest.raises(TypeError):
            Table("x", ["a"], [[cell]])  # type: ignore[list-item]


def test_two_thousand_rows_are_written_in_a_moment():
    day = date(2027, 1, 1)
    rows = [(f"Child {n}", day + timedelta(days=n % 300), n) for n in range(2_000)]
    assert len(sheet_of(Table("x", HEADS, rows))) == 2_001


def test_an_address_asks_for_a_file_by_one_word():
    assert asked({"file": "xlsx"}) is Kind.XLSX
    assert asked({"file": "csv"}) is Kind.CSV
    assert asked({"file": "exe"}) is None
    assert asked({}) is None


def test_the_addresses_of_files_keep_the_filters_and_leave_the_page_out():
    picks = file_picks({"status": "K", "page": "3", "need": "", "file": "csv"})
    assert picks == [
        Pick("Excel", "?status=K&file=xlsx"),
        Pick("CSV", "?status=K&file=csv"),
    ]
