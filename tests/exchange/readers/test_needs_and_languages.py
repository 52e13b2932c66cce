import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.exchange.readers.languages import NO_LANGUAGE, Language, languages, read_language
from opensenco.exchange.readers.needs import (
    NEED_CODES,
    Need,
    ranked,
    read_need,
    read_needs,
    read_sen_status,
)
from opensenco.exchange.readers.words import Unreadable
from opensenco.law.codes.sen import NEED_TYPES


@pytest.mark.vector("DTV-41")
@pytest.mark.parametrize(
    ("text", "code", "withdrawn"),
    [
        ("K - SEN Support", "K", False),
        ("K", "K", False),
        ("ss", "K", False),
        ("EHCP", "E", False),
        ("EHC Plan", "E", False),
        ("Education, Health and Care Plan", "E", False),
        ("E - Education, health and care plan", "E", False),
        ("No Specified Special Educational Need", "N", False),
        ("None", "N", False),
        ("School Action", "A", True),
        ("School Action Plus", "P", True),
        ("School Action +", "P", True),
        ("S - Statement", "S", True),
    ],
)
def test_a_status_in_words(text: str, code: str, withdrawn: bool) -> None:
    status = read_sen_status(text)
    assert (status.code, status.withdrawn) == (code, withdrawn)


@pytest.mark.vector("DTV-41")
@pytest.mark.parametrize("text", ["??", "Yes", "N/A", "Z - zebra"])
def test_an_unknown_status_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_sen_status(text)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ASD", ["ASD"]),
        ("autism", ["ASD"]),
        ("SpLD - Specific Learning Difficulty", ["SPLD"]),
        ("SpLD \u2013 Specific Learning Difficulty", ["SPLD"]),
        ("SLCN; SEMH", ["SLCN", "SEMH"]),
        ("slcn/semh", ["SLCN", "SEMH"]),
        ("Speech, language and communication needs", ["SLCN"]),
        ("Social, Emotional and Mental Health, Hearing Impairment", ["SEMH", "HI"]),
        ("MLD, Speech, language and communication needs, PD", ["MLD", "SLCN", "PD"]),
        ("Other Difficulty/Disability", ["OTH"]),
        ("OTH - Other Difficulty/Disability", ["OTH"]),
        ("SEMH - Social, Emotional & Mental Health; HI - deaf", ["SEMH", "HI"]),
        ("Speech & Language", ["SLCN"]),
        ("Multi-Sensory Impairment", ["MSI"]),
        ("Down Syndrome", ["DS"]),
        ("SEN support, no specialist assessment of type of need", ["NSA"]),
        (";;", []),
    ],
)
def test_needs_in_one_cell(text: str, codes: list[str]) -> None:
    read = read_needs(text)
    assert [need.code for need in read.needs] == codes
    assert not read.notes


def test_every_label_is_read_as_its_code() -> None:
    assert {"SPLD", "SEMH", "DS", "NSA"} < set(NEED_CODES)
    for code in NEED_CODES:
        listed = NEED_TYPES.find(code)
        assert listed is not None
        assert read_need(code.lower()) == code
        for text in (listed.title, f"{code} - {listed.title}"):
            assert [need.code for need in read_needs(text).needs] == [code]


def test_ranks_in_the_cell_are_kept() -> None:
    assert read_needs("2. ASD; 1. SLCN").needs == (Need(2, "ASD"), Need(1, "SLCN"))
    assert read_needs("ASD (2), MLD (rank 1)").needs == (Need(2, "ASD"), Need(1, "MLD"))


def test_dyslexia_is_put_to_the_person() -> None:
    read = read_needs("dyslexia")
    assert read.needs == (Need(0, "SPLD"),)
    assert "SPLD" in str(read.notes[0])


@pytest.mark.parametrize("text", ["BESD", "Behaviour, Emotional & Social Difficulty"])
def test_besd_is_never_turned_into_another_need(text: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_needs(text)
    assert "no longer" in str(refusal.value.wrong)


@pytest.mark.parametrize("text", ["clumsy", "ASD, clumsy", "??", "1.", ",".join(["ASD"] * 21)])
def test_unknown_needs_are_refused_and_never_dropped(text: str) -> None:
    with pytest.raises(Unreadable):
        read_needs(text)


def test_needs_are_numbered_by_rank_then_by_order() -> None:
    assert ranked((Need(0, "MLD"), Need(3, "ASD"), Need(1, "HI"))) == (
        Need(1, "HI"),
        Need(2, "ASD"),
        Need(3, "MLD"),
    )
    assert ranked(()) == ()


@pytest.mark.parametrize(
    "needs", [(Need(1, "MLD"), Need(1, "ASD")), (Need(1, "MLD"), Need(2, "MLD"))]
)
def test_one_rank_twice_or_one_need_twice_is_refused(needs: tuple[Need, ...]) -> None:
    with pytest.raises(Unreadable):
        ranked(needs)


@given(st.text(alphabet=st.sampled_from("ASDMLPHI12.;,/()- \n|")) | st.text())
def test_any_text_gives_needs_or_is_unreadable(text: str) -> None:
    try:
        read = read_needs(text)
    except Unreadable:
        return
    assert {need.code for need in read.needs} <= set(NEED_CODES)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ENG", "ENG"),
        ("english", "ENG"),
        ("PNJ", "PNJ"),
        ("Punjabi", "PNJ"),
        ("Panjabi (Gurmukhi)", "PNJG"),
        ("Farsi", "PRS"),
        ("Cantonese", "CHIC"),
        ("Chinese", "CHI"),
        ("Swahili", "SWA"),
        ("Irish", "GAE"),
        ("Filipino", "TGLF"),
        ("Not known but believed to be English", "ENB"),
        ("British Sign Language", "BSL"),
        ("iraq", ""),
        ("Klingonese", ""),
        ("Pahari", ""),
    ],
)
def test_languages(text: str, code: str) -> None:
    language = read_language(text)
    assert language == Language(code, languages()[code] if code else text)


def test_every_language_is_read_by_code_and_by_name() -> None:
    assert set(languages()) > NO_LANGUAGE
    assert len(set(languages().values())) == len(languages())
    for code, name in languages().items():
        assert re.fullmatch("[A-Z]{3,4}", code)
        assert read_language(code.lower()).code == code
        assert read_language(name).code == code


@pytest.mark.parametrize("text", ["12", "x" * 61, "?"])
def test_what_is_no_language_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_language(text)
