from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.exchange.readers.values import (
    NameOrder,
    read_date,
    read_name,
    read_sex,
    read_year_group,
    read_yes_no,
    split_name,
    written_month_first,
)
from opensenco.exchange.readers.words import Unreadable


@pytest.mark.parametrize(
    "text",
    [
        "03/09/2016",
        "3/9/2016",
        "03-09-2016",
        "3.9.2016",
        "03 09 2016",
        "03/09/16",
        "2016-09-03",
        "2016/9/3",
        "2016-09-03T00:00:00Z",
        "2016-09-03 00:00:00.000",
        "03/09/2016 00:00",
        "03/09/2016 12:00:00 AM",
        "3 Sep 2016",
        "3 Sept 2016",
        "03-Sep-16",
        "3rd September 2016",
        "Saturday, 3 September 2016",
        "Sat 3 Sep 2016",
        "03Sep2016",
        "2016-Sep-03 00:00:00",
    ],
)
def test_a_date_in_its_usual_disorder(text: str) -> None:
    assert read_date(text) == date(2016, 9, 3)


@pytest.mark.vector("DTV-29")
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("13-01-2026", date(2026, 1, 13)),
        ("13/01/2026", date(2026, 1, 13)),
        ("2022-Sep-28 00:00:00", date(2022, 9, 28)),
        ("2025-Feb-14 00:00:00", date(2025, 2, 14)),
    ],
)
def test_the_dates_of_the_vectors(text: str, day: date) -> None:
    assert read_date(text) == day


@pytest.mark.vector("DTV-29")
@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("31-02-2025", "no such day"),
        ("29/02/2025", "no such day"),
        ("00/00/0000", "no such day"),
        ("3 Foo 2016", "no such day"),
        ("09/23/2016", "month before the day"),
        ("42616", "spreadsheet"),
        ("42616.0", "spreadsheet"),
        ("soon", "not a date"),
        ("03092016", "not a date"),
        ("1/2/3", "not a date"),
        ("\u0663/\u0669/2016", "not a date"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text: str, wrong: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_date(text)
    assert wrong in str(refusal.value.wrong)
    assert str(refusal.value.mend)


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d-%b-%Y", "%A %d %B %Y"):
        written = day.strftime(form).replace(f"{day.year}", f"{day.year:04d}")
        assert read_date(written) == day


@pytest.mark.parametrize(
    ("column", "month_first"),
    [
        (["03/09/2016", "09/23/2016"], True),
        (["03/09/2016", "09/23/2016", "23/09/2016"], False),
        (["23/09/2016", "09/23/2016"], False),
        (["03/09/2016", "2016-09-23", ""], False),
        (["13/13/2016"], False),
        ([], False),
    ],
)
def test_a_month_first_column_is_told_from_one_slip(column: list[str], month_first: bool) -> None:
    assert written_month_first(column) is month_first


def test_yes_and_no() -> None:
    assert all(read_yes_no(text) for text in ("Y", "yes", "TRUE", "t", "1", "✓"))
    assert not any(read_yes_no(text) for text in ("N", "No", "FALSE", "f", "0"))
    with pytest.raises(Unreadable):
        read_yes_no("perhaps")


def test_sex() -> None:
    assert [read_sex(text) for text in ("F", "female", "Girl", "M", "Male", "boy")] == [
        *"FFFMMM",
    ]
    with pytest.raises(Unreadable):
        read_sex("U?")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("R", "R"),
        ("Rec", "R"),
        ("Reception", "R"),
        ("Year R", "R"),
        ("YR", ""),
        ("yR1", "1"),
        ("0", "R"),
        ("N1", "N1"),
        ("Nursery 2", "N2"),
        ("E1", "E1"),
        ("Year 7", "7"),
        ("Yr 7", "7"),
        ("Y7", "7"),
        ("07", "7"),
        ("7.0", "7"),
        ("10.0", "10"),
        ("Year Group 13", "13"),
        ("NC Year 14", "14"),
        ("X", "X"),
        ("15", ""),
        ("Nursery", ""),
        ("Year 1/2", ""),
        ("Year", ""),
        ("7A", ""),
    ],
)
def test_year_groups(text: str, code: str) -> None:
    assert _read(read_year_group, text) == code


def test_whole_names_are_split_at_the_comma() -> None:
    assert split_name("Okafor, Ada Mary") == ("Okafor", "Ada Mary")
    assert split_name("van der Berg,Jo") == ("van der Berg", "Jo")


def test_without_a_comma_a_name_is_split_only_where_the_person_said_how() -> None:
    with pytest.raises(Unreadable):
        split_name("Ada Okafor")
    assert split_name("Ada Mary Okafor", NameOrder.FORENAME_FIRST) == ("Okafor", "Ada Mary")


@pytest.mark.parametrize("text", ["Ada", "Okafor,", ",Ada", "a,b,c", ",", "12, 34"])
def test_what_cannot_be_split_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        split_name(text, NameOrder.FORENAME_FIRST)


def test_a_name_has_letters_and_an_end() -> None:
    assert read_name("Ñ") == "Ñ"
    assert read_name("李") == "李"
    for text in ("12", "-", "x" * 101):
        with pytest.raises(Unreadable):
            read_name(text)


@given(st.text(min_size=1))
def test_any_text_is_a_value_or_unreadable(text: str) -> None:
    readers: tuple[Callable[[str], object], ...] = (
        read_date,
        read_name,
        read_sex,
        read_year_group,
        read_yes_no,
        split_name,
    )
    for reader in readers:
        _read(reader, text)


def _read(reader: Callable[[str], object], text: str) -> object:
    try:
        return reader(text)
    except Unreadable:
        return ""
