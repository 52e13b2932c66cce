"""The record of a meeting on paper: a page to print, and a tagged PDF. Both show the same facts."""

import uuid
from typing import Any

from django.http import HttpRequest

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.documents.pdf import meeting as pdf_meeting
from opensenco.gate.answer import Answer
from opensenco.gate.page import Logs, page
from opensenco.meetings import queries
from opensenco.pages.meetings import section_f
from opensenco.pages.meetings import show as shown
from opensenco.pages.meetings.who import READ


@page(Action.MEETING_READ, logs=Logs.CHILD, tab="meetings", who=READ)
def printed(request: HttpRequest, actor: Actor, meeting: uuid.UUID) -> Answer:
    """Show the record as it goes on paper, A4 first."""
    row = queries.meeting(actor, meeting, Action.MEETING_READ)
    show = {"paper": paper_of(actor, row), "meeting": row, "pupil": row.pupil}
    return Answer("meetings/paper.html", show, **shown.seen(row))


@page(Action.MEETING_READ, logs=Logs.CHILD, tab="meetings", who=READ)
def pdf(request: HttpRequest, actor: Actor, meeting: uuid.UUID) -> Answer:
    """Give the record as a tagged PDF."""
    row = queries.meeting(actor, meeting, Action.MEETING_READ)
    return Answer(
        content=pdf_meeting.record_pdf(paper_of(actor, row)),
        content_type="application/pdf",
        # never a child's name in the name of a file
        filename="record-of-meeting.pdf",
        **shown.seen(row),
    )


def paper_of(actor: Actor, row: Any) -> pdf_meeting.RecordPaper:
    """Give the facts of a record as they go on paper."""
    ahead = queries.next_of_pupil(actor, row.pupil) if row.pupil else None
    # one about the place is headed by its name
    about = row.pupil.name if row.pupil else row.org.name
    came, counted = section_f.of_meeting(actor, row)
    return pdf_meeting.RecordPaper(
        school=row.org.name,
        coordinator_word=row.org.senco_word,
        title=row.title,
        pupil=about,
        called=row.pupil.said if row.pupil else "",
        class_name=getattr(row.pupil, "class_name", ""),
        held=shown.when(row),
        place=row.place,
        organiser=row.organiser.name,
        people=tuple(
            pdf_meeting.Somebody(
                name=one.name, part=", ".join(p for p in (one.part, one.place) if p), came=one.came
            )
            for one in queries.members_of(row)
        ),
        pupil_said=row.pupil_said,
        parents_said=row.parents_said,
        notes=row.notes,
        agreed=row.agreed,
        promised=tuple(
            pdf_meeting.Promised(what=one.what, who=one.owner_name, by=one.due)
            for one in queries.actions_of(row)
        ),
        next_meeting=shown.when(ahead) if ahead is not None else "",
        came=came,
        counted=counted,
        edition=row.edition,
        corrected_because=row.corrected_because,
        printed_on=actor.today,
        printed_by=actor.person.name,
    )
