"""We know what our fonts can draw, and under which licence they came."""

import pytest

from opensenco.documents.pdf import coverage


def test_each_alphabet_draws_its_own_letters():
    main, *others = coverage.alphabets()
    assert set("Aa0£é½Łш ω") <= main
    for letter in "مकআਅઅதש":
        assert letter not in main
        assert sum(letter in alphabet for alphabet in others) == 1
    assert "中" not in coverage.drawn()


def test_a_letter_is_known_only_if_every_cut_of_the_main_font_draws_it():
    main = coverage.alphabets()[0]
    for cut in ("Regular", "Bold", "Italic"):
        font = (coverage.FONTS / f"NotoSans-{cut}.ttf").read_bytes()
        assert main <= coverage.characters(font)


def test_a_file_that_is_no_font_is_refused():
    with pytest.raises(ValueError, match="character map"):
        coverage.characters(bytes(64))


def test_the_licence_lies_beside_the_fonts_and_the_notice_names_them():
    root = coverage.FONTS.parents[3]
    notice = (root / "NOTICE").read_text(encoding="utf-8")
    licence = (coverage.FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    for font in coverage.FONTS.glob("*.ttf"):
        script = font.stem.removeprefix("NotoSans").split("-")[0] or "Noto Sans (regular"
        assert script in notice
