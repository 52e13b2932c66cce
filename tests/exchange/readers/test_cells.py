import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.exchange.readers.cells import (
    as_written,
    folded,
    made_harmless,
    repaired,
    squeezed,
    tidy,
)


@pytest.mark.parametrize(
    ("given_text", "tidied"),
    [
        ("  Ada \t Okoro ", "Ada Okoro"),
        ("Ada\u00a0 Okoro\u00a0", "Ada Okoro"),
        ("Ada\r\nOkoro", "Ada Okoro"),
        ("Ada\x0bOkoro\u2028", "Ada Okoro"),
        ("A\u200bda\ufeff", "Ada"),
        ("Zoe\u0308", "Zoë"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("a\0b", "a\0b"),
        ("", ""),
    ],
)
def test_a_cell_is_tidied(given_text: str, tidied: str) -> None:
    assert tidy(given_text) == tidied


@pytest.mark.vector("DTV-26")
def test_a_misread_name_is_put_right() -> None:
    assert tidy("St Stephen\u0092s International") == "St Stephen\u2019s International"


@pytest.mark.parametrize(
    ("misread", "meant"), [("ZoÃ«", "Zoë"), ("Oâ\u20ac\u2122Neill", "O\u2019Neill")]
)
def test_utf8_read_as_cp1252_is_put_right(misread: str, meant: str) -> None:
    assert repaired(misread) == meant


@pytest.mark.parametrize("name", ["João", "Ânia", "Åsa", "IRMÃS", "Zoë", "Château", "Ã\u0301"])
def test_a_name_that_was_read_well_is_left_alone(name: str) -> None:
    assert repaired(name) == name


@given(st.text())
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(st.text())
def test_a_tidied_text_has_no_controls_or_doubled_spaces(text: str) -> None:
    result = tidy(text)
    assert result == result.strip()
    assert "  " not in result
    assert not any(char < " " and char != "\0" for char in result)


@pytest.mark.vector("DTV-53")
@pytest.mark.parametrize("text", ['=HYPERLINK("x")', "+44", "-1", "@SUM", "\tx", "\rx", "'=x"])
def test_a_formula_goes_out_harmless_and_comes_back_as_it_was(text: str) -> None:
    cell = made_harmless(text)
    assert cell == "'" + text
    assert as_written(cell) == text


@pytest.mark.parametrize("text", ["", "Ada", "O'Brien", "'tis", "3=3"])
def test_other_text_goes_out_as_it_is(text: str) -> None:
    assert made_harmless(text) == text
    assert as_written(text) == text


@given(st.text(alphabet="'=+-@\t\rab"))
def test_every_text_survives_the_way_out_and_back(text: str) -> None:
    cell = made_harmless(text)
    assert as_written(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_keys_for_comparing() -> None:
    assert folded("K - SEN Support") == "k sen support"
    assert folded("Speech & Language") == "speech and language"
    assert folded("School Action +") == "school action plus"
    assert folded("Child's") == "childs"
    assert squeezed("Legal Surname") == squeezed("legal_surname") == squeezed("LegalSurname")
