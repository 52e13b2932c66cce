import csv
import io
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.exchange.readers.compare import changes
from opensenco.exchange.readers.establishment import Coded, Establishment, Quarantined, Standing
from opensenco.exchange.readers.gias import read_register
from opensenco.exchange.readers.gias_columns import READ
from opensenco.exchange.readers.words import FileRefused

EXTRACT = Path(__file__).parent.parent / "extracts" / "gias_135.csv"
TABLE = list(csv.reader(io.StringIO(EXTRACT.read_bytes().decode("cp1252"), newline="")))
HEADER = TABLE[0]
OFSTED = [
    "OfstedLastInsp",
    "OfstedSpecialMeasures (code)",
    "OfstedSpecialMeasures (name)",
    "OfstedRating (name)",
    "RSCRegion (name)",
]
# The layout of 2017 lacks these, and all columns after the name of the site.
NOT_IN_2017 = {f"SEN{number} (name)" for number in range(2, 14)} | set(
    HEADER[HEADER.index("SiteName") + 1 :]
)


def written(rows: Iterable[Iterable[str]], encoding: str = "cp1252") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue().encode(encoding)


def row(urn: str = "900001") -> dict[str, str]:
    cells = next(cells for cells in TABLE if cells[0] == urn)
    return dict(zip(HEADER, cells, strict=True))


def one(changed: dict[str, str]) -> Establishment | Quarantined:
    """The reading of a register of one row, with some of its cells changed."""
    (read,) = read_register(written([HEADER, (row() | changed).values()]))
    return read


def good(changed: dict[str, str]) -> Establishment:
    read = one(changed)
    assert isinstance(read, Establishment)
    return read


def by_urn() -> dict[str, Establishment]:
    return {read.urn: read for read in read_register(EXTRACT) if isinstance(read, Establishment)}


@pytest.mark.vector("DTV-23")
def test_a_school_of_the_register_is_read() -> None:
    school = by_urn()["105135"]
    assert (school.la_code, school.establishment_number, school.laestab) == (
        "203",
        "6905",
        "2036905",
    )
    assert school.type == Coded("28", "Academy sponsor led")
    assert school.phase == Coded("4", "Secondary")
    assert (school.low_age, school.high_age) == (11, 16)
    assert (school.ukprn, school.address.postcode) == ("10017649", "SE2 9PX")
    assert (school.easting, school.northing) == (546278, 179196)
    assert (school.pupils, school.capacity) == (1119, 1200)
    assert school.fsm_percent == Decimal("35.60")
    assert school.changed_on == date(2026, 1, 13)
    assert school.opened_on == date(2005, 9, 1)
    assert school.trust == Coded("17729", "ST BENEDICT CATHOLIC ACADEMY TRUST")
    assert school.federation is None
    assert school.phone == "02083113868"
    assert school.standing is Standing.OPEN


def test_the_extract_is_read_whole_and_only_the_short_row_is_set_aside() -> None:
    register = read_register(EXTRACT)
    rows = list(register)
    assert (register.columns, register.source.encoding) == (135, "cp1252")
    assert [read.line for read in rows] == list(range(2, 14))
    (quarantined,) = [read for read in rows if isinstance(read, Quarantined)]
    assert (quarantined.line, quarantined.urn) == (12, "900008")
    assert str(quarantined.reason) == "134 fields, header has 135."
    assert list(register) == rows


def test_letters_quotes_and_hard_spaces_are_read() -> None:
    schools = by_urn()
    assert schools["900002"].name == "St Stephen\u2019s Château School"
    assert schools["900002"].address.town == "Caféville \N{EN DASH} North"
    assert schools["900003"].name == 'The "Old" School, Exampleton'


def test_the_four_statuses() -> None:
    schools = by_urn()
    assert schools["900003"].standing is Standing.CLOSED
    assert schools["900003"].closed_on == date(2019, 8, 31)
    assert schools["900006"].standing is Standing.CLOSING
    assert schools["900007"].standing is Standing.PROPOSED
    assert schools["900007"].laestab == ""


def test_what_does_not_apply_is_nothing() -> None:
    special = by_urn()["900005"]
    assert special.phase is None
    assert special.trust is None
    assert special.sen.section_41 is True
    assert special.sen.types == ("SLD", "PMLD", "SPLD")
    assert (special.sen.resourced_provision, special.sen.unit) == (False, False)
    assert by_urn()["130467"].sen.resourced_provision is None


def test_units_nurseries_and_sixth_forms() -> None:
    primary, secondary = by_urn()["900001"], by_urn()["900004"]
    assert (primary.has_nursery, primary.has_sixth_form) == (True, False)
    assert (secondary.has_nursery, secondary.has_sixth_form) == (False, True)
    assert (primary.sen.resourced_provision, primary.sen.unit) == (True, False)
    assert (primary.sen.resourced_on_roll, primary.sen.resourced_capacity) == (8, 10)
    assert (secondary.sen.unit, secondary.sen.unit_on_roll, secondary.sen.unit_capacity) == (
        True,
        14,
        16,
    )
    assert primary.federation == Coded("99001", "Larkmead and Millbrook Federation")
    assert primary.sen.types == ("SLCN", "ASD")


