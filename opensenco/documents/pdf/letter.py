"""Letters on paper: one PDF for one letter or for many, each beginning on a page of its own."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from opensenco.documents.pdf.plain import plain
from opensenco.documents.pdf.typeset import Data, shortened, typeset

#: points of the running text: large print is 16 or more by usual advice
POINTS = {"standard": 11, "easy": 14, "large": 18}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPaper:
    """One letter as it goes on paper.

    Args:
        body: paragraphs apart by an empty line; lines within one stay lines.
        form: "standard", "easy" or "large".
        reference: by which the paper and its proof in the record find each other.
    """

    school: str
    addressed_to: str
    subject: str
    body: str
    dated: dt.date
    reference: str
    form: str = "standard"
    #: lines as on an envelope, which stand where its window is; none where it is not known
    address: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> list[list[str]]:
        """The body by paragraph and line."""
        blocks = self.body.replace("\r\n", "\n").split("\n\n")
        found = [[line for line in block.split("\n") if line.strip()] for block in blocks]
        return [block for block in found if block]

    @property
    def day(self) -> str:
        """The letter's day in words."""
        return written(self.dated, "j F Y")

    @property
    def foot(self) -> str:
        """What stands under each page."""
        return _("Private. Reference %(reference)s.") % {"reference": self.reference}


def letters_pdf(papers: Sequence[LetterPaper], *, dated: dt.date) -> bytes:
    """The letters as one tagged PDF (A4, PDF/UA-1). The same letters give the same bytes.

    Raises PaperError when they cannot be set.
    """
    data: dict[str, Data] = {
        "name": shortened(papers[0].subject, 120) if len(papers) == 1 else _("Letters"),
        "school": papers[0].school,
        "letters": [
            {
                "points": POINTS[one.form],
                "school": one.school,
                "to": one.addressed_to,
                **({"address": list(one.address)} if one.address else {}),
                "day": one.day,
                "subject": plain(one.subject) or _("Letter"),
                "paragraphs": one.paragraphs,
                "foot": one.foot,
            }
            for one in papers
        ],
    }
    return typeset("letter", data, dated=dated)
