"""A letter as paper: tagged PDF to send, Word to go on writing in."""

from collections.abc import Sequence
from datetime import date

from opensenco.documents.pdf.letter import POINTS, LetterPaper, letters_pdf
from opensenco.documents.word import Paragraph, WordPaper, packed, word_file
from opensenco.kernel.refs import short
from opensenco.letters.models import MailingLetter

REFERENCE = 8


def paper_of(letter: MailingLetter, form: str, dated: date) -> LetterPaper:
    """Give a letter as it goes on paper."""
    return LetterPaper(
        school=letter.org.name,
        addressed_to=letter.addressed_to,
        subject=letter.subject,
        body=letter.body,
        dated=dated,
        reference=short(letter.ref)[:REFERENCE],
        form=form,
        address=tuple(letter.contact.address.splitlines()) if letter.contact else (),
    )


def pdf_of(papers: Sequence[LetterPaper], dated: date) -> bytes:
    """Give letters as one PDF.

    Raises:
        PaperError: they cannot be set.
    """
    return letters_pdf(papers, dated=dated)


def word_of(paper: LetterPaper) -> bytes:
    """Give one letter as a Word document."""
    head = [Paragraph((paper.school,), bold=True), Paragraph((paper.day,))]
    if paper.addressed_to:
        head.append(Paragraph((paper.addressed_to, *paper.address)))
    head.append(Paragraph((paper.subject,), heading=True))
    body = [Paragraph(tuple(lines)) for lines in paper.paragraphs]
    return word_file(
        WordPaper(title=paper.subject, paragraphs=(*head, *body), points=POINTS[paper.form])
    )


def words_of(papers: Sequence[LetterPaper]) -> bytes:
    """Give several letters as a ZIP of Word documents; no name of a child is in their names."""
    return packed(
        {
            f"letter-{place:03d}-{paper.reference}.docx": word_of(paper)
            for place, paper in enumerate(papers, start=1)
        }
    )
