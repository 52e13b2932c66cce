"""Where letters begin, and their papers."""

import uuid

from django.http import HttpRequest

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.page import Logs, page
from opensenco.letters import papers as paper_making
from opensenco.letters import queries

WRITERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "other_teacher": 403,
           "ta": 403, "admin": 200, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
#: the letters of the tests' world were begun by the SENCO
MAILERS = {**WRITERS, "phase_senco": 403}
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@page(Action.LETTER_WRITE, logs=Logs.LIST, tab="home", who=WRITERS)
def start(request: HttpRequest, actor: Actor) -> Answer:
    """Show the letters that one can write, and those that are begun."""
    begun = queries.open_mailings(actor)
    show = {
        "wordings": queries.wordings(actor),
        "begun": begun,
        "changes": actor.can_somewhere(Action.LETTER_TEMPLATES),
        "pupil": request.GET.get("pupil", ""),
    }
    return Answer("letters/start.html", show, listed=Listed(len(begun), "letters begun"))


@page(Action.LETTER_WRITE, logs=Logs.CHILD, tab="home", who=MAILERS)
def papers(request: HttpRequest, actor: Actor, mailing: uuid.UUID) -> Answer:
    """Give the letters as one PDF, or as a ZIP of Word documents to go on writing in."""
    row = queries.mailing(actor, mailing)
    going = [one for one in queries.letters_of(actor, row) if not one.left_out and one.contact]
    made = [paper_making.paper_of(one, row.form, actor.today) for one in going]
    pupils = list({one.pupil_id: one.pupil for one in going}.values())
    if not made:
        return Answer("letters/no_paper.html", {"row": row})
    if request.GET.get("as") == "word":
        return Answer(
            content=paper_making.words_of(made), content_type="application/zip",
            filename="letters.zip", opened=pupils,
        )  # fmt: skip
    return Answer(
        content=paper_making.pdf_of(made, actor.today), content_type=PDF,
        filename="letters.pdf", opened=pupils,
    )  # fmt: skip


@page(Action.LETTER_WRITE, logs=Logs.CHILD, tab="home", who=MAILERS)
def paper(request: HttpRequest, actor: Actor, mailing_letter: uuid.UUID) -> Answer:
    """Give one letter as a PDF, or as a Word document to go on writing in."""
    row = queries.letter(actor, mailing_letter)
    made = paper_making.paper_of(row, row.mailing.form, actor.today)
    if request.GET.get("as") == "word":
        return Answer(
            content=paper_making.word_of(made), content_type=WORD,
            filename=f"letter-{made.reference}.docx", opened=[row.pupil],
        )  # fmt: skip
    return Answer(
        content=paper_making.pdf_of([made], actor.today), content_type=PDF,
        filename=f"letter-{made.reference}.pdf", opened=[row.pupil],
    )  # fmt: skip
