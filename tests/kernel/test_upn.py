import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.kernel.upn import (
    ALPHABET,
    AUTHORITIES,
    BadUpn,
    Upn,
    UpnFault,
    check_letter,
    read_upn,
)

bodies = st.from_regex(r"[0-9]{11}[0-9A-HJ-NP-RT-Z]", fullmatch=True)


def vector(name: str, *values: object) -> object:
    return pytest.param(*values, marks=pytest.mark.vector(name))


@pytest.mark.parametrize(
    ("body", "letter"),
    [
        vector("DTV-01", "801200005001", "B"),
        vector("DTV-09", "845212818005", "X"),
        vector("DTV-10", "891999024001", "E"),
        vector("DTV-11", "926999919042", "V"),
        vector("DTV-12", "201999021424", "W"),
        vector("DTV-13", "892999918003", "Z"),
        vector("DTV-14", "940999923017", "B"),
        vector("DTV-14", "943999925099", "U"),
        vector("DTV-14", "838999922008", "W"),
        vector("DTV-15", "89199902400A", "Q"),
        vector("DTV-15", "89199902401A", "D"),
        vector("DTV-15", "92699991904Z", "C"),
    ],
)
def test_the_check_letter_of_the_vectors(body: str, letter: str) -> None:
    assert check_letter(body) == letter
    upn = read_upn(letter + body)
    assert upn.text == letter + body
    assert upn.authority_known
    assert upn.temporary == body[-1].isalpha()


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        vector("DTV-02", "A801200005001", "B"),
        vector("DTV-07", "R247962919251", "Q"),
        vector("DTV-08", "X428558133462", "W"),
    ],
)
def test_a_wrong_check_letter_is_refused_and_the_right_one_named(text: str, letter: str) -> None:
    with pytest.raises(BadUpn) as refusal:
        read_upn(text)
    assert refusal.value.fault is UpnFault.CHECK_LETTER
    assert f"should start with {letter}" in refusal.value.sentence
    assert text[1:] not in str(refusal.value)


@pytest.mark.vector("DTV-03")
def test_a_letter_among_the_numbers_is_refused_with_its_place() -> None:
    with pytest.raises(BadUpn) as refusal:
        read_upn("X80120000A001")
    assert (refusal.value.fault, refusal.value.position) == (UpnFault.DIGITS, 10)


@pytest.mark.parametrize(
    "text",
    [
        vector("DTV-04", "E000200005001"),
        vector("DTV-05", "A950000178301"),
        vector("DTV-06", "H243278544154"),
    ],
)
def test_an_unknown_authority_is_accepted_and_said(text: str) -> None:
    assert not read_upn(text).authority_known


@pytest.mark.vector("DTV-16")
@pytest.mark.parametrize("text", ["e891999024001 ", "E891 9990 24001", "\u00a0e891999024001"])
def test_case_and_spaces_do_not_matter(text: str) -> None:
    assert read_upn(text) == Upn("E891999024001")


@pytest.mark.vector("DTV-17")
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("E89199902400I", UpnFault.LAST),
        ("E89199902400O", UpnFault.LAST),
        ("E89199902400S", UpnFault.LAST),
        ("E89199902400", UpnFault.LENGTH),
        ("E8919990240011", UpnFault.LENGTH),
        ("", UpnFault.LENGTH),
        ("8891999024001", UpnFault.FIRST),
        ("E8919990240\u0661\u0661", UpnFault.LENGTH),
        ("E89199902400-", UpnFault.LAST),
    ],
)
def test_other_forms_are_refused(text: str, fault: UpnFault) -> None:
    with pytest.raises(BadUpn) as refusal:
        read_upn(text)
    assert refusal.value.fault is fault


def test_the_body_alone_is_checked_too() -> None:
    with pytest.raises(BadUpn):
        check_letter("12345")


def test_the_number_stays_out_of_representations_and_a_copy_is_whole() -> None:
    assert "891999024001" not in repr(read_upn("E891999024001"))
    assert str(read_upn("E891999024001")) == "E891999024001"
    copy = pickle.loads(pickle.dumps(BadUpn(UpnFault.CHECK_LETTER, 1, "B")))  # noqa: S301
    assert (copy.fault, copy.position, copy.letter) == (UpnFault.CHECK_LETTER, 1, "B")
    assert copy.field == "upn"


def test_the_authorities_are_those_of_the_list() -> None:
    assert {"001", "005", "420", "660", "681", "942", "943"} <= AUTHORITIES
    assert not {"000", "006", "214", "804", "944"} & AUTHORITIES


@given(bodies)
def test_every_body_has_one_letter(body: str) -> None:
    letter = check_letter(body)
    accepted = [first for first in ALPHABET if _accepts(first + body)]
    assert accepted == [letter]


@given(bodies, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(body: str, place: int, more: int) -> None:
    if not body[place].isdigit():
        return
    changed = body[:place] + str((int(body[place]) + more) % 10) + body[place + 1 :]
    assert check_letter(changed) != check_letter(body)


@given(st.text())
def test_any_text_is_a_number_or_refused(text: str) -> None:
    _accepts(text)


def _accepts(text: str) -> bool:
    try:
        read_upn(text)
    except BadUpn:
        return False
    return True
