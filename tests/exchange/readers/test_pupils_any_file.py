"""Whatever a file holds, it is read or refused with a sentence, and nothing personal is told."""

import csv
import io
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from opensenco.exchange.readers.cells import made_harmless
from opensenco.exchange.readers.needs import NEED_CODES, Need
from opensenco.exchange.readers.pupil import PupilRow, Refused
from opensenco.exchange.readers.pupil_columns import PupilField
from opensenco.exchange.readers.pupils import (
    PupilFile,
    preview_pupils,
    read_pupils,
    refused_as_csv,
)
from opensenco.exchange.readers.words import FileRefused
from opensenco.kernel.upn import check_letter

TODAY = date(2026, 11, 22)
HEADINGS = [
    *("UPN", "Surname", "Forename", "DOB", "Name", "SEN Status", "SEN Need 1", "SEN Need 2"),
    *("Rank", "Year", "Class", "EAL", "Home Language", "Adno", "Entry Date", "Sex", "House"),
]
PERSONAL = "Zzyzxson"
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            *("", "N", "K", "E", "ASD", "MLD, Autism", "1", "03/09/2016", "31/02/2016", "42616"),
            *(
                PERSONAL,
                f"{PERSONAL}, Ada",
                "E891999024001",
                "A801200005001",
                "=1+1",
                "Year 5",
                "2.0",
            ),
        ]
    ),
)
NAMES = st.text(alphabet="abcdefghé' -", min_size=1, max_size=12).filter(
    lambda name: any(char.isalpha() for char in name)
)


def written(rows: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def checked(file: PupilFile) -> PupilFile:
    """The file, once each row was seen to have a place, and sentences with nothing personal."""
    for row in file.rows:
        assert PERSONAL not in repr(row)
        if isinstance(row, Refused):
            assert row.faults
            for fault in row.faults:
                assert str(fault.wrong).endswith(".")
                assert str(fault.mend).endswith(".")
                assert PERSONAL not in f"{fault.wrong} {fault.mend}"
        else:
            assert row.birth_date <= TODAY
            assert row.surname
            assert row.forename
            assert [need.rank for need in row.needs] == list(range(1, len(row.needs) + 1))
            assert all(PERSONAL not in str(note.said) for note in row.notes)
    lines = [line for row in file.rows for line in _lines(row)]
    assert len(lines) == len(set(lines))
    return file


def _lines(row: PupilRow | Refused) -> tuple[int, ...]:
    return row.lines if isinstance(row, PupilRow) else (row.line,)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for reader in (preview_pupils, lambda given_bytes: read_pupils(given_bytes, today=TODAY)):
        try:
            reader(data)
        except FileRefused as refusal:
            told = refusal.sentence
        else:
            told = "read."
        assert told.endswith(".")


@settings(max_examples=200)
@given(
    st.permutations(HEADINGS),
    st.lists(st.lists(CELLS, max_size=18), max_size=6),
    st.sampled_from([",", ";", "\t"]),
)
def test_any_cells_are_pupils_or_refusals(
    header: list[str], rows: list[list[str]], delimiter: str
) -> None:
    fitted = [row + [""] * (len(header) - len(row)) for row in rows if len(row) % 5]
    data = written([header, *fitted, *(row for row in rows if not len(row) % 5)], delimiter)
    try:
        file = checked(read_pupils(data.encode("utf-8", "replace"), today=TODAY))
    except FileRefused as refusal:
        told = refusal.sentence
    else:
        told = "read."
        again = read_pupils(refused_as_csv(file).encode("utf-8-sig"), today=TODAY)
        assert len(again.refused) <= len(file.refused)
    assert PERSONAL not in told


@given(
    st.lists(
        st.tuples(
            NAMES,
            NAMES,
            st.dates(date(2001, 9, 1), TODAY),
            st.sampled_from("NKE"),
            st.lists(st.sampled_from(NEED_CODES), max_size=3, unique=True),
        ),
        max_size=8,
    ),
    st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from([",", ";", "\t", "|"]),
)
def test_what_was_written_is_read_back(
    pupils: list[tuple[str, str, date, str, list[str]]],
    date_form: str,
    encoding: str,
    delimiter: str,
) -> None:
    rows = [["UPN", "Legal Surname", "Legal Forename", "DOB", "SEN Status", "SEN Needs"]]
    for number, (surname, forename, born, status, needs) in enumerate(pupils):
        body = f"891999924{number:03d}"
        names = [made_harmless(surname), made_harmless(forename)]
        facts = [born.strftime(date_form), status, ";".join(needs)]
        rows.append([check_letter(body) + body, *names, *facts])
    file = read_pupils(written(rows, delimiter).encode(encoding), today=TODAY)
    assert not file.refused
    for row, (surname, forename, born, status, needs) in zip(file.pupils, pupils, strict=True):
        assert (row.surname, row.forename) == (
            " ".join(surname.split()),
            " ".join(forename.split()),
        )
        assert (row.birth_date, row.sen_status) == (born, status)
        assert row.needs == tuple(Need(rank, code) for rank, code in enumerate(needs, start=1))
    assert PupilField.UPN in file.fields
