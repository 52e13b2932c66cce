"""What a file that somebody blacked out still holds where nobody sees it."""

import re
from pathlib import Path

from opensenco.documents.files.opening import inside
from opensenco.documents.files.refusal import refuse
from opensenco.kernel.words import mark

#: kinds that keep what was deleted, who wrote it, and remarks beside it
_OFFICE = {"docx", "doc", "odt", "rtf"}
#: where a program looks for how a PDF stands; each time something is saved behind it, one more
_STANDS = b"startxref"
_WORD = re.compile(r"\w{2,}")
_HEAD = 1_024

OFFICE = mark(
    "A Word document can keep what was deleted in it. Save it as a PDF, print that and scan it, "
    "and hand that in."
)
BEFORE = mark(
    "This PDF keeps what stood in it before it was changed. Print it and scan it, or save it as a "
    "picture, and hand that in."
)
WORDS = mark(
    "Every word of the file can still be copied out of this one. Print it and scan it, or save it "
    "as a picture, and hand that in."
)
COVERED = mark(
    "Something was laid over words in this PDF, and the words are still under it: whoever gets it "
    "can copy them out. Print it and scan it, or save it as a picture, and hand that in."
)


def check_blacked_out(copy: tuple[Path, str], original: tuple[Path, str]) -> None:
    """Refuse a copy in which what was blacked out can still be read.

    Args:
        copy, original: where each lies, and its kind.

    Raises:
        FileNotTaken: it is of a kind that keeps what was deleted, a PDF that keeps how it stood
            before or words over which something was laid, or every word of the original is in it.
    """
    path, kind = copy
    if kind in _OFFICE:
        raise refuse(OFFICE)
    if kind == "pdf" and _stood_otherwise(path):
        raise refuse(BEFORE)
    asked = [original, copy, (path, "covered")][: 3 if kind == "pdf" else 2]
    had, has, *covered = (one.words for one in inside(asked, whole=True))
    if any(covered):
        raise refuse(COVERED)
    if _words(had) and _words(had) <= _words(has):
        raise refuse(WORDS)


def _stood_otherwise(path: Path) -> bool:
    """Tell whether a PDF was saved anew behind what it held; one made for the web says it twice."""
    data = path.read_bytes()
    usual = 2 if b"/Linearized" in data[:_HEAD] else 1
    return data.count(_STANDS) > usual


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