def test_heads_names_are_never_kept() -> None:
    assert any("Inparticular" in cell for cells in TABLE for cell in cells)
    for read in read_register(EXTRACT):
        held = [getattr(read, item.name) for item in fields(read)]
        assert "Inparticular" not in repr(held)
        assert "Nobody" not in repr(held)
    assert not any(heading.startswith("Head") for heading in READ)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_gives_the_same_schools(encoding: str) -> None:
    again = read_register(written(TABLE, encoding))
    assert [_facts(read) for read in again] == [_facts(read) for read in read_register(EXTRACT)]


def _facts(read: Establishment | Quarantined) -> object:
    return read.values() if isinstance(read, Establishment) else str(read.reason)


def in_layout_of_2017(cells: list[str]) -> list[str]:
    """The cells of a row of 135 in the order and number of the layout of 120."""
    kept = [cell for heading, cell in zip(HEADER, cells, strict=True) if heading not in NOT_IN_2017]
    return kept + [""] * (120 - len(kept))


def header_of_2017() -> list[str]:
    kept = [heading for heading in HEADER if heading not in NOT_IN_2017]
    older = [*OFSTED, "HeadHonours", "CensusAreaStatisticWard (name)", "Inspectorate (name)"]
    return kept + older[: 120 - len(kept)]


def test_the_layout_of_140_columns_is_read_by_name() -> None:
    place = HEADER.index("LastChangedDate")
    rows = [cells[:place] + ["x"] * 5 + cells[place:] for cells in TABLE[1:4]]
    register = read_register(written([HEADER[:place] + OFSTED + HEADER[place:], *rows]))
    assert register.columns == 140
    assert [_facts(read) for read in register] == [
        _facts(read) for read in list(read_register(EXTRACT))[:3]
    ]


def test_the_layout_of_120_columns_is_read_by_name() -> None:
    register = read_register(
        written([header_of_2017(), *(in_layout_of_2017(cells) for cells in TABLE[1:4])])
    )
    assert register.columns == 120
    (school, *_) = register
    assert isinstance(school, Establishment)
    assert (school.urn, school.address.postcode, school.sen.types) == ("105135", "SE2 9PX", ())


@pytest.mark.vector("DTV-22")
def test_rows_of_one_layout_under_the_header_of_another_are_set_aside() -> None:
    new = row("105135")
    rows = [in_layout_of_2017(TABLE[4])[1:] for _ in range(9)]
    old = [[str(800000 + number), *cells] for number, cells in enumerate(rows)]
    mixed = [[str(105135 + number), *list(new.values())[1:]] for number in range(10)]
    read = list(read_register(written([header_of_2017(), *old, *mixed])))
    quarantined = [item for item in read if isinstance(item, Quarantined)]
    assert len(read) - len(quarantined) == 9
    assert len(quarantined) == 10
    assert {str(item.reason) for item in quarantined} == {"135 fields, header has 120."}
    assert "105135" not in {item.urn for item in read if isinstance(item, Establishment)}


