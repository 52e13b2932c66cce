"""A box over words of a PDF hides them from the eye alone: such a copy is refused."""

from pathlib import Path

import pytest

from opensenco.documents.files.hidden import check_blacked_out
from opensenco.documents.files.refusal import FileNotTaken
from tests.documents.samples import pdf

#: over the words of the second line
BOX = b"0 g 100 700 60 16 re f"
ANNOTATED = b"/Annots [ << /Type /Annot /Subtype /Square /Rect [100 700 160 716] >> ]"
TEXT = "Idris came first.\nHis friend Zorro came too."
LEFT_OUT = "Idris came first.\nHis friend came too."


def refusal(tmp_path: Path, copy: bytes) -> str:
    original, given = tmp_path / "original", tmp_path / "copy"
    original.write_bytes(pdf(TEXT + "\nSecretword."))
    given.write_bytes(copy)
    try:
        check_blacked_out((given, "pdf"), (original, "pdf"))
    except FileNotTaken as refused:
        return refused.sentence
    return ""


@pytest.mark.parametrize(
    "copy",
    [
        pdf(TEXT, over=BOX),
        pdf(TEXT, over=b"1 g 100 700 60 16 re f"),
        pdf(TEXT, over=b"0 g 100 700 m 160 700 l 160 716 l 100 716 l h f"),
        pdf(TEXT, over=b"q 2 0 0 2 0 0 cm 50 350 30 8 re f Q"),
        pdf(TEXT, over=b"14 w 100 708 m 160 708 l S"),
        pdf(TEXT, page=ANNOTATED),
    ],
    ids=["black", "white", "drawn", "scaled", "line", "remark"],
)
def test_what_lies_over_words_is_seen_and_refused(tmp_path, copy):
    assert "Something was laid over words" in refusal(tmp_path, copy)


@pytest.mark.parametrize(
    "copy",
    [
        pdf(LEFT_OUT),
        pdf(LEFT_OUT, over=b"0 g 300 700 60 16 re f"),
        pdf(LEFT_OUT, under=b"0.9 g 60 690 400 50 re f"),
        pdf(LEFT_OUT, over=b"1 w 72 704 m 200 704 l S 72 703 100 1 re f"),
        pdf(LEFT_OUT, over=b"60 690 400 50 re S"),
        pdf(LEFT_OUT, page=ANNOTATED.replace(b"/Square", b"/Link")),
    ],
    ids=["words gone", "beside", "shading under", "underlined", "a frame", "a link"],
)
def test_what_hides_nothing_is_taken(tmp_path, copy):
    assert refusal(tmp_path, copy) == ""
