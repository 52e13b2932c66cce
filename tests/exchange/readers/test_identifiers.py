from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.exchange.readers.identifiers import (
    read_identifier,
    read_laestab,
    read_postcode,
    read_ukprn,
    read_urn,
)
from opensenco.exchange.readers.words import Unreadable


@pytest.mark.vector("DTV-28")
@pytest.mark.parametrize("text", ["1e+05", "100000.0", "5.00E+06"])
def test_a_number_that_a_spreadsheet_damaged_is_refused(text: str) -> None:
    for reader in (read_urn, read_identifier, read_ukprn, read_laestab):
        with pytest.raises(Unreadable) as refusal:
            reader(text)
        assert "damaged by a spreadsheet" in str(refusal.value.wrong)


def test_a_urn_is_5_to_7_digits_and_stays_text() -> None:
    assert read_urn("100000") == "100000"
    assert read_urn("00123") == "00123"
    for text in ("1234", "12345678", "10000A", "\u0661" * 6):
        with pytest.raises(Unreadable):
            read_urn(text)


@pytest.mark.vector("DTV-27")
@pytest.mark.parametrize("text", ["201/3614", "2013614", "201-3614", "201 3614"])
def test_a_dfe_number_in_every_form(text: str) -> None:
    assert read_laestab(text) == "2013614"


@pytest.mark.vector("DTV-27")
def test_a_dfe_number_of_eight_digits_is_refused() -> None:
    with pytest.raises(Unreadable):
        read_laestab("20103614")


@pytest.mark.vector("DTV-35")
def test_postcodes() -> None:
    assert read_postcode("ng11aa") == "NG1 1AA"
    assert read_postcode("AB101AB") == "AB10 1AB"
    assert read_postcode("ec1a 1bb") == "EC1A 1BB"
    for text in ("NG1 1CA", "NG1", "1NG 1AA"):
        with pytest.raises(Unreadable):
            read_postcode(text)


@given(st.text())
def test_any_text_is_an_identifier_or_unreadable(text: str) -> None:
    for reader in (read_identifier, read_laestab, read_postcode, read_ukprn, read_urn):
        with suppress(Unreadable):
            reader(text)
