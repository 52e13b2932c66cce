"""Identifiers name what is wrong with them (docs/law/identifiers.md)."""

import pickle
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from opensenco.kernel.identifiers import (
    NOTICES,
    UNKNOWN_ULN,
    BadIdentifier,
    Fault,
    Identifier,
    IdentifierKind,
    Notice,
    district,
    read,
    read_nhs_number,
    read_uln,
)
from tests.law.pages import Example, examples

NINE = st.text("0123456789", min_size=9, max_size=9)
TEN_PLACES = st.integers(0, 9)
UPN, ULN, NHS = IdentifierKind.UPN, IdentifierKind.ULN, IdentifierKind.NHS_NUMBER


def of_vectors(heading: str) -> list[object]:
    """The examples of the page, each marked with its vector where it has one."""
    return [
        pytest.param(
            row,
            id=f"{row['kind']} {row['text']}",
            marks=[pytest.mark.vector(row["vector"])] if row["vector"] else [],
        )
        for row in examples("identifiers", heading)
    ]


def text_of(row: Example) -> str:
    return row["text"].strip("`")


@pytest.mark.parametrize("row", of_vectors("Right"))
def test_the_page_s_identifiers_are_read(row: Example) -> None:
    found = read(IdentifierKind(row["kind"]), text_of(row))
    assert found.text == row["kept as"]
    assert ", ".join(found.notices) == row["notice"]
    assert all(NOTICES[notice] for notice in found.notices)


@pytest.mark.parametrize("row", of_vectors("Wrong"))
def test_the_page_s_faults_are_named(row: Example) -> None:
    with pytest.raises(BadIdentifier) as refused:
        read(IdentifierKind(row["kind"]), text_of(row))
    assert refused.value.fault == row["fault"]
    assert str(refused.value.position or "") == row["position"]
    assert str(refused.value) == row["what it says"]
    assert str(refused.value.mend)
    told = f"{refused.value!r} {refused.value.mend}"
    assert not [digits for digits in re.findall(r"[0-9]{5,}", text_of(row)) if digits in told]


def test_the_page_shows_every_kind_and_every_fault() -> None:
    wrong = examples("identifiers", "Wrong")
    assert {row["fault"] for row in wrong} == set(Fault)
    for table in (examples("identifiers", "Right"), wrong):
        assert {row["kind"] for row in table} == set(IdentifierKind)
    shown = {each for row in examples("identifiers", "Right") for each in row["notice"].split(", ")}
    assert shown == {"", *Notice} == {"", *NOTICES}


@pytest.mark.vector("DTV-20")
@given(st.integers(0, 9))
def test_nine_digits_that_no_learner_number_begins_with(last: int) -> None:
    with pytest.raises(BadIdentifier) as refused:
        read_uln(f"987654321{last}")
    assert refused.value.fault is Fault.NOT_ISSUED


@pytest.mark.vector("DTV-20")
def test_the_number_for_an_unknown_learner_is_no_number_to_keep() -> None:
    assert not read_uln(UNKNOWN_ULN).known
    assert read_uln("1234567899").known


@pytest.mark.vector("DTV-15")
def test_a_temporary_pupil_number_says_so() -> None:
    assert read(UPN, "Q89199902400A").notices == (Notice.TEMPORARY,)
    assert read(UPN, "E891999024001").notices == ()


def valid(kind: IdentifierKind, nine: str) -> str | None:
    """The one number of that kind that begins so, None where there is none."""
    fitting = (nine + last for last in "0123456789" if refusal(kind, nine + last) is None)
    return next(fitting, None)


def refusal(kind: IdentifierKind, text: str) -> BadIdentifier | None:
    try:
        read(kind, text)
    except BadIdentifier as refused:
        return refused
    return None


@pytest.mark.parametrize("kind", [ULN, NHS])
@given(NINE)
def test_nine_digits_have_one_check_digit_or_none(kind: IdentifierKind, nine: str) -> None:
    refusals = [refusal(kind, nine + last) for last in "0123456789"]
    faults = {refused.fault for refused in refusals if refused}
    assert faults in ({Fault.CHECK}, {Fault.NOT_ISSUED})
    fitting = refusals.count(None)
    assert fitting == (0 if faults == {Fault.NOT_ISSUED} else 1) or nine == UNKNOWN_ULN[:9]


@pytest.mark.parametrize("kind", [ULN, NHS])
@given(NINE, TEN_PLACES, st.integers(1, 9))
def test_one_wrong_digit_is_always_found(
    kind: IdentifierKind, nine: str, place: int, more: int
) -> None:
    number = valid(kind, nine)
    assume(number is not None and number != UNKNOWN_ULN)
    assert number is not None
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    # 9999999998 is a number, and one wrong digit makes it the one that stands for "not known".
    if kind is ULN and wrong == UNKNOWN_ULN:
        assert not read_uln(wrong).known
        return
    with pytest.raises(BadIdentifier):
        read(kind, wrong)


@pytest.mark.parametrize("kind", [ULN, NHS])
@given(NINE, st.integers(0, 8))
def test_two_neighbours_changed_about_are_always_found(
    kind: IdentifierKind, nine: str, place: int
) -> None:
    number = valid(kind, nine)
    assume(number is not None and number[place] != number[place + 1])
    assert number is not None
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    with pytest.raises(BadIdentifier):
        read(kind, swapped)


@given(st.sampled_from(IdentifierKind), st.text(max_size=20))
def test_any_text_is_an_identifier_or_refused_and_reading_again_changes_nothing(
    kind: IdentifierKind, text: str
) -> None:
    refused = refusal(kind, text)
    if refused is not None:
        assert (refused.kind, refused.field) == (kind, str(kind))
        return
    found = read(kind, text)
    assert read(kind, found.text) == found


@pytest.mark.vector("DTV-55")
def test_a_postcode_gives_its_district_and_no_authority() -> None:
    postcode = read(IdentifierKind.POSTCODE, "AL1 1AA")
    assert district(postcode) == "AL1"
    assert postcode.notices == ()
    assert not [name for name in dir(postcode) if "authority" in name]
    with pytest.raises(ValueError, match="Only a postcode"):
        district(read(IdentifierKind.URN, "100000"))


def test_numbers_stay_out_of_representations_and_a_copy_is_whole() -> None:
    found = read_nhs_number("943 476 5919")
    assert "943" not in repr(found)
    assert str(found) == "943 476 5919"
    assert found == Identifier(NHS, "943 476 5919")
    with pytest.raises(BadIdentifier) as refused:
        read_uln("12345A7890")
    copy = pickle.loads(pickle.dumps(refused.value))  # noqa: S301
    assert vars(copy) == vars(refused.value)
    assert copy.position == 6