def test_columns_may_stand_in_any_order_case_and_spacing() -> None:
    cells = row()
    names = sorted(cells, reverse=True)
    heading = [f" {name.upper()} " for name in names]
    (read,) = read_register(written([heading, [cells[name] for name in names]]))
    assert _facts(read) == by_urn()["900001"].values()


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("URN,Local authority (code),Establishment name,Headteacher", "31-column"),
        ("URN,LinkURN,LinkName,LinkType,LinkEstablishedDate", "links between"),
        ("Group UID,Group ID,Group Name,Companies House Number", "groups"),
        ("URN,EstablishmentName,LA (code)", "no column EstablishmentStatus (name)"),
        ("Surname,Forename", "not the national register"),
        (",".join([*HEADER, "URN"]), "Two columns are called “URN”"),
    ],
)
def test_another_file_is_refused_by_name(header: str, said: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_register(f"{header}\r\n1,2,3\r\n".encode())
    assert said in refusal.value.sentence


@pytest.mark.parametrize("urn", ["", "1234", "12345678", "ABCDEF", "10 0000"])
def test_a_row_without_a_proper_urn_is_set_aside(urn: str) -> None:
    read = one({"URN": urn})
    assert isinstance(read, Quarantined)
    assert (read.line, read.urn) == (2, "")
    assert "URN" in str(read.reason)


@pytest.mark.vector("DTV-28")
@pytest.mark.parametrize("urn", ["1e+05", "100000.0", "5.00E+06"])
def test_a_urn_damaged_by_a_spreadsheet_is_said_to_be(urn: str) -> None:
    read = one({"URN": urn})
    assert isinstance(read, Quarantined)
    assert "damaged by a spreadsheet" in str(read.reason)


def test_the_second_row_of_one_urn_is_set_aside() -> None:
    first, second = row(), row() | {"EstablishmentName": "Another School"}
    other = list(row("900009").values())
    rows = [HEADER, first.values(), other, second.values()]
    read = list(read_register(written(rows)))
    assert isinstance(read[2], Quarantined)
    assert (read[2].line, read[2].urn) == (4, "900001")
    assert str(read[2].reason) == "The URN stands on line 2 already."


def test_a_broken_row_does_not_keep_the_whole_one_out() -> None:
    short = list(row().values())[:-1]
    read = list(read_register(written([HEADER, short, row().values()])))
    assert [type(item) for item in read] == [Quarantined, Establishment]


@pytest.mark.parametrize(
    "changed",
    [
        {"EstablishmentStatus (name)": "Floating"},
        {"EstablishmentStatus (name)": ""},
        {"EstablishmentName": " "},
        {"EstablishmentName": "A\0B"},
    ],
)
def test_a_row_that_cannot_be_a_setting_is_set_aside(changed: dict[str, str]) -> None:
    assert isinstance(one(changed), Quarantined)


@pytest.mark.parametrize(
    ("heading", "text", "field"),
    [
        ("OpenDate", "31-02-2020", "opened_on"),
        ("CloseDate", "soon", "closed_on"),
        ("StatutoryLowAge", "four", "low_age"),
        ("SchoolCapacity", "1e3", "capacity"),
        ("PercentageFSM", "35,6", "fsm_percent"),
        ("UKPRN", "1001", "ukprn"),
        ("Postcode", "NOWHERE", "postcode"),
        ("Easting", "Greenwich", "easting"),
        ("SchoolWebsite", "javascript:alert(1)", "website"),
        ("NurseryProvision (name)", "Perhaps", "has_nursery"),
        ("SEN1 (name)", "Zebra", "sen_types"),
        ("TypeOfResourcedProvision (name)", "Zebra", "sen_unit"),
        ("EstablishmentNumber", "12345", "establishment_number"),
        ("LA (code)", "1234", "la_code"),
    ],
)
def test_a_value_that_cannot_be_read_is_left_out_and_named(
    heading: str, text: str, field: str
) -> None:
    school = good({heading: text})
    assert school.unread == (heading,)
    assert text not in str(school.values()[field])


def test_codes_lose_leading_zeros_and_dates_may_have_slashes() -> None:
    school = good({"TypeOfEstablishment (code)": "02", "OpenDate": "03/09/1968"})
    assert school.type == Coded("2", "Community school")
    assert school.opened_on == date(1968, 9, 3)
    assert good({"LA (code)": "1", "EstablishmentNumber": "12"}).laestab == "0010012"


def test_an_older_file_packs_several_needs_into_one_cell() -> None:
    packed = "ASD - Autistic Spectrum Disorder~Hospital School~MLD - Moderate Learning Difficulty"
    school = good({"SEN1 (name)": packed, "SEN2 (name)": ""})
    assert school.sen.types == ("ASD", "MLD")
    assert school.unread == ()


def test_every_value_can_be_stored_and_compared_field_by_field() -> None:
    school = by_urn()["900001"]
    values = school.values()
    assert values["type_code"] == "1"
    assert values["trust_name"] == ""
    assert (values["town"], values["sen_unit_capacity"]) == ("Exampleton", None)
    plain = (str, int, date, Decimal, tuple, type(None))
    assert all(isinstance(value, plain) for value in values.values())
    assert not {"line", "unread"} & set(values)
    renamed = good({"EstablishmentName": "Larkmead Academy"})
    (change,) = changes(values, renamed.values())
    assert (change.name, change.after) == ("name", "Larkmead Academy")
    assert changes(values, school.values()) == ()


def test_one_open_quote_costs_one_school() -> None:
    lines = EXTRACT.read_bytes().split(b"\r\n")
    lines[5] = lines[5].replace(b'"Open"', b'"Open', 1)
    read = list(read_register(b"\r\n".join(lines)))
    assert [item.line for item in read if isinstance(item, Quarantined)] == [6, 12]
    assert sum(isinstance(item, Establishment) for item in read) == 10


def test_a_file_cut_in_the_middle_of_a_row_loses_that_row_only() -> None:
    data = EXTRACT.read_bytes()
    read = list(read_register(data[: len(data) - 200]))
    assert [item.line for item in read if isinstance(item, Quarantined)] == [12, 13]


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_rows_or_a_refusal(data: bytes, with_header: bool) -> None:
    given_bytes = written([HEADER]) + data if with_header else data
    try:
        register = read_register(given_bytes)
    except FileRefused:
        return
    assert all(isinstance(read, Establishment | Quarantined) for read in register)


@given(
    st.dictionaries(st.sampled_from(HEADER), st.text(max_size=20) | st.sampled_from(["1e+05", "9"]))
)
def test_any_cells_give_a_school_or_a_reason(cells: dict[str, str]) -> None:
    data = written([HEADER, (row() | cells).values()], "utf-8-sig")
    for read in read_register(data):
        if isinstance(read, Quarantined):
            assert str(read.reason).endswith(".")
        else:
            assert set(read.unread) <= set(READ)
