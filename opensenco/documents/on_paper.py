"""A page of words as a tagged PDF: guides, help, statements and notices, by the page's own door."""

import datetime as dt
from typing import cast

from django.http import HttpRequest
from django.template import engines
from django.template.backends.jinja2 import Template
from django.utils.translation import get_language

from opensenco.documents.pdf.guide import GuidePaper, guide_pdf
from opensenco.documents.pdf.reading_pages import page_in_words
from opensenco.gate.answer import Answer


def asked(request: HttpRequest) -> bool:
    """Whether the page was asked for as PDF, as lists are asked for as files."""
    return request.GET.get("file") == "pdf"


def as_paper(answer: Answer, *, name: str, today: dt.date, place: str = "") -> Answer:
    """Give a page of words as a tagged PDF that says what the page says, and no more.

    Only for pages that name nobody: what is set is kept for whoever asks next.

    Args:
        name: of the file, without its ending.
        place: whose words they are; empty where they are nobody's.

    Raises:
        PaperError: it cannot be set.
    """
    # drawn for nobody: what this person was about to be told stays for the page they open next
    page = cast("Template", engines["jinja2"].get_template(answer.template)).template
    title, lead, blocks = page_in_words(str(page.render(answer.show)))
    paper = GuidePaper(title=title, place=place, lead=lead, blocks=blocks, printed_on=today)
    content = guide_pdf(paper, get_language() or "")
    return Answer(content=content, content_type="application/pdf", filename=f"{name}.pdf")
